"""Addresses as people write them: a number and a street, a flat and its block, a named block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.sound import sound
from lastpiece.values.writing import capitalised, plain, squeezed

STREETS = {
    "road": "Road rd",
    "street": "Street st str",
    "avenue": "Avenue ave av",
    "close": "Close cl",
    "drive": "Drive dr drv",
    "lane": "Lane ln",
    "crescent": "Crescent cres cresc",
    "gardens": "Gardens gdns",
    "court": "Court ct crt",
    "place": "Place pl",
    "square": "Square sq",
    "terrace": "Terrace terr tce",
    "way": "Way wy",
    "walk": "Walk",
    "grove": "Grove grv",
    "hill": "Hill",
    "rise": "Rise",
    "mews": "Mews",
    "parade": "Parade pde",
    "row": "Row",
    "green": "Green grn",
    "view": "View",
    "house": "House hse",
    "heights": "Heights",
    "lodge": "Lodge",
    "point": "Point",
    "tower": "Tower",
    "towers": "Towers",
    "mansions": "Mansions",
    "croft": "Croft",
    "path": "Path",
    "gate": "Gate",
    "yard": "Yard",
    "wharf": "Wharf",
    "buildings": "Buildings bldgs",
    "boulevard": "Boulevard blvd",
    "end": "End",
    "park": "Park",
    "vale": "Vale",
    "broadway": "Broadway",
    "crossway": "Crossway",
    "furlong": "Furlong",
    "leys": "Leys",
    "fields": "Fields",
}
"""Last words of streets and blocks, with what people shorten them to."""

BLOCKS = frozenset({"house", "court", "heights", "lodge", "point", "tower", "towers", "mansions", "buildings"})
EXPANDED = {form: full.split()[0] for full in STREETS.values() for form in full.lower().split()}

_UNIT = re.compile(
    r"^(?P<unit>flat|apartment|apt|unit|room|studio) ?(?:no |number )?(?P<number>[0-9]+[a-z]?|[a-z]\b),? "
    r"?(?:of |in |at )?(?P<rest>.*)$"
)
_NUMBER = re.compile(
    r"^(?:no\.? ?|number |num |#)?(?P<number>[0-9]+(?:[a-z]\b)?(?:-[0-9]+)?),? ?(?:on |in |of )?(?P<rest>.*)$"
)
_ALIKE = 85.0
_EXACT_BITS, _STREET_BITS, _CLOSE_BITS, _UNIT_BITS, _AGAINST_BITS = 16.0, 8.0, 12.0, 2.0, -5.0


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart, plain words: flat's number, building's number, street or block."""

    unit: str
    number: str
    street: str


class Address:
    """The kind `address`: `14 Harper Road`, `Flat 3, 22 Harper Road`, `Beechcroft House`."""

    name = "address"

    def clean(self, text: str) -> str | None:
        """Return the tidy form: capitals and spaces put right, the words as they were written."""
        bare = squeezed(squeezed(text).replace(".", " ").strip(" ,"))
        unit, number, street = _taken_apart(plain(bare).replace(",", ""))
        if not ((unit and (number or street)) or (number and street) or _is_block(street)):
            return None
        return " ".join(_tidy(word) for word in bare.split(" ") if word)

    def features(self, value: str) -> Sequence[str]:
        """Return number with street, number with the street's sound, then the street."""
        parts = split_address(value)
        first = parts.street.split(" ")[0]
        heard = sound(first)
        keys = [f"address={parts.unit}/{parts.number}/{parts.street}"]
        if parts.number:
            keys += [f"address#{parts.number} {parts.street}", f"address#{parts.number}~{heard}"]
        return (*keys, f"street={parts.street}", f"street~{heard}")

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two addresses by street, then number, then flat."""
        first, second = sorted((left, right))
        one, other = split_address(first), split_address(second)
        if one == other:
            return Comparison(Level.EXACT, self.specificity(first), f"the same address, {first}")
        alike = one.street == other.street or ratio(one.street, other.street) >= _ALIKE
        if not alike or _clash(one.number, other.number):
            return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different addresses")
        if _clash(one.unit, other.unit):
            return Comparison(
                Level.DIFFERENT, _UNIT_BITS - _EXACT_BITS / 2, f"{first} and {second} are different flats"
            )
        if one.street != other.street:
            return Comparison(Level.CLOSE, _CLOSE_BITS, f"{first} and {second} are spelt nearly alike")
        bits = _EXACT_BITS - _UNIT_BITS if one.number == other.number else _STREET_BITS
        return Comparison(Level.COMPATIBLE, bits, f"{first} and {second} agree as far as both go")

    def specificity(self, value: str) -> float:
        """Return 8 bits for a street, 16 with its number, 18 with the flat."""
        parts = split_address(value)
        numbered = _EXACT_BITS if parts.number or _is_block(parts.street) else _STREET_BITS
        return numbered + (_UNIT_BITS if parts.unit else 0.0)


@lru_cache(maxsize=4096)
def split_address(value: str) -> Parts:
    """Take a tidy address apart."""
    return Parts(*_taken_apart(plain(value).replace(",", "")))


def _taken_apart(bare: str) -> tuple[str, str, str]:
    unit = number = ""
    found = _UNIT.match(bare)
    if found:
        unit, bare = found["number"], found["rest"]
    found = _NUMBER.match(bare)
    if found:
        number, bare = found["number"], found["rest"]
    return unit, number, _expanded(bare.strip(" ,"))


def _expanded(street: str) -> str:
    """Return a street with its last word in full, so that "mill rd" and "mill road" are one."""
    head, space, last = street.rpartition(" ")
    return f"{head}{space}{EXPANDED.get(last, last).lower()}" if space else street


def _tidy(word: str) -> str:
    return word.lower() if word[0].isdigit() or word.lower() in {"of", "on", "in", "the", "at"} else capitalised(word)


def _is_block(street: str) -> bool:
    pieces = street.split(" ")
    return len(pieces) > 1 and pieces[-1] in BLOCKS


def _clash(left: str, right: str) -> bool:
    return bool(left and right and left != right)
