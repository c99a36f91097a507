"""Telephone numbers, whole in E.164 or as far as somebody knows them."""

import re
from collections.abc import Sequence

import phonenumbers
from rapidfuzz.distance import OSA

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.masking import ANY, ONE, agreement, anchored, is_partial, known_count

LENGTH = 13
"""Characters of a UK mobile number in E.164, the plus included."""

_LOOKALIKES = str.maketrans("OoIl|", "00111")
_JUNK = re.compile(r"[\s.\-_,/()\u2010-\u2015]+")
_WHOLE = re.compile(r"^\+[1-9][0-9]{6,14}$")
_PARTIAL = re.compile(r"^\+?[0-9?*]{2,16}$")
_DIGIT_BITS, _RANGE_BITS, _COUNTRY_BITS = 3.32, 2.5, 0.1
_SLIP_BITS, _AGAINST_BITS = 12.0, -8.0
_SHORTEST_PARTIAL = 2


class Phone:
    """The kind `phone`: E.164, `?` for one unknown digit, `*` for an unknown number (`*412` ends 412)."""

    name = "phone"

    def clean(self, text: str) -> str | None:
        """Return the number that `text` writes, the letters O and l read as 0 and 1."""
        bare = _JUNK.sub("", text.replace("(0)", "")).translate(_LOOKALIKES)
        bare = re.sub(r"\*+", "*", bare)
        if is_partial(bare):
            return _partial(bare)
        if bare.startswith("00"):
            bare = "+" + bare[2:]
        return _whole(bare)

    def features(self, value: str) -> Sequence[str]:
        """Return the whole number, its endings and beginning, then short runs with their places."""
        places = anchored(value, LENGTH)
        by_place = {i: c for i, c in places if i >= 0}
        keys = [] if is_partial(value) else [f"phone={value}"]
        keys += [_run(by_place, LENGTH - size, size) for size in (6, 4, 3)]
        keys += [_run(by_place, start, 3) for start in range(4, LENGTH - 2)]
        keys += [_pair(by_place, i, gap) for gap in (1, 2) for i in range(4, LENGTH - gap)]
        return tuple(dict.fromkeys(key for key in keys if key))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two numbers digit by digit."""
        if left == right and not is_partial(left):
            return Comparison(Level.EXACT, self.specificity(left), f"the same number, {left}")
        if is_partial(left) or is_partial(right):
            return self._partly(left, right)
        if OSA.distance(left, right, score_cutoff=1) <= 1:
            first, second = sorted((left, right))
            return Comparison(Level.CLOSE, _SLIP_BITS, f"the numbers {first} and {second} are one slip apart")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, "two different numbers")

    def _partly(self, left: str, right: str) -> Comparison:
        found = agreement(left, right, LENGTH)
        first, second = sorted((left, right))
        if found is None:
            return Comparison(
                Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} disagree in a digit that both show"
            )
        _, shared = found
        count = sum(c.isdigit() for c in shared)
        seen = "no digit is known in both" if count == 0 else f"{count} known digit{'s' * (count > 1)} agree"
        return Comparison(Level.COMPATIBLE, _bits(shared), f"{first} could be {second}: {seen}")

    def specificity(self, value: str) -> float:
        """Return about 30 bits for a whole mobile number, less for each digit unknown."""
        return _bits("".join(c for c in value if c != ANY) if ANY not in value else _laid(value))


def _laid(value: str) -> str:
    head, _, tail = value.partition(ANY)
    tail = tail.replace(ANY, "")
    return head + ONE * max(0, LENGTH - len(head) - len(tail)) + tail


def _bits(layout: str) -> float:
    return sum(_place_bits(i) for i, c in enumerate(layout) if c.isdigit())


def _place_bits(place: int) -> float:
    if place <= 3:  # noqa: PLR2004 - the places of +447
        return _COUNTRY_BITS
    return _RANGE_BITS if place <= 6 else _DIGIT_BITS  # noqa: PLR2004 - the network's range takes three places


def _run(by_place: dict[int, str], start: int, size: int) -> str:
    digits = [by_place.get(i, "") for i in range(start, start + size)]
    return f"phone{start}:{''.join(digits)}" if all(digits) else ""


def _pair(by_place: dict[int, str], place: int, gap: int) -> str:
    if place in by_place and place + gap in by_place:
        return f"phone{place}{by_place[place]}+{gap}{by_place[place + gap]}"
    return ""


def _whole(bare: str) -> str | None:
    if not re.fullmatch(r"\+?[0-9]{7,15}", bare):
        return None
    try:
        number = phonenumbers.parse(bare, "GB")
    except phonenumbers.NumberParseException:
        return None
    # Ofcom's drama numbers are possible, not valid; a strict test would lose every example we may print.
    if not phonenumbers.is_possible_number(number):
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return written if _WHOLE.match(written) else None


def _partial(bare: str) -> str | None:
    if bare.startswith("0044"):
        bare = "+44" + bare[4:]
    elif bare.startswith("0"):
        bare = "+44" + bare[1:]
    elif bare.startswith("447"):
        bare = "+" + bare
    if not _PARTIAL.match(bare) or bare.count(ANY) > 2:  # noqa: PLR2004 - the same bound as for plates
        return None
    return bare if known_count(bare) >= _SHORTEST_PARTIAL else None
