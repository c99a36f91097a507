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

from lastpiece.fit.columns.levels import Expected, Floats, Levels

_ROUNDS = 200
_SETTLED = 1e-6
_LEAST = 1e-6
_EXPECTED_PAIRS = 30.0
"""How many pairs of each population what is expected beforehand stands for: a table of ten rows leans on it, a large
one forgets it, and no level's weight is without end."""
_EXPECTED_MATCHES = 0.02
"""The share of matches expected beforehand among pairs, with the same strength."""

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


def learn(levels: Sequence[Levels], expected: Sequence[Expected]) -> LevelModel:
    """Return the model that expectation–maximisation settles on.

    Args:
        levels: For each column the level of each pair, −1 where a value is missing.
        expected: For each column what is expected of its kind before any pair is seen.
    """
    patterns, counts = _patterns(levels)
    m, u = [kind.m for kind in expected], [kind.u for kind in expected]
    matches, before, rounds = 0.2, np.inf, 0
    while rounds < _ROUNDS:
        rounds += 1
        share = _posterior(patterns, m, u, matches)
        matches = _matches(share, counts)
        for at, kind in enumerate(expected):
            m[at] = _mostly_agreeing(_chances(patterns[:, at], counts * share, kind.m))
            u[at] = _chances(patterns[:, at], counts * (1 - share), kind.u)
        if abs(matches - before) < _SETTLED:
            break
        before = matches
    return LevelModel(matches, tuple(m), tuple(u), int(counts.sum()), rounds)


def _matches(share: Floats, counts: Floats) -> float:
    found = float(share @ counts) + _EXPECTED_PAIRS * _EXPECTED_MATCHES
    return float(np.clip(found / (float(counts.sum()) + _EXPECTED_PAIRS), _LEAST, 1 - _LEAST))


def _patterns(levels: Sequence[Levels]) -> tuple[npt.NDArray[np.int8], Floats]:
    """Return the distinct rows of levels and how many pairs have each."""
    key = np.zeros(len(levels[0]), dtype=np.int64)
    for column in levels:
        key = key * 16 + (column.astype(np.int64) + 1)
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    return np.stack([column[first] for column in levels], axis=1), counts.astype(np.float64)


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


def _chances(column: npt.NDArray[np.int8], weights: Floats, expected: Floats) -> Floats:
    known = column >= 0
    sums = np.bincount(column[known], weights=weights[known], minlength=len(expected)) + _EXPECTED_PAIRS * expected
    return np.asarray(sums / sums.sum())
