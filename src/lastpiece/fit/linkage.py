"""Linking a whole table: which of its rows are one person, home or vehicle, learnt from the table alone.

Rows that share rare features are paired; expectation–maximisation learns what each level of agreement
is worth; rows are grouped while they match on average more likely than not. No label is read.
`docs/explanation/how-fitting-works.md` says what each number is learnt from.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lastpiece.fit.columns.column import Column, Copies, Ints, copies_of
from lastpiece.fit.columns.grouping import chances, groups, knot_shift, knots
from lastpiece.fit.columns.learning import LevelModel, learn
from lastpiece.fit.columns.levels import Floats, Levels, compared, exact_levels, expected
from lastpiece.fit.columns.overlap import without_overlap
from lastpiece.fit.columns.pairs import Pairs, VotingLimits, voted_pairs

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class NothingToCompareError(ValueError):
    """The columns hold nothing that two rows could agree on."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of rows that match more likely than not.

    Attributes:
        left: The lower row.
        right: The higher row.
        bits: The log2 odds of the match.
        chance: The same as a probability.
    """

    left: Ints = field(repr=False)
    right: Ints = field(repr=False)
    bits: Floats = field(repr=False)
    chance: Floats = field(repr=False)


@dataclass(frozen=True, slots=True)
class Linkage:
    """A linked table.

    Attributes:
        links: The pairs that match.
        group: For each row the lowest row of its group.
        model: What was learnt; None when no two rows were worth comparing.
    """

    links: Links
    group: Ints = field(repr=False)
    model: LevelModel | None


def link(
    columns: Sequence[Column], *, progress: Progress, limits: VotingLimits | None = None, each_once: Ints | None = None
) -> Linkage:
    """Return which rows of the table that `columns` make up are one thing.

    Args:
        columns: At least one, all of the same length.
        progress: Told how far the work is.
        limits: What bounds the search for pairs.
        each_once: For each row the table it came from, where no table holds one thing twice.

    Raises:
        NothingToCompareError: there is no column, or no value in any of them.
    """
    if not columns or not any((column.codes >= 0).any() for column in columns):
        raise NothingToCompareError("The columns hold no values, so there is nothing to compare.")
    columns = without_overlap(columns)
    copies = copies_of(columns)
    shown = [column.of_rows(copies.shown) for column in columns]
    tables = None if each_once is None else each_once[copies.shown]
    voted = voted_pairs(shown, limits or VotingLimits(), tick=_ticking(progress, len(copies.shown)), tables=tables)
    if not len(voted):
        nothing = np.empty(0, dtype=np.int64)
        none = Links(nothing, nothing, nothing.astype(np.float64), nothing.astype(np.float64))
        return Linkage(none, np.arange(len(columns[0].codes), dtype=np.int64), None)
    progress("Learning", 0, 1)
    levels = [compared(column, voted) for column in shown]
    model = learn(levels, [expected(column.kind) for column in columns])
    progress("Learning", 1, 1)
    links, group = _grouped(shown, _Scored(voted, _bits(levels, model)), model, tables=tables)
    progress("Grouping", 1, 1)
    counted = [column.counted_as(part) for column, part in zip(columns, shown, strict=True)]
    links = Links(copies.shown[links.left], copies.shown[links.right], links.bits, links.chance)
    return _with_hidden_copies(counted, copies, Linkage(links, copies.shown[group], model), model)


def _ticking(progress: Progress, rows: int) -> Callable[[int], None]:
    done = 0

    def tick(count: int) -> None:
        nonlocal done
        done += count
        progress("Finding pairs", done, rows)

    return tick


def _bits(levels: Sequence[Levels], model: LevelModel) -> Floats:
    """Return the log2 odds of each pair: the prior and what each column's level is worth."""
    bits = np.full(len(levels[0]), model.prior_bits)
    for level, worth in zip(levels, model.weights(), strict=True):
        bits += np.append(worth, 0.0)[level]  # the last serves −1: a missing value says nothing
    return bits


@dataclass(frozen=True, slots=True)
class _Scored:
    """Pairs and the log2 odds of each."""

    pairs: Pairs
    bits: Floats


def _grouped(
    columns: Sequence[Column], voted: _Scored, model: LevelModel, *, tables: Ints | None
) -> tuple[Links, Ints]:
    """Return the links and the group of each row, every pair within a knot compared."""
    rows = len(columns[0].codes)
    found = knots(voted.pairs, voted.bits, rows)
    inner = found.pairs()
    bits = _bits([compared(column, inner) for column in columns], model)
    bits += knot_shift(bits, model.prior_bits)
    if tables is not None:
        bits[tables[inner.left] == tables[inner.right]] = -np.inf
    return _links(voted, _Scored(inner, bits), rows), groups(found, chances(bits), rows)


def _links(voted: _Scored, inner: _Scored, rows: int) -> Links:
    """Return the pairs of more than 0 bits, each once; what was learnt within a knot goes before the vote."""
    left, right = np.r_[inner.pairs.left, voted.pairs.left], np.r_[inner.pairs.right, voted.pairs.right]
    distinct, first = np.unique(np.minimum(left, right) * rows + np.maximum(left, right), return_index=True)
    bits = np.r_[inner.bits, voted.bits][first]
    kept = bits > 0
    return Links(distinct[kept] // rows, distinct[kept] % rows, bits[kept], chances(bits[kept]))


def _with_hidden_copies(columns: Sequence[Column], copies: Copies, shown: Linkage, model: LevelModel) -> Linkage:
    """Return the linkage of all rows: a hidden copy goes where the row it copies goes, if that tells it apart."""
    group = np.arange(len(columns[0].codes), dtype=np.int64)
    group[copies.shown] = shown.group
    bits = _bits([exact_levels(column, copies.of) for column in columns], model)
    sure = bits > 0
    hidden, of, bits = copies.hidden[sure], copies.of[sure], bits[sure]
    group[hidden] = group[of]
    links = shown.links
    joined = Links(
        np.r_[links.left, of], np.r_[links.right, hidden], np.r_[links.bits, bits], np.r_[links.chance, chances(bits)]
    )
    return Linkage(joined, group, model)
