"""What names of people look like in a text, shared by the recognisers of people and of nicknames."""

import re
from functools import cache

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading, Word
from lastpiece.values.address import EXPANDED
from lastpiece.values.drug import slang
from lastpiece.values.kinds import KINDS
from lastpiece.values.name import EPITHETS, TITLES, forenames, surnames
from lastpiece.values.period import DAYS, MONTHS
from lastpiece.values.place import gazetteer
from lastpiece.values.vehicle import COLOURS, makes, models
from lastpiece.values.weapon import weapon_words

ORDINARY_NAMES = vocabulary("naming-ordinary-names")
"""First names that are also words, places or brands: alone they are no name without more."""

_STOP = vocabulary("naming-stop")

PERSON_VERB = re.compile(
    r"\s+(?:is|isnt|isn't|was|has|hasn't|had|lives|lived|deals|dealt|sells|sold|runs|ran|drives|drove|"
    r"said|says|told|tells|works|worked|stays|stayed|carries|carried|keeps|kept|threatened|threatens|hit|"
    r"beat|stabbed|owes|owed|came|comes|goes|went|gets|got|turns|turned|picks|picked|"
    r"drops|dropped|uses|used|brings|brought|collects|collected|moved|hangs|hides|hid|makes|made|wants|"
    r"wanted|takes|took|smokes|left|asked|offered|showed|pays|paid|who|aka|a\.k\.a|does|did|sent|sends|"
    r"gives|gave|rents|owns|holds|supplies|delivers|shows|knows|shot|robbed|"
    r"answers|texts|rides|walks|sits|meets|met|looks|looked|seems|always|just|never|also|still|usually|"
    r"thinks|reckons|cooks|bags|cuts|shifts|pushes|and (?:his|her|another|two|the|them|[a-z]+) (?:mate|"
    r"girlfriend|boyfriend|brother|cousin|lot|boys|lads|are|were|have)|"
    r"(?:would|could|will|might|must|may|can) (?:be|have|kill|hurt|do|get|not))\b"
)
OWNED = re.compile(
    r"(?:'s|s')\s+(?:lot|lots|crew|boys|mate|mates|girlfriend|boyfriend|missus|mum|mom|dad|brother|"
    r"brothers|sister|cousin|house|flat|place|car|van|bike|line|phone|number|runner|runners|lads|man|men|"
    r"gaff|yard|drugs|gear|stuff|money|dog|son|daughter|uncle|nan|gang|people|ex|partner|wife|girl|"
    r"snap|snapchat|insta|address|room|door|motor|golf|audi|bmw|kid|kids|family|friend|friends|baby)\b|"
    r"(?:'s|s')(?=[.,!?\s]|$)"
)
INTRODUCED = re.compile(
    r"\b(?:(?:his|her|their|my|the|a|this|that|some|dealer|main) (?:best |older |younger |little |big |"
    r"main |own |young |other |new |old |local )?(?:mate|mates|friend|friends|pal|brother|bro|sister|sis|"
    r"cousin|cuz|girlfriend|boyfriend|partner|missus|wife|husband|ex|mum|dad|uncle|aunt|auntie|son|"
    r"daughter|nephew|boss|landlord|"
    r"dealer|runner|driver|lad|bloke|guy|geezer|fella|man|woman|girl|kid|boy|neighbour|tenant|resident)|"
    r"by|with|from|for|to|and|or|saw|seen|see|knows?|think it's|think its|it's|its|called|of|owes?|told|"
    r"tells|ask|ring|text|call|under|against|threatened|beat|robbed|stabbed|about|at|round|is|was|met|"
    r"meets?|helped|gave|where|that|when|because|as|like|named) (?:\"|')?$"
)
STREET_AFTER = re.compile(
    r"(?:'s)?\s+(?:"
    + "|".join(
        sorted(
            {
                *EXPANDED,
                "school",
                "academy",
                "primary",
                "hospital",
                "estate",
                "station",
                "arms",
                "inn",
                "hotel",
                "shopping centre",
                "centre",
                "church",
                "college",
                "stores",
                "house",
                "field",
                "playing",
                "wood",
                "woods",
                "bridge",
            },
            key=len,
            reverse=True,
        )
    )
    + r")\b"
)
_GAP = re.compile(r"[ \-]|\. ?")
_MOST_WORDS = 3


