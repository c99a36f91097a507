"""Recognise vehicles as people describe them; a bare "car" or "van" says nothing and is left alone."""

import re
from collections.abc import Iterator
from functools import cache

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS
from lastpiece.values.vehicle import COLOURS, makes, models, plain_models

_VEHICLE = KINDS["vehicle"]
_SHADE = r"(?:dark|light|metallic|matt|matte|bright|pale|pearl|navy|electric|lime) "
_COLOUR = "|".join(sorted((colour for colour in COLOURS if " " not in colour), key=len, reverse=True))
_BODY = (
    r"hatchback|hatch|saloon|estate|minivan|mini ?bus|pick[ -]?up(?: truck)?|coupe|convertible|soft ?top|"
    r"jeep|4x4|4 ?by ?4|suv|taxi|lorry|flatbed|truck|moped|e-?scooter|electric scooter|scooter|motor "
    r"?bike|motor ?cycle|"
    r"dirt ?bike|electric bike|e-?bike|quad ?bike|quad|camper ?van|people carrier|sports car|panel van|"
    r"transit van|luton van|box van|van|car|bike|motor|bmx|mountain bike|cab|minicab"
)
_BARE = re.compile(r"(?:car|van|bike|motor|taxi|lorry|truck|cab|scooter|moped|jeep|minicab|motorbike|quad)s?")
_JOINING = (
    r"(?:[ ,]{1,2}(?:(?:5|3|five|three)[ -]door|sport|old|new|shape|convertible|electric|diesel|newish|"
    r"tatty|battered|clean|mk ?\d|gti|gtd|st|amg|m ?sport|s ?line|vxr|tdi|tourer|lwb|swb|r-line))?"
)
_AGE = (
    r"(?:(?:small|big|old|new|older|newer|large|battered|beat up|tatty|flash|posh|expensive|sporty|shiny|"
    r"clean|little|long|short|blacked out) )?"
)
_NOT_A_CAR = re.compile(
    r"\s*(?:club|course|balls?|bag|shirt|centre|center|mints?|neck|group|park|school|road|street|lane|"
    r"close|avenue|drive|way|court|house|bar|line|chocolate|phone|s\d|tab|market|mart|cab(?:s)? office|"
    r"driver|drivers|"
    r"hall|dress|jacket|hoodie|tracksuit|trainers?|bags?|top|coat|t-?shirt|trousers|shorts|cap|hat|goods|"
    r"envelope|house|door|bin|paper|people|lads?|guys?|man|men|woman|girl|boys?|male|female|island)\b"
)


_KIND_BUT_MORE = frozenset(
    {
        "estate",
        "sports car",
        "convertible",
        "hatch",
        "saloon",
        "quad",
        "bmx",
        "panel van",
        "pick up",
        "pick-up",
        "pickup",
    }
)
"""Kinds of vehicle that mean something else without a colour."""

_DRIVEN = re.compile(r"\b(?:in|driv\w+|drove|a|an|the|his|her|their|old|new|that|this|by|same|another) $")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the vehicle descriptions of a text."""
    for found in reading.at_words(_pattern(), _first_words()):
        judged = _judged(reading, found)
        value = _VEHICLE.clean(found[0]) if judged else None
        if judged and value:
            start, end = found.span()
            yield Mention(start, end, reading.text[start:end], "vehicle", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial


@cache
def _first_words() -> frozenset[str]:
    """Return every word with which a description can begin."""
    bodies = {word for word in re.split(r"[^a-z0-9]+", _BODY) if word}
    listed = {re.split(r"[ \-]", word)[0] for word in (*makes(), *models(), *COLOURS)}
    plural = {f"{word}s" for word in listed}
    return frozenset(
        listed
        | plural
        | bodies
        | {f"{c}ish" for c in COLOURS}
        | set(re.findall(r"[a-z]+", _SHADE))
        | {"e", "4", "t", "v"}
    )


@cache
def _pattern() -> re.Pattern[str]:
    make = "|".join(re.escape(word) for word in sorted(makes(), key=len, reverse=True))
    model = "|".join(re.escape(word) for word in sorted(models(), key=len, reverse=True))
    colour = rf"(?P<colour>(?:{_SHADE})?(?:{_COLOUR})(?: and (?:{_COLOUR})|/(?:{_COLOUR}))?)"
    return re.compile(
        rf"(?:{colour}(?:ish)?[ ,]{{1,2}}{_AGE}(?:coloured |colored )?)?"
        rf"(?:(?P<make>{make})s?(?![\w\-'])(?: (?P<made>{model})(?![\w\-']))?|(?P<model>{model})s?(?![\w\-']))?"
        rf"{_JOINING}(?: ?(?P<body>(?<!\w)(?:{_BODY}))(?![\w']))?"
    )


def _judged(reading: Reading, found: re.Match[str]) -> tuple[float, str] | None:
    colour, make, model, body = found["colour"], found["make"], found["made"] or found["model"], found["body"]
    if not found[0].strip() or found[0] != found[0].strip():
        return None
    if not (make or model):
        return _by_kind(colour, body)
    if _other_thing(reading, found):
        return None
    if not make and model not in plain_models():
        if colour or body:
            return 0.8, "a model of car, with its colour or kind"
        near = _DRIVEN.search(reading.before(found.start(), 12)) and _car_talk(reading, found)
        return (0.6, "a model of car") if near else None
    return 0.9, "a make or model of vehicle"


def _by_kind(colour: str | None, body: str | None) -> tuple[float, str] | None:
    if colour and body:
        return 0.85, "a colour and a kind of vehicle"
    telling = body and not _BARE.fullmatch(body) and body not in _KIND_BUT_MORE
    return (0.6, "a kind of vehicle") if telling else None


def _other_thing(reading: Reading, found: re.Match[str]) -> bool:
    """Return whether the words after, or the make itself, show that no car is meant."""
    if _NOT_A_CAR.match(reading.low, found.end()) and not found["body"]:
        return True
    bare = not (found["colour"] or found["make"])
    if found["model"] == "focus" and bare and reading.after(found.end(), 4).startswith((" on ", " of")):
        return True
    return bool(found["make"]) and _doubtful_make(reading, found, found["make"])


def _doubtful_make(reading: Reading, found: re.Match[str], make: str) -> bool:
    """Return whether a make's name is more likely another word here (a seat, a smart man, mini eggs)."""
    if make not in {"seat", "smart", "mini", "ford", "lambo", "benz", "honda", "alfa", "ldv", "mg", "jag"}:
        return False
    if found["made"]:
        return False
    if make in {"ford", "honda", "mg", "jag", "lambo", "ldv"}:
        return False
    if make == "mini":
        return not (found["colour"] or found["body"] or _car_talk(reading, found))
    return not (found["colour"] and reading.clean[found.start("make")].isupper())


def _car_talk(reading: Reading, found: re.Match[str]) -> bool:
    around = reading.around(found.start(), found.end(), 45)
    return bool(
        re.search(
            (
                r"\b(?:driv\w+|drove|park\w*|reg|plate|pull(?:s|ed|ing)? up|cars?|turn(?:s|ed)? up|gets? (?:in|out)|"
                r"sat in|boot|engine|parked|outside|speeding|passenger|pick(?:s|ed)? up|seen in|wheels)\b"
            ),
            around,
        )
    )
