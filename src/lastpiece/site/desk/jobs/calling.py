"""Calling many people at once: each call in a thread of its own, which is left behind when it does not come back.

No pager, mail server or name server holds up another call, the next round, or the row in the log about a call that
went out.
"""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lastpiece.site.desk.jobs.reaching import Call, Way
from lastpiece.site.desk.records.queries.alerts import Person

LONGEST_S = 25.0
"""Seconds after which a call is left behind; a way ends its own tries before that, as far as it is in its hands."""
_LEFT = "Nothing came back in time, so it was given up."


@dataclass(frozen=True, slots=True)
class Try:
    """One call to one person in one way."""

    person: Person
    call: Call
    way: Way


def call_all(tries: Sequence[Try]) -> Iterator[tuple[Try, str]]:
    """Begin all calls at once, and give each as it ends with why it failed, or an empty text; the late ones last."""
    ended: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()
    waiting = set(range(len(tries)))
    until = time.monotonic() + LONGEST_S
    for number, one in enumerate(tries):
        try:
            threading.Thread(target=_call, args=(number, one, ended), name="Call", daemon=True).start()
        except RuntimeError:  # the machine has no thread left: the others go on, and this one is tried again soon
            ended.put((number, "No thread could be started for the call."))
    while waiting:
        try:
            number, why = ended.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            break
        waiting.discard(number)
        yield tries[number], why
    for number in sorted(waiting):
        yield tries[number], _LEFT


def _call(number: int, one: Try, ended: queue.SimpleQueue[tuple[int, str]]) -> None:
    try:
        why = one.way.reach(one.person, one.call)
    except Exception as error:  # noqa: BLE001 - one call that nobody foresaw must not cost the others; the kind alone is said
        why = f"Something unforeseen went wrong ({type(error).__name__})."
    ended.put((number, why))
