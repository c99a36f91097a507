"""Candidates: which known things a new value could belong to, found without scanning them all.

Every feature of a value (an exact form, a sound, a few letters in a row) votes for the records that
share it, by its inverse frequency: log2(records / records with the feature). Rare features vote first
and reading stops when the features left cannot change who is among the first. After Sparck Jones,
A statistical interpretation of term specificity (1972), and the early exit of Fagin, Lotem and Naor,
Optimal aggregation algorithms for middleware (2003).
"""

import heapq
import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lastpiece.fit.piece import family
from lastpiece.values.kinds import KINDS

READ_AT_MOST = 50_000
"""Ids read from one posting list: a feature shared by more cannot tell anyone apart on its own."""

_SLACK = 1e-9  # a sum of floats may fall short of its true value by this much


class KindUnknownError(ValueError):
    """A piece is of a kind that nobody has taught this product to compare."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record that shares features with the value asked about.

    Attributes:
        id: The record.
        score: Sum of the shared features' weights, in bits.
        features: The shared features, rarest first.
    """

    id: int
    score: float
    features: tuple[str, ...] = field(repr=False)


def features(kind: str, value: str) -> tuple[str, ...]:
    """Return the index keys of a value, each once, most specific first, told apart by family of kinds.

    Raises:
        KindUnknownError: `kind` is not in `lastpiece.values.kinds.KINDS`.
    """
    if kind not in KINDS:
        raise KindUnknownError(f"“{kind}” is not a kind of value; the kinds are {', '.join(sorted(KINDS))}.")
    return tuple(dict.fromkeys(f"{family(kind)}:{feature}" for feature in KINDS[kind].features(value)))


def vote(postings: Mapping[str, Sequence[int]], total: int, *, top: int = 20) -> list[Candidate]:
    """Return up to `top` records that share most with the features of `postings`, best first.

    Args:
        postings: For each feature of the value asked about, the ids of the records that have it,
            ascending and each once.
        total: How many records there are.
        top: How many candidates are wanted.

    Ties are broken by the lower id, so the answer is the same however the postings are ordered.
    """
    ballots = sorted(_ballots(postings, total))
    left = math.fsum(-negated for negated, _ in ballots)
    scores: dict[int, float] = {}
    for negated, feature in ballots:
        admits = _may_still_enter(scores, left, top)
        _count(postings[feature], -negated, scores, admits=admits)
        left += negated
    leaders = heapq.nsmallest(top, scores, key=lambda record: (-scores[record], record))
    return [_candidate(record, ballots, postings) for record in leaders]


def _ballots(postings: Mapping[str, Sequence[int]], total: int) -> list[tuple[float, str]]:
    """Return (minus weight, feature) of every feature that some record has."""
    return [(-max(0.0, math.log2(total / len(ids))), feature) for feature, ids in postings.items() if len(ids)]


def _may_still_enter(scores: dict[int, float], left: float, top: int) -> bool:
    """Return whether a record not seen yet could still reach the first `top` with the votes `left`."""
    if len(scores) < top:
        return True
    return heapq.nlargest(top, scores.values())[-1] <= left + _SLACK


def _count(ids: Sequence[int], weight: float, scores: dict[int, float], *, admits: bool) -> None:
    if admits:
        for record in ids[:READ_AT_MOST]:
            scores[record] = scores.get(record, 0.0) + weight
    if not admits or len(ids) > READ_AT_MOST:
        _count_known(ids if not admits else ids[READ_AT_MOST:], weight, scores)


def _count_known(ids: Sequence[int], weight: float, scores: dict[int, float]) -> None:
    """Add a vote to records already scored, by whichever of the two walks is shorter."""
    if len(ids) <= len(scores):
        for record in ids:
            if record in scores:
                scores[record] += weight
        return
    for record in scores:
        if _holds(ids, record):
            scores[record] += weight


def _candidate(record: int, ballots: list[tuple[float, str]], postings: Mapping[str, Sequence[int]]) -> Candidate:
    shared = [(negated, feature) for negated, feature in ballots if _holds(postings[feature], record)]
    return Candidate(record, -math.fsum(negated for negated, _ in shared), tuple(feature for _, feature in shared))


def _holds(ids: Sequence[int], record: int) -> bool:
    at = bisect_left(ids, record)
    return at < len(ids) and ids[at] == record
