"""Overlap: columns that say the same thing twice must not count twice.

A table often has a whole name beside its forename and surname. Weights of columns add only where the
columns do not repeat each other, so the whole name keeps only the words that the others lack.
"""

from collections.abc import Sequence

import numpy as np

from lastpiece.fit.columns.column import Column, Ints

_REPEATED_SHARE = 0.5
"""A name column repeats another when it holds all the other's words in more than this share of rows."""
_ROWS_LOOKED_AT = 20_000
_SHORTER = ("forename", "surname")


def without_overlap(columns: Sequence[Column]) -> list[Column]:
    """Return the columns, each `name` without the words that a `forename` or `surname` column repeats.

    A column of which nothing is left is dropped.
    """
    shorter = [column for column in columns if column.kind in _SHORTER]
    kept = []
    for column in columns:
        repeated = [other for other in shorter if column.kind == "name" and _repeats(column, other)]
        rest = _without(column, repeated) if repeated else column
        if not repeated or (rest.codes >= 0).any():
            kept.append(rest)
    return kept


def _repeats(name: Column, other: Column) -> bool:
    rows = np.flatnonzero((name.codes >= 0) & (other.codes >= 0))
    rows = rows[:: max(1, len(rows) // _ROWS_LOOKED_AT)]
    pairs = zip(name.codes[rows].tolist(), other.codes[rows].tolist(), strict=True)
    held = sum(set(other.values[part].split()) <= set(name.values[whole].split()) for whole, part in pairs)
    return len(rows) > 0 and held > _REPEATED_SHARE * len(rows)


def _without(name: Column, others: Sequence[Column]) -> Column:
    """Return the column of the words of `name` that are in none of `others`' values of the same row."""
    table = np.stack([name.codes, *(other.codes for other in others)], axis=1)
    distinct, numbers = np.unique(table, axis=0, return_inverse=True)
    texts: dict[str, int] = {"": -1}
    of_distinct = np.array(
        [texts.setdefault(_rest(name, others, codes), len(texts) - 1) for codes in distinct.tolist()], dtype=np.int64
    )
    return _recoded(name, of_distinct[numbers.reshape(-1)], tuple(texts)[1:])


def _rest(name: Column, others: Sequence[Column], codes: list[int]) -> str:
    if codes[0] < 0:
        return ""
    said = {
        word for other, code in zip(others, codes[1:], strict=True) if code >= 0 for word in other.values[code].split()
    }
    return " ".join(word for word in name.values[codes[0]].split() if word not in said)


def _recoded(name: Column, codes: Ints, values: tuple[str, ...]) -> Column:
    counts = np.bincount(codes[codes >= 0], minlength=len(values)).astype(np.int64)
    return Column(name.name, name.kind, codes, values, counts)
