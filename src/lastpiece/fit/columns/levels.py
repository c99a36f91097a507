"""Levels: how two values of a column agree, from the same to different, for many pairs at once.

The first levels are exact agreement, on a value that is rare in the table to one that is common: so
term frequency (Winkler 1989) is learnt like everything else instead of assumed. What each level is
worth comes from the table itself (`lastpiece.fit.columns.learning`); a threshold here only sorts
agreements by strength.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from lastpiece.fit.columns.column import Column, Ints
from lastpiece.fit.columns.pairs import Pairs, sorted_distinct
from lastpiece.values.name import same_family
from lastpiece.values.sound import sound

Levels = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Texts = Sequence[str]
Test = Callable[[Texts, Texts], npt.NDArray[np.bool_]]

RARITY_BITS = (13, 11, 9, 7, 5)
"""Where exact agreement is cut into levels: by −log2 of the value's share of the column's values."""
_EXACT = len(RARITY_BITS) + 1

_DAY_BEFORE_MONTH = [0, 1, 2, 3, 6, 7, 4, 5]

_EXACT_BITS = (7.0, 6.0, 5.0, 4.5, 4.0, 3.0)
_NEXT_BITS = 2.5
_LEAST_BITS = 0.5
_EXACT_SHARE, _DIFFERENT_SHARE = 0.8, 0.08
"""What is expected of a column before any of its pairs is seen. Judgement; some hundred matches override it."""

UNKNOWN = -1
"""The level of a pair of which at least one value is missing."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels of one kind below exact: the names of all, and a test for each but the last, different."""

    names: tuple[str, ...]
    tests: tuple[Test, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """The chance of each level among rows of one thing (`m`) and among others (`u`), before any pair is seen."""

    m: Floats
    u: Floats


def expected(kind: str) -> Expected:
    """Return what is expected of a kind: four of five matches agree exactly, and weaker levels are worth less."""
    between = len(_LADDERS[kind].names) - 1
    halves = 0.5 ** np.arange(between)
    middle = halves / halves.sum() * (1 - _EXACT_SHARE - _DIFFERENT_SHARE)
    m = np.concatenate([np.full(_EXACT, _EXACT_SHARE / _EXACT), middle])
    u = m / np.exp2([*_EXACT_BITS, *np.linspace(_NEXT_BITS, _LEAST_BITS, between)])
    return Expected(np.append(m, _DIFFERENT_SHARE), np.append(u, 1 - u.sum()))


def compared(column: Column, pairs: Pairs) -> Levels:
    """Return the level of each pair, each distinct pair of values compared once."""
    left, right = column.codes[pairs.left], column.codes[pairs.right]
    levels = np.full(len(pairs), UNKNOWN, dtype=np.int8)
    both = (left >= 0) & (right >= 0)
    same = np.flatnonzero(both & (left == right))
    levels[same] = _rarity_levels(column)[left[same]]
    unlike = np.flatnonzero(both & (left != right))
    size = max(len(column.values), 1)
    low, high = np.minimum(left[unlike], right[unlike]), np.maximum(left[unlike], right[unlike])
    key = low * size + high
    distinct = sorted_distinct(key)
    levels[unlike] = _climb(column, distinct // size, distinct % size)[np.searchsorted(distinct, key)]
    return levels


def level_names(kind: str) -> tuple[str, ...]:
    """Return the names of a kind's levels, by level number."""
    least = [f"exact, 1 in {2**bits:,} or rarer" for bits in RARITY_BITS]
    return (*least, f"exact, commoner than 1 in {2 ** RARITY_BITS[-1]}", *_LADDERS[kind].names)


def exact_levels(column: Column, rows: Ints) -> Levels:
    """Return the level at which each row agrees with a copy of itself."""
    codes = column.codes[rows]
    return np.where(codes >= 0, np.append(_rarity_levels(column), UNKNOWN)[codes], UNKNOWN).astype(np.int8)


def _rarity_levels(column: Column) -> Levels:
    """Return for each value the level of exact agreement on it."""
    rarity = np.log2(max(int(column.counts.sum()), 1) / np.maximum(column.counts, 1))
    return np.searchsorted(-np.array(RARITY_BITS, dtype=np.float64), -rarity, side="left").astype(np.int8)


def _climb(column: Column, low: Ints, high: Ints) -> Levels:
    """Return the first level whose test each distinct pair passes, the last where it passes none."""
    rungs = _LADDERS[column.kind]
    levels = np.full(len(low), _EXACT + len(rungs.names) - 1, dtype=np.int8)
    values = np.array(column.values, dtype=object)
    left, right = values[low], values[high]
    waiting = np.arange(len(low))
    for level, test in enumerate(rungs.tests, _EXACT):
        passed = test(left[waiting].tolist(), right[waiting].tolist()) if len(waiting) else np.empty(0, dtype=bool)
        levels[waiting[passed]] = level
        waiting = waiting[~passed]
    return levels


def _alike(least: float) -> Test:
    """Return a test for a Jaro–Winkler similarity of at least `least`."""

    def test(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
        return np.asarray(cpdist(left, right, scorer=JaroWinkler.normalized_similarity, dtype=np.float32) >= least)

    return test


def _slips(most: int) -> Test:
    """Return a test for at most `most` wrong, missing, extra or swapped marks."""

    def test(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
        return np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=most, dtype=np.int32) <= most)

    return test


def _ratio(scorer: Callable[..., float], least: float) -> Test:
    def test(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
        return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32) >= least)

    return test


def _each(same: Callable[[str, str], bool]) -> Test:
    def test(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
        return np.fromiter(map(same, left, right), dtype=bool, count=len(left))

    return test


def _sounds(left: str, right: str) -> bool:
    return sound(left) == sound(right) != ""


def _begins(left: str, right: str) -> bool:
    return left.startswith(right) or right.startswith(left)


def _same_words(left: str, right: str) -> bool:
    return sorted(left.split()) == sorted(right.split())


def _within(left: str, right: str) -> bool:
    one, other = set(left.split()), set(right.split())
    return one <= other or other <= one


def _shares_word(left: str, right: str) -> bool:
    return not set(left.split()).isdisjoint(right.split())


def _ends_alike(left: str, right: str) -> bool:
    """Return whether a whole name's first and last words agree, the first by a nickname too."""
    one, other = left.split(), right.split()
    return one[-1] == other[-1] and (one[0] == other[0] or same_family(one[0], other[0]))


def _last_alike(left: str, right: str) -> bool:
    one, other = left.split(), right.split()
    return _sounds(one[-1], other[-1]) and one[0][0] == other[0][0]


def _marks(texts: Texts, length: int) -> npt.NDArray[np.uint32]:
    """Return texts as rows of `length` character codes, 0 where a text is shorter."""
    return np.array(texts, dtype=f"U{length}").view(np.uint32).reshape(len(texts), length)


def _turned(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
    """Test whether day and month are turned round, or one mark of the date differs."""
    one, other = _marks(left, 8), _marks(right, 8)
    slip = np.count_nonzero(one != other, axis=1) == 1
    return np.asarray(slip | (one[:, _DAY_BEFORE_MONTH] == other).all(axis=1))


def _same_marks(start: int, end: int) -> Test:
    """Return a test for the same characters of a date from `start` to `end`."""

    def test(left: Texts, right: Texts) -> npt.NDArray[np.bool_]:
        return np.asarray((_marks(left, 8)[:, start:end] == _marks(right, 8)[:, start:end]).all(axis=1))

    return test


def _same_all_but(length: int) -> Callable[[str, str], bool]:
    return lambda left, right: left[:-length] == right[:-length] != ""


def _same_area(left: str, right: str) -> bool:
    return left[:1] == right[:1] and left[:2].rstrip("0123456789") == right[:2].rstrip("0123456789")


_NUMBER = Ladder(("a slip away", "ends alike", "different"), (_slips(1), _each(lambda a, b: a[-6:] == b[-6:])))

_LADDERS: Mapping[str, Ladder] = {
    "forename": Ladder(
        ("nickname", "a slip away", "sounds alike", "begins alike", "somewhat alike", "different"),
        (_each(same_family), _alike(0.9), _each(_sounds), _each(_begins), _alike(0.8)),
    ),
    "surname": Ladder(
        ("a slip away", "close", "sounds alike", "somewhat alike", "different"),
        (_alike(0.94), _alike(0.88), _each(_sounds), _alike(0.78)),
    ),
    "name": Ladder(
        (
            "same words",
            "one within the other",
            "first and last alike",
            "close",
            "last sounds alike",
            "somewhat alike",
            "shares a word",
            "different",
        ),
        (
            _each(_same_words),
            _each(_within),
            _each(_ends_alike),
            _ratio(fuzz.token_sort_ratio, 88.0),
            _each(_last_alike),
            _ratio(fuzz.token_sort_ratio, 75.0),
            _each(_shares_word),
        ),
    ),
    "date": Ladder(
        ("a slip away", "same month", "same year", "same day of another year", "two slips away", "different"),
        (_turned, _same_marks(0, 6), _same_marks(0, 4), _same_marks(4, 8), _slips(2)),
    ),
    "postcode": Ladder(
        ("a slip away", "same sector", "same district", "same area", "different"),
        (_slips(1), _each(_same_all_but(2)), _each(_same_all_but(3)), _each(_same_area)),
    ),
    "place": Ladder(
        ("one within the other", "close", "shares a word", "different"),
        (_each(_within), _alike(0.9), _each(_shares_word)),
    ),
    "phone": _NUMBER,
    "plate": _NUMBER,
    "address": Ladder(
        ("close", "one within the other", "somewhat alike", "different"),
        (_ratio(fuzz.token_sort_ratio, 88.0), _each(_within), _ratio(fuzz.token_sort_ratio, 70.0)),
    ),
    "word": Ladder(("close", "different"), (_alike(0.9),)),
}
