"""Recognise people by name: after a cue, after a title, by a first name, by a family's name.

No model weights come with this product, so a cue grammar and lists of names do the work, and a person
confirms. First names that are also words ("Will", "Hope", "Mark my words") need more than themselves.
"""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.naming import (
    INTRODUCED,
    ORDINARY_NAMES,
    OWNED,
    PERSON_VERB,
    STREET_AFTER,
    foreign_to_people,
    grow,
    kind_of,
    may_be_name,
    named,
    stem,
)
from lastpiece.fit.mentions.reading import Reading, Word
from lastpiece.values.name import EPITHETS, forenames, surnames

_QUOTE = r"(?:[\"'(] ?)?"
_SURE = r"(?:(?:i think|maybe|something like|possibly|like|just|either|a guy|the name|by) )?"
_CUE = re.compile(
    r"(?:(?P<street>(?:also )?known (?:locally |around here |round here |on the street |to everyone |to "
    r"people |only )?as|go(?:es|ing|ne)? by(?: the)?(?: (?:street )?name)?(?: of)?|calls? (?:him|her|"
    r"them)self|(?:people|they|everyone|everybody|kids|locals|we|all|mates|lads)(?: all| just)? calls? "
    r"(?:him|her|them|one of them|the (?:main|older|other|big|tall|boss|young) one)|"
    r"nick ?named?(?: is| was)?|street name(?: is| of|:)?|a\.?k\.?a\.?(?! )|a\.?k\.?a\.? |alias|answers "
    r"to|uses the name|using the name|tag(?: name)? is)|"
    r"(?P<plain>called|callled|cald|named|(?:first |last |sur)?name(?:'s| is| was|s|:)(?: either)?|"
    r"surname|by the name of|name of|the name(?: is)?|heard (?:the )?name|real name(?: is| maybe| might "
    r"be)?|proper name(?: is)?|think (?:he|she)'?s called|his name(?:'s)?|her name(?:'s)?))"
    rf"(?: | ?: ?){_SURE}{_QUOTE}(?=[a-z])"
)
_CUE_WORDS = vocabulary("person-cue-words")
_NOT_PEOPLE = re.compile(
    r"\b(?:pub|street|road|place|shop|line|lines|gang|crew|group|dog|dogs|puppy|cat|company|firm|bar|club|"
    r"account|page|app|website|block|school|estate|house|park|business|restaurant|takeaway|chat|channel|"
    r"drug|pill|village|town|bully|staffy|username|snap|snapchat|insta|instagram|telegram|handle|wifi|"
    r"network|car ?wash|garage|salon|barbers|is|was|operation|film|game|user|road's|"
    r"hotel|cafe|thing|stuff|it|what'?s|he|she|i|ive|i've|have|get|got|been|police|101|999|just|who|we|"
    r"you|they|then|then i|already|always|so i|and|me|us|anyone|someone|ambulance)(?:'s| is| are| was)? $"
)
_TITLE = re.compile(
    r"(?<![\w'])(?P<title>mr|mrs|ms|miss|mister|dr|uncle|auntie|aunty|aunt|sir|father|pastor|imam|old man|"
    r"councillor|cllr)\.? (?=[a-z])"
)
_TITLES = vocabulary("person-titles")
_FAMILY = re.compile(
    r"(?<![\w'])the (?P<name>[a-z][a-z'\-]+) (?=(?:family|brothers|twins|sisters|cousins|boys|lads|lot|bros)\b)"
)
_SOFT_TITLES = frozenset({"miss", "sir", "father", "old man", "dr", "ms"})
_TIME_BEFORE = re.compile(
    r"\b(?:in|since|last|this|next|until|till|by|early|late|mid|during|of|end of|start of|from|before|"
    r"after|around|\d(?:st|nd|rd|th)?) $"
)
_SAINT_BEFORE = re.compile(
    r"\b(?:st\.?|saint|queen|king|prince|princess|lake|mount|port|hotel|the|a|an|this|that|each|any|some|"
    r"no|every|union|apple|black|big|my|your|our|its|their|good|great|in|i|you|we|they|he|she|it|who|"
    r"there|that|which|one|to) $"
)
_LOOSE = re.compile(
    r"\b(?:the|a|an|this|each|any|no|every|some|to|i|you|we|they|he|she|it|who|there|which|people|police|"
    r"someone|anyone|that|what|please|not|st\.?|saint|can|could|would) $"
)
_EVERYDAY = frozenset({"will", "may", "hope", "mark", "grace"})
_SEASONS = frozenset({"may", "april", "june", "august", "jan", "summer", "winter", "autumn"})
_SHORTEST_NAME = 3
_NEVER_ALONE = frozenset({"reg", "im", "zo"})
"""Short forms of names that are nearly always something else: a registration, "I am"."""
_CLOSE = re.compile(
    r"\b(?:mate|friend|brother|sister|cousin|girlfriend|boyfriend|lad|bloke|guy|dealer|man|uncle|partner|called|"
    r"with|by) $"
)
_DOES = re.compile(
    r"(?:'s)?\s+(?:is|was|has|lives|lived|said|says|drives|drove|deals|sells|sold|told|runs|works|stays|carries|"
    r"keeps|owes|comes|came|goes|went|gets|turns|picks|drops|uses|brings|threatened|who|"
    r"(?:at|of|from) (?:number |flat )?[0-9]+)\b"
)
_WITH = re.compile(r"\b(?:with|called|named|ask for|by) $")
_NAME_AND = re.compile(r"\s+(?:and|&|or)\s+(?P<next>[a-z]+)")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the people of a text, and the nicknames that a cue announces."""
    yield from _cued(reading)
    yield from _titled(reading)
    yield from _families(reading)
    for number, word in enumerate(reading.words):
        low, end = stem(word)
        if low in forenames() and low not in _NEVER_ALONE:
            found = _by_first_name(reading, number, word, (low, end))
            if found:
                yield found


def _cued(reading: Reading) -> Iterator[Mention]:
    for cue in reading.at_words(_CUE, _CUE_WORDS):
        number = reading.starts.get(cue.end())
        if number is None or (
            cue["plain"] and _NOT_PEOPLE.search(reading.before(cue.start(), 24)) and not _a_name(reading, number)
        ):
            continue
        for at in _also(reading, number):
            word = reading.words[at]
            low = word.stem
            if not may_be_name(low) and low not in EPITHETS and not (low in forenames() and word.text[0].isupper()):
                break
            end = _epithet_end(reading, at) if low in EPITHETS else grow(reading, at, strong=True)
            if end is None:
                break
            kind = kind_of(reading, word.start, end, street=bool(cue["street"]))
            found = named(reading, (word.start, end), kind, (0.9, "a name after words such as “called” or “known as”"))
            if found:
                yield found


def _a_name(reading: Reading, number: int) -> bool:
    word = reading.words[number]
    return stem(word)[0] in forenames() - ORDINARY_NAMES and (not reading.cased or word.text[0].isupper())


def _also(reading: Reading, number: int) -> Iterator[int]:
    """Yield the cued word's number, and that of a second name joined by "and" or "or"."""
    yield number
    end = grow(reading, number, strong=True)
    more = _NAME_AND.match(reading.low, end)
    if more:
        following = reading.starts.get(more.start("next"))
        if following is not None:
            low = stem(reading.words[following])[0]
            capital = reading.words[following].text[0].isupper() and reading.cased
            if low in forenames() - ORDINARY_NAMES or (capital and may_be_name(low) and not foreign_to_people(low)):
                yield following


