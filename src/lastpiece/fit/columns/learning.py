"""Learning: what each level of agreement is worth, from the table itself and without labels.

Two chances are needed for every level: m, how often it shows among rows of one thing, and u, how often
among rows of different things. Expectation–maximisation (Dempster, Laird and Rubin 1977; Winkler 1988
for linkage) finds both, and the share of matches, on the candidate pairs: it looks for the two
populations that explain best how the columns' levels go together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from lastpiece.fit.columns.levels import Levels

Floats = npt.NDArray[np.float64]

_ROUNDS = 200
_SETTLED = 1e-6
_LEAST = 1e-6
_PSEUDO_PAIRS = 0.5
"""What each level's count starts from, so that a level nobody saw does not weigh without end."""

_MOST_DIFFERENT = 0.4
"""Bound on the share of matches that differ in a column. Without one, rows that merely share something common
may be taken for matches (convex constraints on EM: Winkler 1993)."""


@dataclass(frozen=True, slots=True)
class LevelModel:
    """What was learnt.

    Attributes:
        matches: Share of the candidate pairs that are of one thing.
        m: For each column, the chance of each level among them.
        u: For each column, the chance of each level among the others.
        pairs: How many pairs it was learnt from.
        rounds: How many rounds it took to settle.
    """

    matches: float
    m: tuple[Floats, ...] = field(repr=False)
    u: tuple[Floats, ...] = field(repr=False)
    pairs: int
    rounds: int

    def weights(self) -> tuple[Floats, ...]:
        """Return log2(m/u) for each column and level."""
        return tuple(np.log2(m / u) for m, u in zip(self.m, self.u, strict=True))

    @property
    def prior_bits(self) -> float:
        """The log2 odds of a match before anything is compared."""
        return float(np.log2(self.matches / (1 - self.matches)))


def learn(levels: Sequence[Levels], sizes: Sequence[int]) -> LevelModel:
    """Return the model that expectation–maximisation settles on.

    Args:
        levels: For each column the level of each pair, −1 where a value is missing.
        sizes: For each column how many levels its kind has.
    """
    patterns, counts = _patterns(levels)
    m = [_falling(size) for size in sizes]
    u = [_falling(size)[::-1].copy() for size in sizes]
    matches, before, rounds = 0.2, np.inf, 0
    while rounds < _ROUNDS:
        rounds += 1
        share = _posterior(patterns, m, u, matches)
        matches = float(np.clip(np.average(share, weights=counts), _LEAST, 1 - _LEAST))
        for at, size in enumerate(sizes):
            m[at] = _mostly_agreeing(_chances(patterns[:, at], counts * share, size))
            u[at] = _chances(patterns[:, at], counts * (1 - share), size)
        if abs(matches - before) < _SETTLED:
            break
        before = matches
    return LevelModel(matches, tuple(m), tuple(u), int(counts.sum()), rounds)


def _patterns(levels: Sequence[Levels]) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return the distinct rows of levels and how many pairs have each."""
    key = np.zeros(len(levels[0]), dtype=np.int64)
    for column in levels:
        key = key * 16 + (column.astype(np.int64) + 1)
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    return np.stack([column[first] for column in levels], axis=1), counts.astype(np.float64)


def _falling(size: int) -> Floats:
    """Return chances that halve from level to level: agreement is likelier than not among matches."""
    chances = 0.5 ** np.arange(size, dtype=np.float64)
    return np.asarray(chances / chances.sum())


def _mostly_agreeing(chances: Floats) -> Floats:
    """Return chances in which rows of one thing differ in this column at most `_MOST_DIFFERENT` of the time."""
    if chances[-1] <= _MOST_DIFFERENT:
        return chances
    return np.append(chances[:-1] / chances[:-1].sum() * (1 - _MOST_DIFFERENT), _MOST_DIFFERENT)


def _posterior(patterns: npt.NDArray[np.int8], m: Sequence[Floats], u: Sequence[Floats], matches: float) -> Floats:
    """Return for each pattern the chance that its pairs match."""
    bits = np.full(len(patterns), np.log(matches / (1 - matches)))
    for at, (likely, unlikely) in enumerate(zip(m, u, strict=True)):
        worth = np.append(np.log(likely / unlikely), 0.0)  # the last serves −1: a missing value says nothing
        bits += worth[patterns[:, at]]
    return np.asarray(1 / (1 + np.exp(-np.clip(bits, -500, 500))))


def _chances(column: npt.NDArray[np.int8], weights: Floats, size: int) -> Floats:
    known = column >= 0
    sums = np.bincount(column[known], weights=weights[known], minlength=size) + _PSEUDO_PAIRS
    return np.asarray(sums / sums.sum())
