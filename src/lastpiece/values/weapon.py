"""Weapons: the words people use, what they are filed as, and which are a sort of which."""

from collections.abc import Sequence
from functools import cache

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.drug import by_word
from lastpiece.values.writing import plain

BROADER = {
    "machete": "knife",
    "zombie knife": "knife",
    "lock knife": "knife",
    "flick knife": "knife",
    "kitchen knife": "knife",
    "sword": "knife",
    "handgun": "firearm",
    "revolver": "firearm",
    "shotgun": "firearm",
    "rifle": "firearm",
    "submachine gun": "firearm",
    "converted firearm": "firearm",
}
"""A sort of weapon and the wider word a witness may have used for it."""

_BITS = {"knife": 2.0, "firearm": 3.0, "hammer": 4.0, "bat": 3.5, "machete": 3.0}
_RARE_BITS, _AGAINST_BITS = 5.0, -0.5


class Weapon:
    """The kind `weapon`: a canonical name (`knife`, `zombie knife`, `handgun`, `ammunition`, …)."""

    name = "weapon"

    def clean(self, text: str) -> str | None:
        """Return the canonical name of the weapon that `text` names."""
        return weapon_words().get(plain(text))

    def features(self, value: str) -> Sequence[str]:
        """Return the name and the wider word for it."""
        broader = BROADER.get(value)
        return (f"weapon={value}", *((f"weapon={broader}",) if broader else ()))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two weapons; a wider word is compatible with each of its sorts."""
        first, second = sorted((left, right))
        if left == right:
            return Comparison(Level.EXACT, self.specificity(left), f"the same weapon, a {left}")
        if BROADER.get(left) == right or BROADER.get(right) == left:
            bits = min(self.specificity(left), self.specificity(right))
            return Comparison(Level.COMPATIBLE, bits, f"{first} and {second} may be one weapon")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different weapons")

    def specificity(self, value: str) -> float:
        """Return the bits of a weapon: few for a knife, more for what is seldom seen."""
        return _BITS.get(value, _RARE_BITS)


@cache
def weapon_words() -> dict[str, str]:
    """Return every word for a weapon, plain, with its canonical name (`lists/weapons.txt`)."""
    return by_word("weapons")
