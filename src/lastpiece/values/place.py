"""Places by name: towns and villages, areas, roads, pubs, shops, schools, stations."""

from collections.abc import Sequence
from functools import cache

from rapidfuzz.fuzz import ratio

from lastpiece.values.address import EXPANDED
from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.sound import sound
from lastpiece.values.writing import capitalised, listed, plain, squeezed

_SMALL = frozenset({"on", "of", "the", "in", "upon", "by", "and", "le", "cum", "under"})
_GENERIC = frozenset({"station", "hotel", "school", "park", "pub", "academy", "primary", "estate", "shop", "shops"})
_SAINT = {"st", "saint"}
_ALIKE = 86.0
_TOWN_BITS, _NAME_BITS, _CLOSE_COST, _SOUND_COST, _AGAINST_BITS = 4.0, 9.0, 2.5, 3.5, -3.0


class Place:
    """The kind `place`: readable form, abbreviations expanded (`welly` is Wellingborough)."""

    name = "place"

    def clean(self, text: str) -> str | None:
        """Return the readable name of the place that `text` names."""
        bare = squeezed(plain(text).replace(".", " ").strip(" ,\"'!?")).removeprefix("the ")
        if not any(c.isalnum() for c in bare):
            return None
        known = gazetteer().get(bare)
        return known or _written(bare)

    def features(self, value: str) -> Sequence[str]:
        """Return the name, then each telling word and how it sounds."""
        bare = plain(value)
        telling = [word for word in bare.replace("-", " ").split(" ") if word not in _SMALL and word not in _GENERIC]
        keys = [f"place={bare}", *(f"place:{word}" for word in telling)]
        return tuple(dict.fromkeys([*keys, *(f"place~{sound(word)}" for word in telling if sound(word))]))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two places by name: the same, one a part of the other's name, nearly alike, or different."""
        first, second = sorted((left, right))
        here, there = plain(first), plain(second)
        bits = min(self.specificity(left), self.specificity(right))
        if here == there:
            return Comparison(Level.EXACT, bits, f"the same place, {first}")
        if set(here.split()) < set(there.split()) or set(there.split()) < set(here.split()):
            return Comparison(Level.COMPATIBLE, bits / 2, f"{first} and {second} may be one place")
        if ratio(here, there) >= _ALIKE:
            return Comparison(Level.CLOSE, bits - _CLOSE_COST, f"{first} and {second} are spelt nearly alike")
        if sound(here) == sound(there) and len(sound(here)) > 2:  # noqa: PLR2004 - shorter keys meet by chance
            return Comparison(Level.SOUNDS, max(0.0, bits - _SOUND_COST), f"{first} and {second} sound alike")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different places")

    def specificity(self, value: str) -> float:
        """Return 4 bits for a town of the gazetteer, 9 for a road, pub or other name."""
        return _TOWN_BITS if plain(value) in gazetteer() else _NAME_BITS


@cache
def gazetteer() -> dict[str, str]:
    """Return every plain form of a known place with its readable name (`lists/places.txt`)."""
    found: dict[str, str] = {}
    for line in listed("places"):
        readable, _, forms = line.partition(":")
        found[plain(readable)] = readable.strip()
        found.update((form.strip(), readable.strip()) for form in forms.split(",") if form.strip())
    return found


def _written(bare: str) -> str:
    pieces = bare.split(" ")
    last = EXPANDED.get(pieces[-1]) if len(pieces) > 1 else None
    head = pieces[:-1] if last else pieces
    filed = [_word(word, first=i == 0) for i, word in enumerate(head)]
    return " ".join([*filed, *([last] if last else [])])


def _word(word: str, *, first: bool) -> str:
    if word in _SAINT:
        return "St"
    return word if word in _SMALL and not first else capitalised(word)