def _epithet_end(reading: Reading, number: int) -> int | None:
    """Return the end of "lil T" or "Big Dave" that begins at word `number`, or of the epithet alone as a name."""
    word = reading.words[number]
    if number + 1 < len(reading.words) and reading.words[number + 1].start == word.end + 1:
        following = reading.words[number + 1]
        low, end = stem(following)
        if may_be_name(low) and not (
            reading.cased and following.text[0].islower() and low not in forenames() and len(low) > 1
        ):
            return end
    return None


def _titled(reading: Reading) -> Iterator[Mention]:
    for title in reading.at_words(_TITLE, _TITLES):
        number = reading.starts.get(title.end())
        if number is None:
            continue
        word = reading.words[number]
        low = stem(word)[0]
        capital = word.text[0].isupper() and (reading.cased or reading.shouted)
        known = low in surnames() or low in forenames()
        if not may_be_name(low) or STREET_AFTER.match(reading.low, word.end):
            continue
        if (
            (known and not (title["title"] in _SOFT_TITLES and not capital))
            or (capital and reading.cased)
            or title["title"] in {"mr", "mrs"}
        ):
            found = named(
                reading, (word.start, grow(reading, number, strong=True)), "person", (0.92, "a name after a title")
            )
            if found:
                yield found


def _families(reading: Reading) -> Iterator[Mention]:
    for family in reading.at_words(_FAMILY, {"the"}):
        low = family["name"]
        capital = reading.clean[family.start("name")].isupper() and reading.cased
        if (
            may_be_name(low)
            and not foreign_to_people(low)
            and ((capital and low not in EPITHETS) or low in surnames() - ORDINARY_NAMES)
        ):
            found = named(reading, family.span("name"), "person", (0.75, "a family's name"))
            if found:
                yield found


