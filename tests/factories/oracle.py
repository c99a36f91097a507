"""Does the mailbox answer otherwise to right words than to wrong ones, or with mail than without?

Three kinds of visitor come in an order of chance: words with mail, words of a mailbox without mail, and words of no
mailbox at all, each kind with many different words. Sizes and headers must be the same, and by the Mann-Whitney test
the times of any two kinds must not be told apart.
"""

import http.client
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from random import Random
from urllib.parse import urlencode

import numpy as np
from scipy.stats import mannwhitneyu

from lastpiece.tell.mail import MailLayout, bits_for, make_mail
from lastpiece.tell.mailbox import Mailbox, open_mailbox, seal_replies
from lastpiece.tell.words import words_from

KINDS = ("mail", "no mail", "wrong words")
THANKS = (
    "Thank you. What you told us helped. We can't say how, to keep everyone safe. There is nothing more you need to do."
)
ALPHA = 0.05
Words = tuple[str, ...]
Ask = Callable[[Words], object]


@dataclass(frozen=True, slots=True)
class Visitors:
    """The words of every kind of visitor, and the mail on the board."""

    words: Mapping[str, Sequence[Words]] = field(repr=False)
    boxes: Mapping[Words, Mailbox] = field(repr=False)
    mail: Mapping[str, bytes] = field(repr=False)


@dataclass(slots=True)
class Times:
    """Seconds of every answer by kind, and the different outsides (status, headers, length) that were seen."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    outsides: set[object] = field(default_factory=set)

    def p_values(self) -> dict[tuple[str, str], float]:
        """Return the two-sided Mann-Whitney p of each two kinds, times three, as three are tried (Bonferroni)."""
        pairs = list(combinations(KINDS, 2))
        return {
            (one, other): min(1.0, len(pairs) * float(mannwhitneyu(self.seconds[one], self.seconds[other]).pvalue))
            for one, other in pairs
        }

    def median_ms(self, kind: str) -> float:
        """Return the middle answer's time in milliseconds."""
        return float(np.median(self.seconds[kind])) * 1000

    @property
    def separable(self) -> bool:
        """True when two kinds can be told apart, by the times or by what the answers look like."""
        return len(self.outsides) > 1 or min(self.p_values().values()) < ALPHA


def visitors(each: int, day: date, *, seed: int = 0) -> Visitors:
    """Make `each` visitors of every kind, and the mail for those that have a mailbox."""
    rng = Random(seed)
    words = {kind: [words_from(rng.randbytes(32)) for _ in range(each)] for kind in KINDS}
    boxes = {mine: open_mailbox(mine) for kind in KINDS for mine in words[kind]}
    addresses = [boxes[mine].address for kind in KINDS[:2] for mine in words[kind]]
    replies = {boxes[mine].id: seal_replies((THANKS,), boxes[mine].address) for mine in words["mail"]}
    return Visitors(words, boxes, make_mail(replies, addresses, MailLayout(bits_for(len(addresses)), day)))


def measured(who: Visitors, ask: Ask, n: int, *, askers: int = 1) -> Times:
    """Ask `n` times as every kind, `askers` at once, each in an order of chance, and take the time of each answer."""
    times = Times()
    shares = [n // askers + (asker < n % askers) for asker in range(askers)]
    with ThreadPoolExecutor(askers) as pool:
        for part in pool.map(lambda asker: _asked(who, ask, shares[asker], Random(asker)), range(askers)):
            for kind in KINDS:
                times.seconds[kind] += part.seconds[kind]
            times.outsides |= part.outsides
    return times


def _asked(who: Visitors, ask: Ask, n: int, rng: Random) -> Times:
    times = Times()
    for _ in range(n):
        for kind in rng.sample(KINDS, len(KINDS)):
            words = rng.choice(who.words[kind])
            began = time.perf_counter()
            outside = ask(words)
            times.seconds[kind].append(time.perf_counter() - began)
            times.outsides.add(outside)
    return times


def over_http(host: str, port: int) -> Ask:
    """Return how to ask a front that listens: the outside is the status, the headers and the length."""

    def ask(words: Words) -> object:
        connection = http.client.HTTPConnection(host, port, timeout=60)
        try:
            body = urlencode({"words": " ".join(words)})
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
            connection.request("POST", "/mailbox", body, headers)
            answer = connection.getresponse()
            content = answer.read()
            shown = tuple((name, value) for name, value in answer.getheaders() if name != "Date")
            return answer.status, shown, len(content)
        finally:
            connection.close()

    return ask
