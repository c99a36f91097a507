"""Invented figures for twelve campaign weeks, of the size that weeks of action in a county like this report."""

from dataclasses import dataclass

from lastpiece.world.chance import Chance

CAMPAIGN = "Matters to us"
STRAPLINE = "Twelve weeks against the crime that hides next door"
THEMES = (
    "Serious and organised crime",
    "Deal lines",
    "Homes taken over",
    "Children used by dealers",
    "Modern slavery",
    "Knives and firearms",
    "Deal lines",
    "Violence against women and girls",
    "Drugs and our town centres",
    "Homes taken over",
    "Children used by dealers",
    "Serious and organised crime",
)
THANKS = "Thank you. Every figure here began with somebody who told us a small thing."


@dataclass(frozen=True, slots=True)
class Figure:
    """One outcome of a week as staff type it; `final` is what it became when it had been counted."""

    kind: str
    amount: str
    detail: str = ""
    measure: str = ""
    final: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """You said, we did."""

    area: str
    said: str
    did: str


PAIRS = (
    Pair(
        "Kettering",
        "Strangers come and go from flats near the centre at night.",
        "We visited 14 homes with the council. Two people have moved somewhere safe.",
    ),
    Pair(
        "Wellingborough",
        "School children carry packages for older lads on bikes.",
        "We spoke in six schools and work with families to get children out.",
    ),
    Pair(
        "Corby",
        "Messages that sell drugs go round the estate.",
        "Three numbers no longer work and the people who ran them are before a court.",
    ),
    Pair(
        "Northampton",
        "You do not see officers in the park after dark.",
        "We patrol it every evening and a Beat Bus stops there twice a month.",
    ),
    Pair(
        "Rushden",
        "Workers are picked up before dawn and look hungry.",
        "Partners checked two addresses and offered help to everyone who lives there.",
    ),
    Pair(
        "Daventry",
        "Cars meet behind the shops on Fridays.",
        "We searched four cars there and took knives and class A drugs off the street.",
    ),
)

_RANGES: tuple[tuple[str, str, str, int, int], ...] = (
    ("arrests", "", "", 11, 28),
    ("warrants", "", "", 3, 12),
    ("safeguarded_adult", "", "", 4, 13),
    ("safeguarded_child", "", "", 3, 15),
    ("visits", "", "", 8, 24),
    ("schools", "", "", 12, 60),
    ("drugs", "crack", "wraps", 20, 180),
    ("drugs", "heroin", "wraps", 15, 140),
    ("drugs", "cocaine", "deals", 20, 560),
    ("drugs", "cannabis", "plants", 6, 97),
    ("weapons_seized", "knife", "", 3, 9),
    ("weapons_seized", "machete", "", 1, 4),
    ("weapons_seized", "firearm", "", 0, 2),
    ("weapons_surrendered", "knife", "", 12, 60),
)


def figures(chance: Chance) -> list[Figure]:
    """Return the outcomes of one week."""
    found = [
        Figure(kind, str(amount), detail, measure)
        for kind, detail, measure, low, high in _RANGES
        if (amount := chance.between(low, high)) and chance.maybe(0.85)
    ]
    early = 100 * chance.between(18, 310)
    found.append(Figure("cash", str(early), final=f"{early + chance.between(5, 900)}.{chance.between(0, 99):02d}"))
    grams = chance.between(30, 900)
    found.append(Figure("drugs", str(grams), "crack", "g", final=f"{grams + chance.between(1, 40)}.5"))
    return found
