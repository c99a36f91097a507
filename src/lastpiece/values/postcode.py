"""Postcodes of the United Kingdom, in full (`NN1 1AF`) or the outward half alone (`NN1`)."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from lastpiece.values.comparison import Comparison, Level

AREAS = frozenset(
    [
        "AB",
        "AL",
        "B",
        "BA",
        "BB",
        "BD",
        "BH",
        "BL",
        "BN",
        "BR",
        "BS",
        "BT",
        "CA",
        "CB",
        "CF",
        "CH",
        "CM",
        "CO",
        "CR",
        "CT",
        "CV",
        "CW",
        "DA",
        "DD",
        "DE",
        "DG",
        "DH",
        "DL",
        "DN",
        "DT",
        "DY",
        "E",
        "EC",
        "EH",
        "EN",
        "EX",
        "FK",
        "FY",
        "G",
        "GL",
        "GU",
        "GY",
        "HA",
        "HD",
        "HG",
        "HP",
        "HR",
        "HS",
        "HU",
        "HX",
        "IG",
        "IM",
        "IP",
        "IV",
        "JE",
        "KA",
        "KT",
        "KW",
        "KY",
        "L",
        "LA",
        "LD",
        "LE",
        "LL",
        "LN",
        "LS",
        "LU",
        "M",
        "ME",
        "MK",
        "ML",
        "N",
        "NE",
        "NG",
        "NN",
        "NP",
        "NR",
        "NW",
        "OL",
        "OX",
        "PA",
        "PE",
        "PH",
        "PL",
        "PO",
        "PR",
        "RG",
        "RH",
        "RM",
        "S",
        "SA",
        "SE",
        "SG",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SP",
        "SR",
        "SS",
        "ST",
        "SW",
        "SY",
        "TA",
        "TD",
        "TF",
        "TN",
        "TQ",
        "TR",
        "TS",
        "TW",
        "UB",
        "W",
        "WA",
        "WC",
        "WD",
        "WF",
        "WN",
        "WR",
        "WS",
        "WV",
        "YO",
        "ZE",
    ]
)
"""The 124 postcode areas (Royal Mail, Programmers' Guide to the Postcode Address File)."""

_OUTWARD = re.compile(r"^([A-Z]{1,2})([0-9]{1,2}|[0-9][A-Z])$")
_INWARD = re.compile(r"^[0-9][ABD-HJLNP-UW-Z]{2}$")
_JUNK = re.compile(r"[\s.\-]+")
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("01", "OI")
_INWARD_LENGTH = 3
_FULL_BITS, _SECTOR_BITS, _OUTWARD_BITS = 15.0, 7.0, 5.0
_SLIP_BITS, _AGAINST_BITS = 6.0, -4.0


class Postcode:
    """The kind `postcode`: capitals, one space before the inward half."""

    name = "postcode"

    def clean(self, text: str) -> str | None:
        """Return the postcode that `text` writes, O and l read as 0 and 1 where a digit must stand."""
        bare = _JUNK.sub("", text.upper())
        for outward, inward in ((bare[:-_INWARD_LENGTH], bare[-_INWARD_LENGTH:]), (bare, "")):
            left = _outward(outward)
            right = inward[:1].translate(_TO_DIGIT) + inward[1:].translate(_TO_LETTER)
            if left and (not inward or _INWARD.match(right)):
                return f"{left} {right}".strip()
        return None

    def features(self, value: str) -> Sequence[str]:
        """Return the full postcode, its sector and its outward half, as far as known."""
        outward, _, inward = value.partition(" ")
        if not inward:
            return (f"outward={outward}",)
        return (f"postcode={value}", f"sector={outward} {inward[0]}", f"outward={outward}")

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two postcodes: the same, one inside the other, neighbours, or apart."""
        first, second = sorted((left, right))
        if left == right:
            return Comparison(Level.EXACT, self.specificity(left), f"the same postcode, {left}")
        if first.partition(" ")[0] != second.partition(" ")[0]:
            return self._apart(first, second)
        if " " not in first or " " not in second:
            return Comparison(Level.COMPATIBLE, _OUTWARD_BITS, f"{second} lies in {first}")
        if first[:-2] == second[:-2]:
            return Comparison(Level.CLOSE, _SECTOR_BITS, f"{first} and {second} are neighbouring postcodes")
        return self._apart(first, second)

    def _apart(self, first: str, second: str) -> Comparison:
        if " " in first and " " in second and OSA.distance(first, second, score_cutoff=1) <= 1:
            return Comparison(Level.CLOSE, _SLIP_BITS, f"the postcodes {first} and {second} are one slip apart")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different postcodes")

    def specificity(self, value: str) -> float:
        """Return the bits of a county: about 18,000 postcodes, about 30 outward halves."""
        return _FULL_BITS if " " in value else _OUTWARD_BITS


def _outward(text: str) -> str | None:
    for size in (2, 1):
        area, district = text[:size], text[size:]
        if area in AREAS and district:
            outward = area + district[:1].translate(_TO_DIGIT) + _second(district[1:], area)
            if _OUTWARD.match(outward):
                return outward
    return None


def _second(rest: str, area: str) -> str:
    # Only inner London districts end in a letter (W1A, EC1V); elsewhere an O or l is a digit badly written.
    london = area in {"E", "EC", "N", "NW", "SE", "SW", "W", "WC"}
    return rest if london else rest.translate(_TO_DIGIT)
