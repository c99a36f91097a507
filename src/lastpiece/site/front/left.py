"""Visits that somebody left by the exit without JavaScript: what a browser sends again for one is not answered.

A browser keeps what it posted behind its Back button, and sends it again when somebody presses Back and agrees. No
header makes it forget. So a form without JavaScript carries a random number for its visit, leaving posts that number,
and whoever sends anything of that visit afterwards is led away, as the teller was.

Kept in memory alone: one table that the parent makes and every child shares. It holds keyed hashes of random numbers,
no time and no count, and goes with the process. A new mark may take the place of an older one: who posts at random
for each place once takes two marks of three. One post marks one visit.
"""

import hashlib
import mmap
import secrets
from collections.abc import Mapping

FIELD = "visit"
"""The field by which leaving names the visit, and by which a form does that has no seed."""
NAMES = (FIELD, "seed")
PLACES = 1 << 19
MARK_BYTES = 16
_PLACE_BYTES = 4
_LONGEST = 128
_KEY = secrets.token_bytes(32)
_TABLE = mmap.mmap(-1, PLACES * MARK_BYTES)
"""Anonymous and shared: what one child marks is seen by every child after it."""


def leave(posted: Mapping[str, str]) -> None:
    """Take note that the visit which the exit's form names is over; whatever else is posted with it names none."""
    for at, mark in _marks(posted, (FIELD,)):
        _TABLE[at : at + MARK_BYTES] = mark


def was_left(posted: Mapping[str, str]) -> bool:
    """Tell whether the visit a form names was left."""
    return any(_TABLE[at : at + MARK_BYTES] == mark for at, mark in _marks(posted, NAMES))


def _marks(posted: Mapping[str, str], names: tuple[str, ...]) -> list[tuple[int, bytes]]:
    """Return where in the table each visit that a form names stands, and as what."""
    named = {visit for name in names if 0 < len(visit := posted.get(name, "")) <= _LONGEST}
    size = _PLACE_BYTES + MARK_BYTES
    digests = [hashlib.blake2b(visit.encode(errors="replace"), key=_KEY, digest_size=size).digest() for visit in named]
    return [(int.from_bytes(each[:_PLACE_BYTES]) % PLACES * MARK_BYTES, each[_PLACE_BYTES:]) for each in digests]
