"""Right words, words without mail and wrong words are answered alike, outside and in the time it takes."""

import time

from django.test import Client
from tests.factories.oracle import KINDS, Times, Words, measured, visitors
from tests.factories.sealed_front import NOW, Desk

from lastpiece.site.front.pages.mailbox import PAGE_BYTES, TICK_S

N = 12


def test_a_mailbox_looks_the_same_outside_and_answers_on_the_tick(visitor: Client, desk: Desk) -> None:
    who = visitors(3, NOW.date())
    desk.publish(**{name.replace("-", "__").replace(".", "_"): content for name, content in who.mail.items()})

    seen: set[tuple[int, int]] = set()

    def ask(words: Words) -> object:
        answer = visitor.post("/mailbox", {"words": " ".join(words)})
        seen.add((answer.status_code, len(answer.content)))
        return answer.status_code, len(answer.content), tuple(sorted(answer.headers.items()))

    times = measured(who, ask, N)
    assert len(times.outsides) == 1
    assert {(status, length % PAGE_BYTES) for status, length in seen} == {(200, 0)}
    assert all(seconds >= TICK_S for kind in KINDS for seconds in times.seconds[kind])


def test_the_measure_tells_apart_what_differs_and_not_what_does_not() -> None:
    same = {kind: [0.001 * (number % 97) for number in range(500)] for kind in KINDS}
    assert not Times(seconds=same, outsides={1}).separable
    assert Times(seconds=same, outsides={1, 2}).separable
    later = {**same, "mail": [seconds + 0.03 for seconds in same["mail"]]}
    assert Times(seconds=later, outsides={1}).separable
    assert time.get_clock_info("perf_counter").resolution < TICK_S / 1000