def _by_first_name(reading: Reading, number: int, word: Word, stemmed: tuple[str, int]) -> Mention | None:
    low, end = stemmed
    if STREET_AFTER.match(reading.low, word.end) and not PERSON_VERB.match(reading.low, word.end):
        return None
    capital = word.text[0].isupper()
    whole = grow(reading, number, strong=False)
    surnamed = whole > end
    if low in ORDINARY_NAMES:
        judged = _ordinary(reading, word, end, surnamed=surnamed)
    elif re.search(r"\b(?:st\.?|saint) $", reading.before(word.start, 7)):
        judged = None
    else:
        sure = 0.94 if surnamed else 0.88 if capital or not reading.cased else 0.66
        judged = (sure, "a first name and a surname" if surnamed else "a first name")
    return named(reading, (word.start, whole), "person", judged) if judged else None


def _ordinary(reading: Reading, word: Word, end: int, *, surnamed: bool) -> tuple[float, str] | None:
    """Judge a first name that is also a word: it needs a surname, a person's verb, something owned, or a capital."""
    before = reading.before(word.start, 40)
    verb = PERSON_VERB.match(reading.low, end) or OWNED.match(reading.low, end)
    introduced = INTRODUCED.search(before)
    capital = word.text[0].isupper() and reading.cased
    opens = reading.opens_sentence(word.start)
    if _other_word(word, before, capital=capital, surnamed=surnamed, person=bool(verb)):
        return None
    everyday = word.stem in _EVERYDAY
    if capital and surnamed and not everyday:
        return 0.85, "a first name and a surname"
    if foreign_to_people(word.stem) and not opens and not (capital and (verb or introduced)):
        return None
    if opens or not capital:
        known = not capital and introduced and not everyday and _CLOSE.search(before)
        doing = _DOES.match(reading.low[end : end + 20])
        return (0.72, "a first name with a person's verb") if doing or known else None
    if verb or introduced or surnamed:
        return 0.78, "a first name where a person is meant"
    return None if len(word.stem) < _SHORTEST_NAME or everyday else (0.6, "a first name in capitals")


def _other_word(word: Word, before: str, *, capital: bool, surnamed: bool, person: bool) -> bool:
    """Return whether the words before show that no person is meant: an article, a preposition of time."""
    if _LOOSE.search(before) and not (capital and surnamed):
        return True
    return word.stem in _SEASONS and bool(_TIME_BEFORE.search(before) or not (person or _WITH.search(before)))
