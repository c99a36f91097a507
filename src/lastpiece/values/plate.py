"""Vehicle registration marks of the United Kingdom, whole or as far as somebody read them."""

import re
from collections.abc import Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.masking import ANY, ONE, agreement, anchored, is_partial, known_count, runs

LENGTH = 7
"""Characters of a current, prefix or suffix mark in full."""

CURRENT = re.compile(r"^[A-Z]{2}[0-9]{2}[A-Z]{3}$")
PREFIX = re.compile(r"^[A-Z][0-9]{1,3}[A-Z]{3}$")
SUFFIX = re.compile(r"^[A-Z]{3}[0-9]{1,3}[A-Z]$")
DATELESS = re.compile(r"^(?:[A-Z]{1,3}[0-9]{1,4}|[0-9]{1,4}[A-Z]{1,3})$")
_PARTIAL = re.compile(r"^(?=.*[A-Z0-9])[A-Z0-9?*]{1,10}$")
_JUNK = re.compile(r"[\s.\-_,/]+")
_TO_DIGIT = str.maketrans("OILSZBQ", "0115280")
_TO_LETTER = str.maketrans("0158", "OISB")

_AREA_BITS, _YEAR_BITS, _LETTER_BITS, _DIGIT_BITS = 3.6, 2.6, 4.3, 3.2
_SLIP_BITS, _AGAINST_BITS = 11.0, -9.0


class Plate:
    """The kind `plate`: capitals without space, `?` for one unknown character, `*` for any number."""

    name = "plate"

    def clean(self, text: str) -> str | None:
        """Return the mark that `text` writes, O and I read as 0 and 1 where the format asks for digits."""
        bare = re.sub(r"\*+", "*", _JUNK.sub("", text.upper()))
        if not is_partial(bare):
            return _shaped(bare)
        if known_count(bare) == 0 or bare.count(ANY) > 2 or len(bare.replace(ANY, "")) > LENGTH:  # noqa: PLR2004 - a mark has a start and an end to be unsure of
            return None
        return bare if _PARTIAL.match(bare) else None

    def features(self, value: str) -> Sequence[str]:
        """Return the whole mark, its halves, then pairs of characters with their places."""
        places = anchored(value, LENGTH)
        by_place = dict(places)
        keys = [] if is_partial(value) else [f"plate={value}"]
        for start, stop in ((0, 4), (4, 7), (3, 7), (0, 3)):
            if all(i in by_place for i in range(start, stop)):
                keys.append(f"plate{start}:{''.join(by_place[i] for i in range(start, stop))}")
        keys += [f"plate{i}{a}{j}{b}" for (i, a), (j, b) in combinations(sorted(places), 2) if i != j]
        keys += [f"plate~{run[i : i + 2]}" for run in runs(value) for i in range(len(run) - 1)]
        return tuple(dict.fromkeys(keys))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two marks place by place."""
        if left == right and not is_partial(left):
            return Comparison(Level.EXACT, self.specificity(left), f"the same registration, {left}")
        if is_partial(left) or is_partial(right):
            return self._partly(left, right)
        if OSA.distance(left, right, score_cutoff=1) <= 1:
            first, second = sorted((left, right))
            return Comparison(Level.CLOSE, _SLIP_BITS, f"the registrations {first} and {second} are one slip apart")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, "two different registrations")

    def _partly(self, left: str, right: str) -> Comparison:
        found = agreement(left, right, LENGTH)
        first, second = sorted((left, right))
        if found is None:
            sentence = f"{first} and {second} disagree in a character that both show"
            return Comparison(Level.DIFFERENT, _AGAINST_BITS, sentence)
        count, shared = found
        seen = "no character is known in both" if count == 0 else f"{count} known character{'s' * (count > 1)} agree"
        return Comparison(Level.COMPATIBLE, _bits(shared), f"{first} could be {second}: {seen}")

    def specificity(self, value: str) -> float:
        """Return about 26 bits for a whole mark (34 million vehicles), less for each character unseen."""
        return _bits(value.replace(ANY, ""))


def _bits(layout: str) -> float:
    current = len(layout) == LENGTH
    return sum(_character_bits(c, i if current else None) for i, c in enumerate(layout) if c != ONE)


def _character_bits(character: str, place: int | None) -> float:
    if character.isdigit():
        return _YEAR_BITS if place in (2, 3) else _DIGIT_BITS
    return _AREA_BITS if place in (0, 1) else _LETTER_BITS


def _shaped(bare: str) -> str | None:
    """Return `bare` as a whole mark, look-alike characters put right, or None."""
    if any(shape.match(bare) for shape in (CURRENT, PREFIX, SUFFIX, DATELESS)):
        return bare
    if len(bare) != LENGTH or not bare.isalnum() or not bare.isascii():
        return None
    forms = (
        (CURRENT, _letters(bare[:2]) + _digits(bare[2:4]) + _letters(bare[4:])),
        (PREFIX, _letters(bare[:1]) + _digits(bare[1:4]) + _letters(bare[4:])),
        (SUFFIX, _letters(bare[:3]) + _digits(bare[3:6]) + _letters(bare[6:])),
    )
    fitting = [
        (sum(a != b for a, b in zip(bare, form, strict=True)), form) for shape, form in forms if shape.match(form)
    ]
    slips, form = min(fitting, default=(LENGTH, ""))
    return form if slips <= 2 else None  # noqa: PLR2004 - two look-alikes are a habit of writing, three a coincidence


def _digits(text: str) -> str:
    return text.translate(_TO_DIGIT)


def _letters(text: str) -> str:
    return text.translate(_TO_LETTER)
