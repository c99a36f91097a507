"""A column of a table: each distinct value cleaned once and held once, the rows as numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

from lastpiece.values.writing import plain

Ints = npt.NDArray[np.int64]

EMPTY = frozenset(
    {"", "-", "?", "n/a", "na", "n.a.", "nan", "nil", "none", "not given", "not known", "null", "unk", "unknown"}
)
"""Ways in which people write that they do not know. They agree on nothing."""

_NOT_WORD = re.compile(r"[^\w\s']|_")
_SPACES = re.compile(r"\s+")


class KindOfColumnError(ValueError):
    """A column is said to be of a kind that no table column can have."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: The column's name in the table.
        kind: One of `lastpiece.fit.columns.kinds.COLUMN_KINDS`.
        codes: For each row the index of its value in `values`, −1 where nothing is known.
        values: The distinct cleaned values.
        counts: How many rows have each value.
    """

    name: str
    kind: str
    codes: Ints = field(repr=False)
    values: tuple[str, ...] = field(repr=False)
    counts: Ints = field(repr=False)

    def of_rows(self, rows: Ints) -> "Column":
        """Return the column of some rows, its values counted among them."""
        codes = self.codes[rows]
        counts = np.bincount(codes[codes >= 0], minlength=len(self.values)).astype(np.int64)
        return Column(self.name, self.kind, codes, self.values, counts)

    def counted_as(self, other: "Column") -> "Column":
        """Return the same rows with the counts of `other`, a column of the same values."""
        return Column(self.name, self.kind, self.codes, self.values, other.counts)


@dataclass(frozen=True, slots=True)
class Copies:
    """Rows that agree in every column.

    Attributes:
        shown: The rows to compare: every distinct row, and of its copies the first few.
        hidden: The copies beyond those.
        of: For each hidden row the first row that it copies.

    Rows with many copies that chance alone explains (“unknown”, Smith, 1 January) are neither: they stand alone.
    """

    shown: Ints = field(repr=False)
    hidden: Ints = field(repr=False)
    of: Ints = field(repr=False)


COPIES_SHOWN = 10
"""Copies of one row that take part in learning: enough to be counted, too few to make half a million pairs each."""


def copies_of(columns: Sequence[Column]) -> Copies:
    """Return which rows are copies of which."""
    rows = len(columns[0].codes)
    order = np.lexsort([column.codes for column in columns])
    change = np.ones(rows, dtype=bool)
    change[1:] = np.any([column.codes[order[1:]] != column.codes[order[:-1]] for column in columns], axis=0)
    starts = np.flatnonzero(change)
    lengths = np.diff(np.r_[starts, rows])
    rank = np.arange(rows) - np.repeat(starts, lengths)
    first = np.repeat(order[starts], lengths)
    alone = (np.repeat(lengths, lengths) > COPIES_SHOWN) & (_chance_copies(columns, first) >= 1)
    behind = (rank >= COPIES_SHOWN) & ~alone
    return Copies(np.sort(order[~behind & ~alone]), order[behind], first[behind])


def _chance_copies(columns: Sequence[Column], rows: Ints) -> npt.NDArray[np.float64]:
    """Return how many rows chance alone would give each row's values, were the columns independent."""
    expected = np.full(len(rows), float(len(columns[0].codes)))
    for column in columns:
        share = np.append(column.counts / max(int(column.counts.sum()), 1), 1.0)  # the last serves −1
        expected *= share[column.codes[rows]]
    return expected


def encode(name: str, kind: str, raw: pa.Array | pa.ChunkedArray | Sequence[object]) -> Column:
    """Return the column with every distinct value cleaned once.

    Raises:
        KindOfColumnError: `kind` is not one of `CLEANERS`.
    """
    if kind not in CLEANERS:
        raise KindOfColumnError(f"“{kind}” is not a kind of column; the kinds are {', '.join(sorted(CLEANERS))}.")
    array = raw if isinstance(raw, pa.ChunkedArray) else pa.chunked_array([raw])
    coded = array.cast(pa.string()).combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    clean = CLEANERS[kind]
    numbers: dict[str, int] = {}
    of_raw = np.array([_number(clean(value), numbers) for value in coded.dictionary.to_pylist()] + [-1], dtype=np.int64)
    codes = of_raw[coded.indices.fill_null(len(of_raw) - 1).to_numpy(zero_copy_only=False)]
    counts = np.bincount(codes[codes >= 0], minlength=len(numbers)).astype(np.int64)
    return Column(name, kind, codes, tuple(numbers), counts)


def _number(value: str, numbers: dict[str, int]) -> int:
    return -1 if value in EMPTY else numbers.setdefault(value, len(numbers))


def _clean_words(text: str) -> str:
    bare = plain(text)
    return bare if bare in EMPTY else _SPACES.sub(" ", _NOT_WORD.sub(" ", bare)).strip()


def _clean_marks(text: str) -> str:
    """Return letters and digits only: plates and postcodes are spaced as their writers like."""
    bare = plain(text)
    return bare if bare in EMPTY else "".join(mark for mark in bare if mark.isalnum())


def _clean_phone(text: str) -> str:
    digits = "".join(mark for mark in text if mark.isdigit())
    national = re.sub(r"^(?:00)?44(?=\d{9,10}$)", "0", digits)
    return "" if national.strip("0") == "" else national


_ISO_DAY = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[t ].*)?$")
_BRITISH_DAY = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$")


def _clean_date(text: str) -> str:
    """Return eight digits, year first, even of a day that no calendar has: a slip of the pen is still evidence."""
    bare = plain(text)
    if found := _ISO_DAY.match(bare):
        return "".join(found.groups())
    if found := _BRITISH_DAY.match(bare):
        day, month, year = found.groups()
        return f"{year}{month:0>2}{day:0>2}"
    return _clean_marks(text)


CLEANERS: Mapping[str, Callable[[str], str]] = {
    "forename": _clean_words,
    "surname": _clean_words,
    "name": _clean_words,
    "date": _clean_date,
    "postcode": _clean_marks,
    "place": _clean_words,
    "phone": _clean_phone,
    "plate": _clean_marks,
    "address": _clean_words,
    "word": _clean_words,
}
"""How the values of each kind of column are cleaned."""
