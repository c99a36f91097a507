"""Grouping: which rows are one thing, without letting a few weak bridges join everything.

Links alone chain: a row between two people joins both. So links only propose; within each knot of
linked rows every pair is compared, and rows are joined from the strongest down for as long as two
groups match on average more likely than not (average linkage, Sokal and Michener 1958).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components

from lastpiece.fit.columns.column import Ints
from lastpiece.fit.columns.levels import Floats
from lastpiece.fit.columns.pairs import Pairs

LARGEST_KNOT = 100
"""Rows of a knot beyond which only stronger links may hold it together: then the bar is raised bit by bit."""
_HIGHEST_BAR_BITS = 40
_ROUNDS = 200
_MOST_SHIFT_BITS = 6.0
"""Most by which being in one knot may raise the odds of a pair."""


@dataclass(frozen=True, slots=True)
class Knots:
    """Rows that links hold together: `rows` knot by knot, knot k being rows[starts[k]:starts[k + 1]]."""

    rows: Ints = field(repr=False)
    starts: Ints = field(repr=False)

    def __iter__(self) -> Iterator[Ints]:
        return (self.rows[start:end] for start, end in zip(self.starts[:-1], self.starts[1:], strict=True))

    def pairs(self) -> Pairs:
        """Return every pair of rows within each knot, knot by knot, in the order of a condensed matrix."""
        left, right = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for knot in self:
            one, other = np.triu_indices(len(knot), 1)
            left.append(knot[one])
            right.append(knot[other])
        return Pairs(np.concatenate(left), np.concatenate(right))


def knots(pairs: Pairs, bits: Floats, rows: int) -> Knots:
    """Return the knots of at least two rows that pairs of more than 0 bits hold together.

    A knot of more than `LARGEST_KNOT` rows is held to links of 1 bit, then 2, and so on until it falls
    into smaller ones.
    """
    kept = bits > 0
    left, right, strength = pairs.left[kept], pairs.right[kept], bits[kept]
    found: list[Ints] = []
    for bar in range(_HIGHEST_BAR_BITS + 1):
        label = _components(left, right, rows)
        size = np.bincount(label)
        settled = (size[label] > 1) & ((size[label] <= LARGEST_KNOT) | (bar == _HIGHEST_BAR_BITS))
        members = np.flatnonzero(settled)
        order = members[np.argsort(label[members], kind="stable")]
        found += np.split(order, np.flatnonzero(np.diff(label[order])) + 1) if len(order) else []
        again = ~settled[left] & (strength > bar + 1)
        left, right, strength = left[again], right[again], strength[again]
        if not len(left):
            break
    found.sort(key=lambda knot: int(knot[0]))
    lengths = [len(knot) for knot in found]
    empty = np.empty(0, dtype=np.int64)
    return Knots(np.concatenate([empty, *found]), np.r_[0, np.cumsum(lengths)].astype(np.int64))


def _components(left: Ints, right: Ints, rows: int) -> Ints:
    graph = sparse.coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(rows, rows))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def knot_shift(bits: Floats, prior_bits: float) -> float:
    """Return by how many bits the odds of a pair rise because links already tie both rows to one knot.

    The share of matches is learnt anew among the pairs within knots, with what the levels are worth
    held fixed, so no label is needed.
    """
    if not len(bits):
        return 0.0
    steps, counts = np.unique(np.round(np.clip(bits - prior_bits, -60, 60) * 16), return_counts=True)
    ratio = np.exp2(steps / 16)
    share = 0.5
    for _ in range(_ROUNDS):
        share = float(np.clip(np.average(ratio * share / (ratio * share + 1 - share), weights=counts), 1e-6, 1 - 1e-6))
    return float(np.clip(np.log2(share / (1 - share)) - prior_bits, 0.0, _MOST_SHIFT_BITS))


def chances(bits: Floats) -> Floats:
    """Return the probabilities that log2 odds stand for."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -500, 500))))


def groups(found: Knots, chance: Floats, rows: int) -> Ints:
    """Return for each row the lowest row of its group.

    Args:
        found: The knots.
        chance: The probability that each pair of `found.pairs()` matches, in that order.
        rows: How many rows there are.
    """
    group = np.arange(rows, dtype=np.int64)
    at = 0
    for knot in found:
        count = len(knot) * (len(knot) - 1) // 2
        for members in _average_linked(knot, chance[at : at + count]):
            group[members] = members.min()
        at += count
    return group


def _average_linked(knot: Ints, chance: npt.NDArray[np.float64]) -> Iterator[Ints]:
    """Yield the parts of a knot whose rows match on average more likely than not."""
    if chance.min() >= 0.5:  # noqa: PLR2004 - more likely than not, so no average can fall short of it
        yield knot
        return
    if len(knot) == 2:  # noqa: PLR2004 - nothing to average
        return
    label = fcluster(linkage(1 - chance, "average"), 0.5, "distance")
    order = np.argsort(label, kind="stable")
    yield from np.split(knot[order], np.flatnonzero(np.diff(label[order])) + 1)
