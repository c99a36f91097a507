"""Judgements: what a named person has said about two pieces, and where two sayings cannot both hold.

A judgement is never overwritten. Taking one back removes it; two that contradict are both kept and
shown until a person takes one back.
"""

import enum
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


class Verdict(enum.StrEnum):
    """What a person decided about two pieces."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: `left` and `right` are pieces, `by` is a person or the rule a person switched on."""

    id: int
    left: int
    right: int
    verdict: Verdict
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise PieceWithItselfError("A judgement is about two pieces; this one names the same piece twice.")


class PieceWithItselfError(ValueError):
    """A judgement names one piece twice."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A “different” and the chain of “same” that leads from one of its pieces to the other.

    Attributes:
        different: The judgement that says different.
        same: The judgements that together say same, in order from its left piece to its right.
    """

    different: int
    same: tuple[int, ...]


def contradictions(judgements: Iterable[Judgement]) -> tuple[Contradiction, ...]:
    """Return every “different” whose two pieces are joined by “same”, with a shortest such chain."""
    ordered = sorted(judgements, key=lambda judgement: judgement.id)
    ties = _ties(ordered)
    found = []
    for judgement in ordered:
        if judgement.verdict is Verdict.DIFFERENT:
            chain = _chain(ties, judgement.left, judgement.right)
            if chain is not None:
                found.append(Contradiction(judgement.id, chain))
    return tuple(found)


def _ties(judgements: Iterable[Judgement]) -> dict[int, list[tuple[int, int]]]:
    """Return for each piece the (other piece, judgement) it was said to be the same as."""
    ties: dict[int, list[tuple[int, int]]] = {}
    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            ties.setdefault(judgement.left, []).append((judgement.right, judgement.id))
            ties.setdefault(judgement.right, []).append((judgement.left, judgement.id))
    return ties


def _chain(ties: Mapping[int, list[tuple[int, int]]], start: int, end: int) -> tuple[int, ...] | None:
    """Return the judgements on a shortest way from `start` to `end`, or None when there is no way."""
    came_by: dict[int, tuple[int, int] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came_by:
        piece = waiting.popleft()
        for other, judgement in ties.get(piece, []):
            if other not in came_by:
                came_by[other] = (piece, judgement)
                waiting.append(other)
    if end not in came_by:
        return None
    way: list[int] = []
    step = came_by[end]
    while step is not None:
        way.append(step[1])
        step = came_by[step[0]]
    return tuple(reversed(way))
