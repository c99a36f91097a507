"""Vehicles as people describe them: colour, make, model, kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.writing import listed, plain

COLOURS = {
    "black": "dark",
    "navy": "dark",
    "dark blue": "dark",
    "dark grey": "dark",
    "dark green": "dark",
    "grey": "grey",
    "gray": "grey",
    "silver": "grey",
    "gunmetal": "grey",
    "white": "white",
    "cream": "white",
    "beige": "white",
    "red": "red",
    "maroon": "red",
    "burgundy": "red",
    "dark red": "red",
    "blue": "blue",
    "light blue": "blue",
    "green": "green",
    "yellow": "yellow",
    "gold": "yellow",
    "orange": "orange",
    "purple": "purple",
    "brown": "brown",
    "bronze": "brown",
    "pink": "pink",
}
"""Colours, each with the family that poor light makes of it."""

KINDS_OF_VEHICLE = [
    "hatchback",
    "saloon",
    "estate",
    "van",
    "minivan",
    "minibus",
    "pickup",
    "coupe",
    "convertible",
    "jeep",
    "4x4",
    "suv",
    "taxi",
    "lorry",
    "truck",
    "moped",
    "scooter",
    "motorbike",
    "motorcycle",
    "e-scooter",
    "e-bike",
    "ebike",
    "quad",
    "quadbike",
    "camper",
    "campervan",
    "transit",
    "car",
    "bike",
    "hatch",
    "people-carrier",
]

_SAID = {
    "gray": "grey",
    "e-scooter": "e-scooter",
    "escooter": "e-scooter",
    "ebike": "e-bike",
    "hatch": "hatchback",
    "colour": "",
}
_COLOUR = re.compile(
    r"\b(?:(?:dark|light|metallic|matt|bright|pale|navy) )?(?:" + "|".join(c for c in COLOURS if " " not in c) + r")\b"
)
_BITS = {"colour": 2.5, "make": 3.5, "model": 6.0, "kind": 1.5}
_AGAINST = {"colour": -3.0, "make": -6.0, "model": -5.0, "kind": -1.5}


@dataclass(frozen=True, slots=True)
class Description:
    """A vehicle's description taken apart; an empty part was not said."""

    colour: str
    make: str
    model: str
    kind: str


class Vehicle:
    """The kind `vehicle`: lower case, short makes in full, the make added where the model implies it."""

    name = "vehicle"

    def clean(self, text: str) -> str | None:
        """Return the description that `text` gives, without article."""
        bare = re.sub(r"^(?:an?|the|his|her|their|this|that) ", "", plain(text)).strip(" .,")
        pieces = [makes().get(word, _SAID.get(word, word)) for word in bare.split(" ")]
        bare = " ".join(piece for piece in pieces if piece)
        if not bare:
            return None
        model = _model(bare)
        make = models().get(model, "")
        if make and make not in bare:
            bare = re.sub(rf"\b{re.escape(model)}\b", f"{make} {model}", bare, count=1)
        return bare

    def features(self, value: str) -> Sequence[str]:
        """Return the description, then its parts in pairs and alone."""
        d = describe(value)
        keys = [f"vehicle={value}"]
        keys += [
            f"vehicle:{a}+{b}"
            for a, b in ((d.colour, d.model), (d.colour, d.make), (d.make, d.model), (d.colour, d.kind))
            if a and b
        ]
        keys += [f"vehicle:{part}" for part in (d.model, d.make) if part]
        return tuple(dict.fromkeys(keys))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two descriptions part by part; what one does not say cannot disagree."""
        first, second = sorted((left, right))
        one, other = describe(first), describe(second)
        bits, slack = 0.0, left != right
        against: list[str] = []
        agreed: list[str] = []
        for part in (field.name for field in fields(Description)):
            here, there = getattr(one, part), getattr(other, part)
            if not here or not there:
                continue
            if here == there:
                bits, agreed = bits + _BITS[part], [*agreed, part]
            elif part == "colour" and COLOURS.get(here) == COLOURS.get(there):
                bits, slack = bits + _BITS[part] / 3, True
            else:
                bits, against = bits + _AGAINST[part], [*against, part]
        if against:
            return Comparison(
                Level.DIFFERENT, min(bits, -1.0), f"{first} and {second}: the {' and '.join(against)} differ"
            )
        if not slack:
            return Comparison(Level.EXACT, bits, f"the same description, {first}")
        told = f"the {' and '.join(agreed)} agree" if agreed else "nothing known disagrees"
        return Comparison(Level.COMPATIBLE, bits, f"{first} could be {second}: {told}")

    def specificity(self, value: str) -> float:
        """Return the sum of the parts: colour 2.5, make 3.5, model 6, kind 1.5."""
        parts = describe(value)
        return sum(_BITS[field.name] for field in fields(Description) if getattr(parts, field.name))


@lru_cache(maxsize=4096)
def describe(value: str) -> Description:
    """Take a normalised description apart."""
    colour = _COLOUR.search(value)
    model = _model(value)
    made = _one_of(tuple(set(makes().values()))).search(value)
    make = made[0] if made else ""
    kind = next((word for word in reversed(value.split(" ")) if word in KINDS_OF_VEHICLE), "")
    return Description(colour[0] if colour else "", make, model, kind if kind != model else "")


def _model(bare: str) -> str:
    found = _one_of(tuple(models())).search(bare)
    return found[0] if found else ""


@lru_cache(maxsize=4)
def _one_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of `names` as whole words."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w\-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w\-])")


@cache
def makes() -> dict[str, str]:
    """Return every way to write a make with its full name (`lists/vehicles.txt`)."""
    found: dict[str, str] = {}
    for line in listed("vehicles"):
        forms = line.partition(":")[0].split(",")
        found.update((form.strip(), forms[0].strip()) for form in forms)
    return found


@cache
def models() -> dict[str, str]:
    """Return every model, plain, with its make."""
    found: dict[str, str] = {}
    for line in listed("vehicles"):
        make, _, names = line.partition(":")
        found.update(
            (model.strip().strip("!"), make.split(",")[0].strip()) for model in names.split(",") if model.strip()
        )
    return found


@cache
def plain_models() -> frozenset[str]:
    """Return the models whose names mean nothing else; the list marks the others with `!`."""
    names = (name.strip() for line in listed("vehicles") for name in line.partition(":")[2].split(","))
    return frozenset(name for name in names if name and not name.endswith("!"))
