"""How people write what they saw: whole or half plates and numbers, short names, round sums, vague times.

Each function returns bits whose label carries the norm that extraction should find (kinds and norms as in
`docs/reference/world-truth.md`); cue words such as “ends” stay outside the label.
"""

from datetime import date
from string import ascii_uppercase

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.grammar import Bit, Label
from lastpiece.world.people import Home, Person, Phone, Vehicle
from lastpiece.world.wordlists import phrases, words

Bits = tuple[Bit, ...]

DRUG_WORDS: dict[str, tuple[str, ...]] = {
    "cannabis": ("cannabis", "weed", "skunk", "weed", "green"),
    "cocaine": ("cocaine", "coke", "cocaine", "coke"),
    "crack cocaine": ("crack", "crack cocaine", "rocks"),
    "heroin": ("heroin", "smack", "heroin"),
    "ketamine": ("ketamine", "ket"),
    "mdma": ("MDMA", "mdma"),
    "unspecified": ("drugs", "gear", "class A drugs"),
}
_WEAPONS = Odds(
    {
        "knife": 6.0,
        "machete": 4.0,
        "zombie knife": 2.0,
        "hammer": 1.0,
        "shotgun": 0.7,
        "handgun": 0.8,
        "lock knife": 0.8,
    }
)
_SUMS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200, 250, 300, 500, 800, 1000, 2000, 3000)
_OUT_LOUD = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_RADIO = dict(zip(ascii_uppercase, words("radio"), strict=True))
_SHORT_MAKES = {"volkswagen": "VW", "mercedes": "Merc", "vauxhall": "Vauxhall", "bmw": "BMW"}


def _labelled(text: str, kind: str, value: str | None, entity: str | None = None) -> Bits:
    return (Bit(text, Label(kind, value, entity=entity)),)


def _with_article(text: str, kind: str, entity: str | None = None) -> Bits:
    """Label a name without its article, so that “the Iron Last” is the place “Iron Last”."""
    if text.startswith("the "):
        return (Bit("the "), *_labelled(text[4:], kind, text[4:], entity))
    return _labelled(text, kind, text, entity)


def plate(chance: Chance, vehicle: Vehicle) -> Bits:
    """Write a whole plate: with a space, without, small, or spelled out over the radio alphabet."""
    whole = vehicle.plate
    way = chance.unit()
    if way < 0.5:  # noqa: PLR2004 - shares of writing habits, as in every function here
        text = f"{whole[:4]} {whole[4:]}"
    elif way < 0.8:  # noqa: PLR2004 - a share of the ways
        text = whole
    elif way < 0.95:  # noqa: PLR2004 - a share of the ways
        text = f"{whole[:4]} {whole[4:]}".lower()
    else:
        text = " ".join(_RADIO.get(mark, mark) for mark in whole)
    return (Bit(text, Label("plate", whole, entity=vehicle.id)),)


def part_of_plate(chance: Chance, vehicle: Vehicle) -> Bits:
    """Write what a passer-by keeps of a plate; `?` stands for one unknown character, `*` for any number."""
    whole = vehicle.plate
    ways: tuple[tuple[str, str, str], ...] = (
        ("starts ", whole[:4], f"{whole[:4]}*"),
        ("begins ", whole[:2], f"{whole[:2]}*"),
        ("ends ", whole[4:], f"*{whole[4:]}"),
        ("ending in ", whole[4:], f"*{whole[4:]}"),
        ("", f"{whole[:4]} {whole[4]}", f"{whole[:5]}*"),
        ("", f"{whole[0]}? {whole[2:4]}", f"{whole[0]}?{whole[2:4]}*"),
        ("", f"{whole[:3]}? {whole[4:]}", f"{whole[:3]}?{whole[4:]}"),
        ("", f"{whole[:4]} {whole[4]}?{whole[6]}", f"{whole[:5]}?{whole[6]}"),
        ("last two letters ", whole[5:], f"*{whole[5:]}"),
    )
    cue, text, value = chance.pick(ways)
    return (*((Bit(cue),) if cue else ()), Bit(text, Label("plate", value, partial=True, entity=vehicle.id)))


def phone(chance: Chance, sim: Phone) -> Bits:
    """Write a whole number in one of the ways people group, prefix or speak it."""
    local = f"0{sim.number[3:]}"
    ways = (
        f"{local[:5]} {local[5:]}", f"{local[:5]} {local[5:]}", local, f"{local[:5]} {local[5:8]} {local[8:]}",
        f"+44 {local[1:5]} {local[5:]}", f"{local[:3]} {local[3:7]} {local[7:]}", local.replace("0", "O"),
        " ".join(_OUT_LOUD[int(digit)] for digit in local),
    )  # fmt: skip
    return _labelled(chance.pick(ways), "phone", sim.number, sim.id)


def part_of_phone(chance: Chance, sim: Phone) -> Bits:
    """Write what is remembered of a number."""
    local = f"0{sim.number[3:]}"
    ways: tuple[tuple[str, str, str], ...] = (
        ("ends ", local[-3:], f"*{local[-3:]}"),
        ("ends in ", local[-4:], f"*{local[-4:]}"),
        ("starts ", f"{local[:5]} {local[5:7]}", f"+44{local[1:7]}*"),
        ("is ", f"{local[:5]} {local[5]}?? {local[8:]}", f"+44{local[1:6]}??{local[8:]}"),
    )
    cue, text, value = chance.pick(ways)
    return (Bit(cue), Bit(text, Label("phone", value, partial=True, entity=sim.id)))


