"""Values with characters nobody saw: `?` is exactly one unknown character, `*` an unknown number of them.

A witness who read only "KV19 something" still holds evidence. Here a partial value is laid on every
length it can have, and compared place by place with another, whole or partial.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

ONE = "?"
ANY = "*"


def is_partial(value: str) -> bool:
    """Return whether some character of `value` is unknown."""
    return ONE in value or ANY in value


def known_count(value: str) -> int:
    """Return how many characters of `value` are known."""
    return sum(c not in (ONE, ANY) for c in value)


@lru_cache(maxsize=4096)
def layouts(value: str, length: int) -> tuple[str, ...]:
    """Return every way to lay `value` on `length` characters, each `*` replaced by as many `?` as it takes."""
    stars = value.count(ANY)
    spare = length - (len(value) - stars)
    if spare < 0 or (not stars and spare):
        return ()
    pieces = value.split(ANY)
    return tuple(_joined(pieces, fill) for fill in _fills(stars, spare))


def _fills(stars: int, spare: int) -> Iterator[tuple[int, ...]]:
    if stars == 0:
        yield ()
    elif stars == 1:
        yield (spare,)
    else:
        for first in range(spare + 1):
            for rest in _fills(stars - 1, spare - first):
                yield (first, *rest)


def _joined(pieces: list[str], fill: tuple[int, ...]) -> str:
    return "".join(piece + ONE * count for piece, count in zip(pieces, (*fill, 0), strict=True))


def agreement(left: str, right: str, usual_length: int) -> tuple[int, str] | None:
    """Find the layout on which two values agree at most characters.

    Args:
        left: A value, whole or partial.
        right: Another.
        usual_length: The length to try when neither has a fixed one.

    Returns:
        The count of agreeing known characters and the layout, unknown or unshared characters as `?`;
        None when every layout has a character that both know and that differs.
    """
    fixed = [len(value) for value in (left, right) if ANY not in value]
    length = fixed[0] if fixed else max(usual_length, len(left) - left.count(ANY), len(right) - right.count(ANY))
    shared = (_shared(a, b) for a in layouts(left, length) for b in layouts(right, length))
    return max(((known_count(s), s) for s in shared if s is not None), default=None)


def _shared(left: str, right: str) -> str | None:
    both = []
    for a, b in zip(left, right, strict=True):
        if a != b and ONE not in (a, b):
            return None
        both.append(a if a == b else ONE)
    return "".join(both)


def anchored(value: str, length: int) -> tuple[tuple[int, str], ...]:
    """Return the known characters whose place is certain on `length`, as (place, character).

    Those before the first `*` count from the left, those after the last from the right; what stands
    between two stars has no certain place. A whole value of another length counts from both ends.
    """
    head, star, tail = value.partition(ANY)
    tail = tail.rpartition(ANY)[2] if star else (value if len(value) != length else "")
    left = [(i, c) for i, c in enumerate(head) if c != ONE]
    right = [(length - len(tail) + i, c) for i, c in enumerate(tail) if c != ONE]
    return tuple(dict.fromkeys(left + right))


def runs(value: str) -> Iterable[str]:
    """Return the unbroken runs of known characters of `value`."""
    return [run for run in value.replace(ANY, ONE).split(ONE) if run]
