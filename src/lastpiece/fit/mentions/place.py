"""Recognise places: towns and areas of the gazetteer, roads without a number, pubs, shops, schools, stations."""

import re
from collections.abc import Iterator
from functools import cache

from lastpiece.fit.mentions.address import SMALL_WORDS
from lastpiece.fit.mentions.lexicon import Lexicon, vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.naming import may_be_name
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.address import EXPANDED
from lastpiece.values.kinds import KINDS
from lastpiece.values.name import forenames
from lastpiece.values.place import gazetteer

_PLACE = KINDS["place"]
_SHOPS = (
    "tesco|tescos|tesco express|asda|aldi|lidl|morrisons|sainsbury's|sainsburys|iceland|co-op|coop|spar|"
    "nisa|londis|costcutter|mcdonald's|mcdonalds|maccies|maccys|mcds|kfc|greggs|burger king|subway|"
    "domino's|dominos|nando's|nandos|"
    "costa|starbucks|wetherspoons|spoons|poundland|b&m|wilko|primark|boots|argos|halfords|b&q|premier "
    "inn|travelodge|holiday inn|ibis|best western|one stop|premier stores|waitrose|farmfoods|home "
    "bargains|screwfix|"
    "bp garage|shell garage|esso|texaco|william hill|ladbrokes|betfred|paddy power|coral"
)
_ROADS = frozenset(
    {
        *EXPANDED,
        "roundabout",
        "bridge",
        "underpass",
        "subway",
        "precinct",
        "shops",
        "fields",
        "rec",
        "meadow",
        "meadows",
        "lanes",
    }
)
_VENUES = vocabulary("place-venues")
_NAME_WORDS = frozenset(
    {"white", "black", "old", "new", "little", "north", "south", "church", "park", "school", "brown", "green"}
)
_BEFORE_VENUE = vocabulary("place-before-venue")
_BRANDS = re.compile(rf"(?<![\w'&])(?P<shop>{_SHOPS})(?:(?P<where>'s)?)(?![\w'&])")
_PUB = re.compile(
    r"(?:the )(?P<pub>(?:red|white|black|golden|old|royal|blue|green|crown|kings?|king's|queens?|queen's|"
    r"rose|fox|plough|horse|swan|dog|cock|saracen's|saracens|three|rising|new|george|prince|duke|bell|"
    r"hind|hare|bull|eagle|star|railway|george|blue|tudor|"
    r"world|world's|bat|talbot|globe|cardigan|hatton|ock|cross)(?: (?:and|&|of|n) (?:the )?)?(?: ?(?:lion|"
    r"horse|hart|swan|bull|bear|boar|dragon|cock|oak|king|george|crown|head|arms|tavern|inn|sun|dog|duck|"
    r"gun|hounds?|horses|plough|bell|bells|anchor|ship|castle|rose|fox|keys|feathers|inn|"
    r"wales|york|wellington|gate|end|wheel|tap|pheasant|partridge|stag|eagle|child|bottle|gates|cushions|"
    r"tuns|conies|nags|wicket|wickets))+)(?: (?:pub|inn))?(?!\w)"
)
_PUBLIC_HOUSE = re.compile(
    r"\b(?:lion|horse|hart|swan|bull|dragon|oak|arms|tavern|inn|hounds?|plough|bells?|anchor|stag|wheatsheaf|pub)\b"
)
_LONGEST_NAME = 3
_CAPITAL_CUE = re.compile(
    r"(?:\b(?:outside|behind|inside|opposite|near|beside|round the back of|in front of|next to|at|by|in|"
    r"from|round|past|into|of|off|close to|to|use|uses|via|between|about|re)) (?P<the>the "
    r")?(?P<name>[A-Z][\w'&-]+(?: (?:(?:of|and|&|on) )?[A-Z][\w'&-]+){0,3})(?!\w)"
)
_NOT_VENUES = vocabulary("place-not-venues")
_MOTORWAY = re.compile(
    r"(?<![\w\-/])(?:m1|m6|m25|m40|a1m|a(?:4[35]|6|14|43|45|5|508|509|510|605|6003|428|5123|427|422|"
    r"421))(?: (?:junction|j) ?\d{1,2}a?)?(?![\w\-])"
)
_PLACE_CUE = re.compile(
    r"\b(?:on|in|at|near|by|down|off|behind|outside|opposite|from|to|round|around|along|up|of|via|"
    r"towards?|into|between|past|through|over|called|next to|across)(?: the| my| our)? $"
)
_LOWER_OK = frozenset(
    {
        "road",
        "rd",
        "street",
        "lane",
        "ln",
        "avenue",
        "ave",
        "crescent",
        "cres",
        "gardens",
        "gdns",
        "terrace",
        "estate",
        "academy",
        "grove",
        "primary school",
        "railway station",
        "train station",
        "school",
        "station",
        "hotel",
        "arms",
        "precinct",
        "close",
        "drive",
        "park",
        "pub",
        "inn",
    }
)
_NOT_NAMES = vocabulary("place-not-names")
_AMBIGUOUS = vocabulary("place-ambiguous")
_ORDINARY = vocabulary("place-ordinary")
_SHORT_FORMS = frozenset({"welly", "cov", "dav", "donny", "manny", "notts", "luts", "boro", "wolves"})
_PREPOSITION = re.compile(
    r"\b(?:in|from|to|near|by|at|re|about|around|round|outside|into|for|of|over|up|down|via|and|between|"
    r"towards|across|through|off|the|out|or|leaving|left|visiting|all over|live|via|back|down to|going|"
    r"goes|went|coming|like|central|north|south|east|west)[ ,]$|, $|\($|/$|^$"
)
_AFTER_WEAK = re.compile(
    r"\s+(?:station|area|town|centre|estate|lads?|boys?|way|train|postcode|and|side|to\b|on\b|every|most|"
    r"at\b|all|again|but)|[.,;!?)]|$|\s*\n"
)
_PERSON_AFTER = re.compile(r"(?:'s)?\s+(?:is|was|has|lives|says|said|told|deals|sells|drives|runs)\b")
_LEXICON = Lexicon(name for name in gazetteer() if len(name) > 1)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the places of a text."""
    yield from _towns(reading)
    yield from _named(reading)
    if reading.cased:
        yield from _after_preposition(reading)
    for found in reading.spans(_BRANDS):
        if _brand_meant(reading, found):
            yield _mention(reading, found.span(), _PLACE.clean(found[0]), (0.75, "a shop or chain"))
    for found in reading.at_words(_PUB, {"the"}):
        if reading.cased and not reading.clean[found.start("pub")].isupper() and not _PUBLIC_HOUSE.search(found[0]):
            continue
        yield _mention(reading, found.span("pub"), _PLACE.clean(found["pub"]), (0.8, "a pub's name"))
    for found in reading.spans(_MOTORWAY):
        if re.search(
            r"\b(?:on|off|the|along|of|to|from|by|near|down|junction|up)[ ,]$", reading.before(found.start(), 14)
        ):
            yield _mention(reading, found.span(), found[0].upper(), (0.75, "a numbered road"))


def _towns(reading: Reading) -> Iterator[Mention]:
    for start, end, word in _LEXICON.hits(reading):
        judged = _town(reading, start, end, word)
        if judged:
            yield _mention(reading, (start, end), gazetteer()[word], judged)


def _town(reading: Reading, start: int, end: int, word: str) -> tuple[float, str] | None:
    written = reading.clean[start:end]
    before = reading.before(start, 16)
    after = reading.after(end, 14)
    if after.startswith("'s ") or (word in _AMBIGUOUS and _PERSON_AFTER.match(after)):
        return None
    if word in _ORDINARY:
        in_place = re.search(
            r"\b(?:in|from|to|near|round|around|over in|down|outside|of|up|into|all over|live in) $", before
        )
        capital = written[:1].isupper() or not reading.cased or word in _SHORT_FORMS
        return (
            (0.75, "a town's name or short form after a word of place")
            if in_place and capital and (word in _SHORT_FORMS or _AFTER_WEAK.match(after))
            else None
        )
    if written[:1].islower() and reading.cased and " " not in word and word not in _PLAIN_TOWNS:
        return (0.7, "a town of the gazetteer") if _PREPOSITION.search(before) else None
    if word in _AMBIGUOUS:
        return (0.7, "a place of the gazetteer after a word of place") if _PREPOSITION.search(before) else None
    return 0.88, "a place of the gazetteer"


_PLAIN_TOWNS = frozenset(name for name in gazetteer() if len(name) > 6)  # noqa: PLR2004 - long names are hardly ever another word


def _named(reading: Reading) -> Iterator[Mention]:
    """Yield roads without a number, and pubs, schools, stations and other venues, found by their last word."""
    for number, word in enumerate(reading.words):
        road = word.stem in _ROADS and word.stem not in _VENUES
        if not (road or word.stem in _VENUES):
            continue
        first = _name_start(reading, number, road=road)
        if first is not None:
            start = reading.words[first].start
            value = _PLACE.clean(reading.low[start : word.stop])
            why = "a road or street by name" if road else "a named pub, school, station or other venue"
            sure = 0.89 if reading.cased and reading.clean[start].isupper() else 0.78
            yield _mention(reading, (start, word.stop), value, (sure, why))


def _name_start(reading: Reading, number: int, *, road: bool) -> int | None:
    """Return the number of the name's first word, or None when no name stands before the ending.

    With capitals, the capitalised words right before the ending; without, one or two words that are no small
    words, after a word of place.
    """
    words = reading.words
    first = number
    while first and words[first - 1].stem in _BEFORE_VENUE and _adjacent(reading, first) and not road:
        first -= 1
    bare = first
    small = not any(word.text[0].isupper() for word in words[max(0, number - 1) : number + 1])
    while first and bare - first < _LONGEST_NAME and _adjacent(reading, first):
        low, capital = words[first - 1].low, words[first - 1].text[0].isupper()
        if small and not may_be_name(low) and low not in _NAME_WORDS:
            break
        if low in SMALL_WORDS or low in _NOT_NAMES or low[0].isdigit() or (reading.cased and not capital and not small):
            break
        first -= 1
    if first == bare:
        return _joined_venue(reading, bare, number) if not road else None
    begin = words[first]
    unmistakable = words[number].stem in _LOWER_OK
    if reading.cased and begin.text[0].isupper():
        lone = reading.opens_sentence(begin.start) and words[number].text[0].islower() and not unmistakable
        return None if lone else first
    return first if unmistakable and _PLACE_CUE.search(reading.before(begin.start, 14)) else None


def _joined_venue(reading: Reading, first: int, number: int) -> int | None:
    """Return `first` for "Country Park" or "Bus Station" in capitals after a capitalised text's word of place."""
    capital = all(word.text[0].isupper() for word in reading.words[first : number + 1])
    cue = _PLACE_CUE.search(reading.before(reading.words[first].start, 14))
    return first if first < number and reading.cased and capital and cue else None