def vehicle(chance: Chance, seen: Vehicle) -> Bits:
    """Write a vehicle by colour, make and model, or as much of them as was noticed."""
    make = _SHORT_MAKES.get(seen.make, seen.make.title())
    model = seen.model.upper() if len(seen.model) <= 2 else seen.model.title()  # noqa: PLR2004 - A3, X5
    name = f"{seen.make} {seen.model}"
    ways = (
        (f"{seen.colour} {make} {model}", f"{seen.colour} {name}"),
        (f"{seen.colour} {model}", f"{seen.colour} {name}"),
        (f"{seen.colour} {make}", f"{seen.colour} {seen.make}"),
        (f"{make} {model}", name),
    )
    text, value = chance.pick(ways if len(seen.model) > 3 else (ways[0], ways[2], ways[3]))  # noqa: PLR2004 - a length in letters
    return _labelled(text, "vehicle", value, seen.id)


def address(chance: Chance, home: Home) -> Bits:
    """Write an address: number and street, or flat and block."""
    if home.block:
        text = chance.pick(
            (f"flat {home.number} {home.block}", f"Flat {home.number}, {home.block}", f"{home.number} {home.block}")
        )
        value = f"{text[0].upper()}{text[1:]}"
    else:
        text = value = f"{home.number} {home.street}"
        if chance.maybe(0.15) and home.street.endswith("Road"):
            text = value = text.removesuffix("oad") + "d"
    return _labelled(text, "address", value, home.id)


def person(chance: Chance, who: Person, *, nickname: float) -> Bits:
    """Write a person as a nickname with that probability, else by forename or full name."""
    if chance.maybe(nickname):
        return nickname_of(who)
    if chance.maybe(0.45):
        return _labelled(who.forename, "person", who.forename, who.id)
    return _labelled(who.name, "person", who.name, who.id)


def nickname_of(who: Person) -> Bits:
    """Write a person's nickname."""
    return _labelled(who.nickname, "nickname", who.nickname, who.id)


def handle(chance: Chance, who: Person) -> Bits:
    """Write a name used online, with or without its @."""
    return _labelled(f"@{who.handle}" if chance.maybe(0.6) else who.handle, "handle", who.handle, who.id)


def drug(chance: Chance, name: str) -> Bits:
    """Write a drug by its proper or its street name."""
    return _labelled(chance.pick(DRUG_WORDS[name]), "drug", name)


def weapon(chance: Chance) -> Bits:
    """Write a weapon."""
    name = chance.draw(_WEAPONS)
    return _labelled(name, "weapon", name)


def money(chance: Chance) -> Bits:
    """Write a sum in pounds: with the sign, in quid, or in words."""
    pounds = chance.pick(_SUMS)
    ways = (f"£{pounds}", f"£{pounds}", f"{pounds} quid", f"{pounds} pounds", f"£{pounds:,}")
    return _labelled(chance.pick(ways), "money", f"GBP {pounds}")


def brand(chance: Chance, name: str, line_id: str) -> Bits:
    """Write a deal line's brand."""
    return (
        *((Bit("the "),) if chance.maybe(0.7) else ()),
        Bit(f"{name} line", Label("organisation", f"{name} line", entity=line_id)),
    )


def place(chance: Chance, name: str, *, short: str = "") -> Bits:
    """Write a place, now and then by its short name."""
    if short and chance.maybe(0.2):
        return _labelled(short, "place", name)
    return _with_article(name, "place")


def postcode(home: Home) -> Bits:
    """Write a home's postcode."""
    return _labelled(home.postcode, "postcode", home.postcode, home.id)


def pattern(chance: Chance) -> Bits:
    """Write when something keeps happening."""
    way = chance.unit()
    if way < 0.5:  # noqa: PLR2004 - a share of the ways
        return _labelled(chance.pick(phrases("patterns")), "time", None)
    if way < 0.75:  # noqa: PLR2004 - a share of the ways
        return (
            Bit("on "),
            *_labelled(
                f"{chance.pick(words('days'))} {chance.pick(('nights', 'evenings', 'afternoons', 'mornings'))}",
                "time",
                None,
            ),
        )
    first = chance.between(5, 10)
    return _labelled(
        chance.pick(
            (f"after {first}pm", f"between {first} and {first + 1}pm", f"around {first}pm", f"from {first}:30pm")
        ),
        "time",
        None,
    )


def clock(chance: Chance) -> Bits:
    """Write a time of day."""
    hour, minute = chance.between(7, 23), chance.pick((0, 0, 15, 30, 45, 10))
    twelve, half = (hour - 1) % 12 + 1, "am" if hour < 12 else "pm"  # noqa: PLR2004 - the clock's twelve
    spoken = f"{twelve}{half}" if minute == 0 else f"{twelve}.{minute:02d}{half}"
    return _labelled(chance.pick((spoken, f"{hour:02d}:{minute:02d}", spoken)), "time", None)


def day(chance: Chance, seen_on: date, told_on: date) -> Bits:
    """Write the day something was seen, from the day it is told; a full date has its norm."""
    ago = (told_on - seen_on).days
    numbers = f"{seen_on.day:02d}/{seen_on.month:02d}/{seen_on.year}"
    ways: list[tuple[str, str | None]] = [
        (numbers, seen_on.isoformat()),
        (f"{seen_on.day} {words('months')[seen_on.month - 1]}", None),
    ]
    if ago == 0:
        ways += [("today", None), ("this morning", None), ("earlier today", None)]
    elif ago == 1:
        ways += [("yesterday", None), ("last night", None), ("yesterday evening", None)]
    elif ago < 7:  # noqa: PLR2004 - a week has 7 days
        ways += [(f"last {words('days')[seen_on.weekday()]}", None), (f"{ago} days ago", None)]
    else:
        ways += [(f"{_SPANS[min(ago // 7, 3)]} ago", None)]
    text, value = chance.pick(ways)
    return _labelled(text, "time", value)


_SPANS = ("", "a week", "two weeks", "three weeks")
