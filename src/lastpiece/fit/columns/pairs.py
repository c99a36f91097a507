"""Pairs worth comparing: rows vote for each other by the inverse frequency of what they share.

The column form of `lastpiece.fit.candidates`: one sparse product instead of one posting list at a
time. Features shared by too many rows cannot tell them apart and are left out; what two common
values say together ("Smith" and "1962") is a feature of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from lastpiece.fit.columns.column import Column, Ints
from lastpiece.fit.columns.features import keys, parts

_CHUNK_ROWS = 4_000  # at most 4,096, see `_foremost`
_SCORE_STEPS = 512
_SCORE_MOST = (1 << 20) - 1


@dataclass(frozen=True, slots=True)
class VotingLimits:
    """What bounds the work of voting.

    Attributes:
        shared_by: A feature shared by more rows than this is left out.
        per_row: Most pairs that one row may ask for.
    """

    shared_by: int = 100
    per_row: int = 30

    def __post_init__(self) -> None:
        if self.shared_by < 2 or self.per_row < 1:  # noqa: PLR2004 - a feature of one row pairs nobody
            raise ValueError("`shared_by` is at least 2 and `per_row` at least 1.")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows, each once, `left` below `right`, ascending."""

    left: Ints = field(repr=False)
    right: Ints = field(repr=False)

    def __len__(self) -> int:
        return len(self.left)


def voted_pairs(
    columns: Sequence[Column], limits: VotingLimits, *, tick: Callable[[int], None], tables: Ints | None = None
) -> Pairs:
    """Return the pairs of rows that share most.

    Args:
        columns: The columns, all of the same length.
        limits: What bounds the work.
        tick: Called with the number of rows done since the last call.
        tables: For each row the table it comes from; where given, only pairs between tables are returned.
    """
    votes = _votes(columns, limits.shared_by)
    rows = votes.shape[0]
    turned = votes.T.tocsr()
    found = [np.empty(0, dtype=np.int64)]
    for start in range(0, rows, _CHUNK_ROWS):
        shared = (votes[start : start + _CHUNK_ROWS] @ turned).tocoo()
        row, right, score = shared.row.astype(np.int64), shared.col.astype(np.int64), shared.data
        kept = row + start != right if tables is None else tables[row + start] != tables[right]
        row, right = _foremost(row[kept], right[kept], score[kept], limits.per_row)
        left = row + start
        found.append(np.minimum(left, right) * rows + np.maximum(left, right))
        tick(min(_CHUNK_ROWS, rows - start))
    pairs = sorted_distinct(np.concatenate(found))
    return Pairs(pairs // max(rows, 1), pairs % max(rows, 1))


def sorted_distinct(numbers: Ints) -> Ints:
    """Return the distinct numbers, ascending; for many numbers a sort is several times faster than `np.unique`."""
    ordered = np.sort(numbers)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def _foremost(row: Ints, right: Ints, score: npt.NDArray[np.float64], top: int) -> tuple[Ints, Ints]:
    """Keep for each row of a chunk the `top` rights with the highest score, ties to the lower right.

    Row, falling score and right are packed into one whole number each, so that one plain sort orders
    by all three: 12, 20 and 31 bits.
    """
    fine = np.minimum(score * _SCORE_STEPS, _SCORE_MOST).astype(np.int64)
    packed = np.sort(row << np.int64(51) | (_SCORE_MOST - fine) << np.int64(31) | right)
    row, right = packed >> np.int64(51), packed & np.int64((1 << 31) - 1)
    starts = np.searchsorted(row, np.arange(int(row[-1]) + 1 if len(row) else 0))
    kept = np.arange(len(row)) - starts[row] < top
    return row[kept], right[kept]


def _votes(columns: Sequence[Column], shared_by: int) -> "sparse.csr_matrix[np.float64]":
    """Return the rows × features matrix whose product with its transpose sums the shared features' bits."""
    rows = len(columns[0].codes)
    who: list[Ints] = []
    what: list[Ints] = []
    weight: list[npt.NDArray[np.float64]] = []
    first = 0
    for row, feature, count in _shared_features(columns, shared_by):
        who.append(row)
        what.append(feature + first)
        weight.append(np.sqrt(np.log2(rows / count[feature])))
        first += len(count)
    where = (np.concatenate(who), np.concatenate(what))
    return sparse.csr_matrix((np.concatenate(weight), where), shape=(rows, first))


def _shared_features(columns: Sequence[Column], shared_by: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Yield (row, feature, rows per feature) groups, of features that 2 to `shared_by` rows have."""
    forms = [_key_codes(column) for column in columns]
    for column, alternatives in zip(columns, forms, strict=True):
        for codes in alternatives:
            yield _counted(np.flatnonzero(codes >= 0), codes[codes >= 0], shared_by)
        yield _counted(*_part_codes(column), shared_by)
    for one, other in combinations(forms, 2):
        for left in one:
            for right in other:
                known = np.flatnonzero((left >= 0) & (right >= 0))
                yield _counted(known, _mixed(left[known], right[known]), shared_by)


def _mixed(left: Ints, right: Ints) -> Ints:
    """Return one number for each pair of numbers; exact, both being below 2³¹."""
    return left << np.int64(31) | right


def _counted(rows: Ints, features: Ints, shared_by: int) -> tuple[Ints, Ints, Ints]:
    """Renumber features from 0, dropping those of one row or of too many."""
    distinct, numbers, counts = np.unique(features, return_inverse=True, return_counts=True)
    kept = (counts > 1) & (counts <= shared_by)
    renumbered = np.cumsum(kept) - 1
    chosen = kept[numbers] if len(distinct) else np.empty(0, dtype=bool)
    return rows[chosen], renumbered[numbers[chosen]], counts[kept].astype(np.int64)


def _key_codes(column: Column) -> list[Ints]:
    """Return, for each whole-value form of the column's kind, a number for each row (−1 unknown)."""
    forms = [keys(column.kind, value) for value in column.values]
    width = max((len(form) for form in forms), default=0)
    return [_row_numbers(column, [form[at] if at < len(form) else "" for form in forms]) for at in range(width)]


def _row_numbers(column: Column, texts: list[str]) -> Ints:
    numbers: dict[str, int] = {"": -1}
    of_value = np.array([numbers.setdefault(text, len(numbers) - 1) for text in texts] + [-1], dtype=np.int64)
    return of_value[column.codes]


def _part_codes(column: Column) -> tuple[Ints, Ints]:
    """Return (row, feature) for the finer features of every row."""
    numbers: dict[str, int] = {}
    of_value = [
        [numbers.setdefault(part, len(numbers)) for part in parts(column.kind, value)] for value in column.values
    ]
    lengths = np.array([len(found) for found in of_value] + [0], dtype=np.int64)
    flat = np.array([number for found in of_value for number in found], dtype=np.int64)
    starts = np.r_[0, np.cumsum(lengths[:-1])].astype(np.int64)
    rows = np.flatnonzero(column.codes >= 0)
    each = lengths[column.codes[rows]]
    within = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
    return np.repeat(rows, each), flat[np.repeat(starts[column.codes[rows]], each) + within]