def stem(word: Word) -> tuple[str, int]:
    """Return the plain word without a possessive ending, and where it ends."""
    return word.stem, word.stop


@cache
def _taken() -> frozenset[str]:
    """Return the words that belong to other kinds: places, drugs, weapons, vehicles, days and months."""
    single = {
        word
        for source in (slang(), weapon_words(), makes(), models(), COLOURS, DAYS, MONTHS, gazetteer())
        for word in source
        if " " not in word
    }
    return frozenset(single - (forenames() - ORDINARY_NAMES)) | {word for day in DAYS for word in (day, f"{day}s")}


def may_be_name(low: str) -> bool:
    """Return whether an unknown word can be a name at all."""
    return low not in _STOP and low not in TITLES and any(c.isalpha() for c in low) and not low[0].isdigit()


def foreign_to_people(low: str) -> bool:
    """Return whether a word is one of another kind (a drug, a car, a town, a day)."""
    return low in _taken()


def grow(reading: Reading, first: int, *, strong: bool) -> int:
    """Return the offset at which the name that begins with word number `first` ends.

    A word goes on with the name when it follows at once and is a surname, an initial, or (in a text with
    capitals) capitalised and no word of another kind.
    """
    words = reading.words
    end = stem(words[first])[1]
    for number in range(first + 1, min(first + _MOST_WORDS, len(words))):
        previous, word = words[number - 1], words[number]
        gap = reading.clean[end : word.start]
        if (
            end != previous.end
            or not _GAP.fullmatch(gap)
            or (gap.startswith(".") and previous.end - previous.start > 1)
        ):
            break
        low, stop = stem(word)
        if not _continues(reading, word, low, strong=strong):
            break
        if STREET_AFTER.match(reading.low, stop) and low not in surnames():
            break
        end = stop
    return end


def _continues(reading: Reading, word: Word, low: str, *, strong: bool) -> bool:
    capital = word.text[:1].isupper()
    if low in _STOP and not (
        low in surnames()
        and capital
        and reading.cased
        and low
        in {"young", "little", "black", "white", "brown", "king", "knight", "day", "may", "long", "street", "wood"}
    ):
        return False
    if reading.cased:
        return capital and (
            low in surnames()
            or ((low in gazetteer() or not foreign_to_people(low)) and len(low) > 1)
            or (len(low) == 1 and low not in {"i", "a"})
        )
    like = len(low) > 5 and (_LIKE_SURNAME.search(low) is not None or low in gazetteer()) and low not in _LIKE_BUT_NOT  # noqa: PLR2004 - shorter endings are chance
    return (
        like
        or (low in surnames() and low not in _LOWER_SURNAMES)
        or (
            low in surnames() and low not in _STOP and (strong or PERSON_VERB.match(reading.low, word.stop) is not None)
        )
    )


_LIKE_SURNAME = re.compile(
    r"(?:son|ton|ley|ham|ford|worth|field|wood|well|cliff|brook|bury|thorpe|shaw|stone|smith|ski|ska|escu|"
    r"ovic|wicz|enko|man|downer|more|moor|gate|land|combe|cote|ridge|hurst|wick|stead|grave|ington|cole)$"
)
_LIKE_BUT_NOT = vocabulary("naming-like-but-not")
_LOWER_SURNAMES = vocabulary("naming-lower-surnames")
"""Surnames that are also everyday words, forenames or places: without a capital they do not go on a name."""


def named(reading: Reading, span: tuple[int, int], kind: str, judged: tuple[float, str]) -> Mention | None:
    """Return the mention of a name, or None where its value cannot be made."""
    start, end = span
    value = KINDS[kind].clean(reading.text[start:end])
    if not value:
        return None
    return Mention(start, end, reading.text[start:end], kind, value, False, *judged)  # noqa: FBT003 - only plates and phones are partial


def kind_of(reading: Reading, start: int, end: int, *, street: bool) -> str:
    """Return `nickname` or `person` for a name found by a cue; `street`: the cue speaks of a nickname."""
    words = [word for word in re.split(r"[ \-]", reading.low[start:end]) if word]
    if words[0] in EPITHETS:
        return "nickname"
    first = words[0].rstrip(".") in forenames()
    if len(words) > 1:
        return "person" if first or words[-1] in surnames() else ("nickname" if street else "person")
    return "person" if (first and not street) or (words[0] in surnames() and not street) else "nickname"
