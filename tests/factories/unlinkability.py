"""A game against the front's disk: who told report k, and which slot of the mail is theirs?

The adversary saw six people come, one after the other, and knows how long each of their reports is. Then the disk
falls into their hands: names, sizes, times, numbers and order of every file, and two days of mail. They try every
strategy that one of these could serve. In a planted game one of them leaks, and they must win.
"""

import hmac
import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Literal, TypeVar

from scipy.stats import binomtest
from tests.factories.sealing_keys import CERTIFICATE, EPOCH, SITE

from lastpiece.tell import hybrid
from lastpiece.tell.mail import MailLayout, document_of, make_mail
from lastpiece.tell.mailbox import SLOT_BYTES, seal_replies
from lastpiece.tell.report import MAILBOX_ID_BYTES, MailboxAddress
from lastpiece.tell.sealing import HEADER_BYTES, binding, seal
from lastpiece.tell.spool import Spool

T = TypeVar("T")
Leak = Literal["", "times kept", "names in order", "sizes not padded", "never mixed", "slots in order"]
LEAKS: tuple[Leak, ...] = ("times kept", "names in order", "sizes not padded", "never mixed", "slots in order")
TELLERS = 6
HEAD_BYTES = 28
"""Bytes of a mail file before its first slot."""
SURE = 1e-6
DAY = date(2026, 11, 20)
_KEY = hybrid.PrivateKey(b"k" * 32).public()
_WHERE = ("by name", "by time", "by change", "by number", "by listing", "by size", "by bytes")
_MAIL = ("by slot", "by tag", "by slot bytes", "by yesterday's tag")


@dataclass(slots=True)
class Score:
    """How often each strategy was right, of how many rounds, and at what chance."""

    rounds: int = 0
    right: Counter[str] = field(default_factory=Counter)

    def p_values(self) -> dict[str, float]:
        """Return each strategy's exact two-sided binomial p against guessing blindly."""
        return {name: float(binomtest(self.right[name], self.rounds, 1 / TELLERS).pvalue) for name in (*_WHERE, *_MAIL)}

    @property
    def smallest(self) -> float:
        """The smallest p, multiplied by the number of strategies (Bonferroni): below 0.001 is a leak."""
        found = self.p_values()
        return min(1.0, min(found.values()) * len(found))


def play(folder: Path, rounds: int, *, leak: Leak = "", seed: int = 0) -> Score:
    """Play rounds on a real disk, and return the adversary's score."""
    rng, score = Random(seed), Score()
    for number in range(rounds):
        _round(folder / str(number), rng, score, leak)
    return score


def _round(folder: Path, rng: Random, score: Score, leak: Leak) -> None:
    lengths = rng.sample(range(40, 3_000), TELLERS)
    spool = Spool(folder / "spool")
    for teller, length in enumerate(lengths):
        _tell(spool, teller, length, leak)
    if leak not in ("never mixed", "times kept", "names in order"):
        spool.mix(rng)
    files = list((spool.folder / "new").iterdir())
    writer = {path: _opened(path.read_bytes(), leak) for path in files}
    asked = rng.choice(files)
    by_length = sorted(range(TELLERS), key=lengths.__getitem__)
    stats = {path: path.stat() for path in files}
    features: Mapping[str, Callable[[Path], Any]] = {
        "by name": lambda path: path.name,
        "by time": lambda path: (stats[path].st_mtime_ns, stats[path].st_atime_ns),
        "by change": lambda path: stats[path].st_ctime_ns,
        "by number": lambda path: stats[path].st_ino,
        "by listing": files.index,
        "by size": lambda path: stats[path].st_size,
        "by bytes": lambda path: path.read_bytes()[HEADER_BYTES:],
    }
    score.rounds += 1
    for name, feature in features.items():
        rank = _rank(files, feature, asked, rng)
        guess = by_length[rank] if name == "by size" else rank
        score.right[name] += guess == writer[asked]
    _mail_round(rng, score, leak)
    for path in files:
        path.unlink()


def _mail_round(rng: Random, score: Score, leak: Leak) -> None:
    """Six mailboxes among the slots of two days: given one's slot of today, whose is it?"""
    boxes = [MailboxAddress(secrets.token_bytes(MAILBOX_ID_BYTES), _KEY) for _ in range(TELLERS)]
    days = [_slots(boxes, rng.randrange(TELLERS), leak) for _ in range(2)]
    own = [[slot for slot in day if slot.box is not None] for day in days]
    asked = rng.choice(own[1])
    yesterday = sorted(own[0], key=lambda slot: slot.content[:16])
    guesses = {
        "by slot": own[1].index(asked),
        "by tag": _rank(own[1], lambda slot: slot.content[:16], asked, rng),
        "by slot bytes": _rank(own[1], lambda slot: sum(slot.content[16:]), asked, rng),
        "by yesterday's tag": yesterday[_rank(own[1], lambda slot: slot.content[:16], asked, rng)].box,
    }
    for name, guess in guesses.items():
        score.right[name] += guess == asked.box


@dataclass(frozen=True, slots=True)
class _Slot:
    content: bytes
    box: int | None


def _slots(boxes: Sequence[MailboxAddress], answered: int, leak: Leak) -> list[_Slot]:
    """Return one day's slots as they stand in the file; the referee marks whose each is, by its tag."""
    replies = {boxes[answered].id: seal_replies(("Thank you.",), boxes[answered])}
    batch = make_mail(replies, boxes, MailLayout(0, DAY))[document_of("0")]
    salt = batch[8:24]
    tags = {hmac.digest(box.id, b"lastpiece/slot/1" + salt, "sha256")[:16]: at for at, box in enumerate(boxes)}
    slots = [batch[at : at + SLOT_BYTES] for at in range(HEAD_BYTES, len(batch), SLOT_BYTES)]
    marked = [_Slot(slot, tags.get(slot[:16])) for slot in slots]
    return (
        sorted(marked, key=lambda slot: TELLERS if slot.box is None else slot.box)
        if leak == "slots in order"
        else marked
    )


def _tell(spool: Spool, teller: int, length: int, leak: Leak) -> None:
    plain = bytes([teller]) + b"x" * length
    name = spool.put(seal(plain, CERTIFICATE, site=SITE))
    path = spool.folder / "new" / name
    if leak == "times kept":
        os.utime(path)
    elif leak == "names in order":
        path.rename(path.with_name(f"{teller:032x}.sealed"))
    elif leak == "sizes not padded":
        path.write_bytes(path.read_bytes()[:HEADER_BYTES] + plain)


def _opened(envelope: bytes, leak: Leak) -> int:
    """Return who told it, as only the referee can know."""
    if leak == "sizes not padded":
        return envelope[HEADER_BYTES]
    return EPOCH.private.open(envelope[HEADER_BYTES:], binding(SITE, CERTIFICATE.id))[4]


def _rank(things: Sequence[T], feature: Callable[[T], Any], asked: T, rng: Random) -> int:
    """Return the place of `asked` by a feature; between equals chance decides, as it must for the adversary."""
    tossed = {id(thing): rng.random() for thing in things}
    ordered = sorted(things, key=lambda thing: (feature(thing), tossed[id(thing)]))
    return next(place for place, thing in enumerate(ordered) if thing is asked)
