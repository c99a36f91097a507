"""Deal lines by their brand, crews by what they call themselves, and companies."""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.sound import sound
from lastpiece.values.writing import capitalised, plain, squeezed

_ARTICLE = re.compile(r"^the ")
_LINE = re.compile(r"^(?P<brand>.+?)(?:'s)? (?:deal |drug |drugs |county |phone )?lines?$")
_SMALL = frozenset({"line", "and", "of", "the", "lads", "boys", "gang", "crew"})
_LEGAL_FORM = re.compile(r" (?:ltd|limited|plc|llp|uk)$")
_ALIKE = 84.0
_EXACT_BITS, _CLOSE_BITS, _SOUND_BITS, _AGAINST_BITS = 11.0, 7.0, 5.0, -3.0


class Organisation:
    """The kind `organisation`: a deal line is `Marco line`; others in capitals as people file them."""

    name = "organisation"

    def clean(self, text: str) -> str | None:
        """Return the brand, crew or company that `text` names."""
        bare = _ARTICLE.sub("", plain(text)).strip(" .,\"'")
        bare = bare.replace('"', "")
        found = _LINE.match(bare)
        bare = squeezed(f"{found['brand']} line" if found else bare)
        if not any(c.isalnum() for c in bare):
            return None
        return " ".join(word if word in _SMALL and i else capitalised(word) for i, word in enumerate(bare.split(" ")))

    def features(self, value: str) -> Sequence[str]:
        """Return the name, its brand, and how the brand's words sound."""
        brand = _brand(value)
        heard = [f"brand~{sound(word)}" for word in brand.split(" ") if sound(word)]
        return tuple(dict.fromkeys((f"organisation={plain(value)}", f"brand={brand}", *heard)))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two names by brand: the same, nearly the same, sounding alike, or different."""
        first, second = sorted((left, right))
        here, there = _brand(first), _brand(second)
        if here == there:
            return Comparison(Level.EXACT, _EXACT_BITS, f"the same name, {first}")
        if ratio(here, there) >= _ALIKE:
            return Comparison(Level.CLOSE, _CLOSE_BITS, f"{first} and {second} are spelt nearly alike")
        if sound(here) and sound(here) == sound(there):
            return Comparison(Level.SOUNDS, _SOUND_BITS, f"{first} and {second} sound alike")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different names")

    def specificity(self, value: str) -> float:
        """Return the bits of an equal name; a county has a few dozen lines and a few thousand firms."""
        return _EXACT_BITS if value else 0.0


def _brand(value: str) -> str:
    found = _LINE.match(plain(value))
    return _LEGAL_FORM.sub("", found["brand"] if found else plain(value))