def _adjacent(reading: Reading, number: int) -> bool:
    gap = reading.clean[reading.words[number - 1].end : reading.words[number].start]
    return gap in {" ", "-", ". "} and (gap != ". " or reading.words[number - 1].low == "st")


def _after_preposition(reading: Reading) -> Iterator[Mention]:
    """Yield capitalised names after "outside the", "behind" and the like, where nothing else explains them."""
    for cue in _CAPITAL_CUE.finditer(reading.clean):
        span = cue.span("name")
        pieces = cue["name"].split(" ")
        low = pieces[0].lower().removesuffix("'s")
        if low in _NOT_VENUES or (low in forenames() and len(pieces) < 3 and not cue["the"]):  # noqa: PLR2004 - a person's two words
            continue
        if cue["name"].isupper() and len(cue["name"]) < 6:  # noqa: PLR2004 - an abbreviation, such as VRM
            continue
        if cue["the"] or len(pieces) > 1:
            sure = 0.89 if cue["the"] and len(pieces) > 1 else 0.7
            yield _mention(reading, span, _PLACE.clean(cue["name"]), (sure, "a name in capitals after a word of place"))


@cache
def _ordinary_brand() -> frozenset[str]:
    return frozenset(
        {
            "iceland",
            "boots",
            "subway",
            "shell",
            "coral",
            "spar",
            "costa",
            "premier stores",
            "one stop",
            "esso",
            "ibis",
            "argos",
            "spoons",
        }
    )


def _brand_meant(reading: Reading, found: re.Match[str]) -> bool:
    if re.match(
        r"\s+(?:bag|bags|carrier|uniform|delivery|app|box|boxes|cup|cups|wrappers?|meal|receipt|van|lorry|card)\b",
        reading.after(found.end(), 14),
    ):
        return False
    if found["shop"] not in _ordinary_brand():
        return True
    return bool(
        re.search(
            r"\b(?:at|outside|behind|in|by|near|the|to|from|opposite|past|next to)(?: the)? $",
            reading.before(found.start(), 14),
        )
    ) and (not reading.cased or reading.clean[found.start()].isupper())


def _mention(reading: Reading, span: tuple[int, int], value: str | None, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "place", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial
