"""Recognise what the street calls people: an epithet and a name, initials, and capitals where a person is meant."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.naming import (
    ORDINARY_NAMES,
    OWNED,
    PERSON_VERB,
    STREET_AFTER,
    foreign_to_people,
    grow,
    may_be_name,
    named,
    stem,
)
from lastpiece.fit.mentions.reading import Reading, Word
from lastpiece.values.name import forenames, surnames

_EPITHET = re.compile(
    r"(?<![\w'])(?P<epithet>lil|lil'|li'l|yung|little|big|young|fat|mad|skinny|crazy|baby|tall|old|ginger|"
    r"scouse|dirty|slim|one[- ]eyed|smiley|black|white|long|polish|albanian|dutty|auntie|bald)['\-]? "
    r"(?=[a-z])"
)
_EPITHETS = vocabulary("nickname-epithets")
_FREE = frozenset({"lil", "lil'", "li'l", "yung"})
_INITIALS = re.compile(r"(?<![\w'.@£\-])(?:[a-z]\.?[a-z]\.?|[a-z]-?[a-z]{0,1}[0-9]?)(?=(?:'s)?(?:[\s,.;:!?)]|$))")
_NOT_INITIALS = vocabulary("nickname-not-initials")

_SUBJECT = re.compile(
    r"\s+(?:told|lives|sells|deals|drives|carries|threatened|said|says|runs|owes|works|stays|keeps|takes|"
    r"gets|brings|picks|sits|is (?:the (?:one|main|new|boss|leader|dealer)|a (?:dealer|runner|nasty|"
    r"dangerous)|selling|dealing|running|making|forcing|being (?:made|forced|used)|known|carrying|living|"
    r"staying|in charge|always|driving|hiding|holding|back|out of)|has (?:a (?:gun|knife|machete|weapon)|"
    r"been (?:selling|dealing|seen|hiding|living)|got|moved)|was (?:selling|dealing|seen|there|with|"
    r"driving|carrying))\b"
)
_OPENERS = vocabulary("nickname-openers")
_OPENER_ENDING = re.compile(r"(?:ing|tion|ness|ment|ly|ity|ence|ance|body|thing|one|where)$")
_SHORTEST_NAME = 3
_HYPHENED = re.compile(
    r"(?<![\w'])(?:[a-z]|big|lil)-(?:dogg?|man|bone|money|boy|dot|ski|roc|rock|mac|smoke|tee|jay|town|"
    r"diddy|loc|trap|star|bizzle|fresh|dawg|swish|ace)(?!\w)"
)
_CAPITALS_CUE = re.compile(
    r"\b(?:(?:his|her|their|a|the|this|that|some) (?:\w+ )?(?:mate|friend|brother|cousin|girlfriend|"
    r"boyfriend|partner|boss|dealer|runner|lad|bloke|guy|geezer|fella|man|woman|girl|kid|boy)|lads?|bloke|"
    r"by|with|for|called|under|mate|owes?|threatened|robbed|stabbed|beat|(?:one|them|boss|leader|main one|"
    r"dealer|name|him|nickname|named) is|nickname|run by|it's|and|to|told|met|ask for|ask) (?:\"|')?$"
)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the nicknames of a text."""
    for found in (
        *_epithets(reading),
        *_initials(reading),
        *_hyphened(reading),
        *(_capitals(reading) if reading.cased else ()),
    ):
        if found:
            yield found


def _epithets(reading: Reading) -> Iterator[Mention | None]:
    for epithet in reading.at_words(_EPITHET, _EPITHETS):
        number = reading.starts.get(epithet.end())
        if number is None:
            continue
        word = reading.words[number]
        low, end = stem(word)
        capital = word.text[0].isupper() and reading.cased
        if STREET_AFTER.match(reading.low, end) or (
            re.search(
                r"\b(?:a|an|very|too|so|this|that|some|three|two|looks|about|of|year|years|is|was|not) $",
                reading.before(epithet.start(), 8),
            )
            and epithet["epithet"] not in _FREE
            and not capital
        ):
            continue
        letter = len(low) == 1 and low.isalpha() and low not in "ai"
        first = low in forenames() - ORDINARY_NAMES or (low in forenames() and capital)
        initials = capital and len(low) == 2 and low not in _NOT_INITIALS and word.text.isupper()  # noqa: PLR2004 - JB
        free = epithet["epithet"] in _FREE and may_be_name(low)
        both = (
            capital
            and reading.clean[epithet.start()].isupper()
            and not reading.opens_sentence(epithet.start())
            and may_be_name(low)
            and not foreign_to_people(low)
        )
        if letter or first or initials or free or both:
            if epithet["epithet"] in {"black", "white", "polish", "albanian", "long", "old"} and not (
                reading.clean[epithet.start()].isupper() and capital and first
            ):
                continue
            yield named(reading, (epithet.start(), end), "nickname", (0.93, "a nickname with an epithet"))


def _initials(reading: Reading) -> Iterator[Mention | None]:
    for found in reading.spans(_INITIALS):
        low = found[0].replace(".", "").replace("-", "")
        if len(low) != 2 or low in _NOT_INITIALS or not low.isalpha():  # noqa: PLR2004 - initials are two letters
            continue
        end = found.end() - (1 if found[0].endswith(".") else 0)
        capital = reading.clean[found.start() : end].replace(".", "").replace("-", "").isupper() and reading.cased
        owned = OWNED.match(reading.low, end)
        cued = _CAPITALS_CUE.search(reading.before(found.start(), 24))
        if (capital and (owned or PERSON_VERB.match(reading.low, end) or cued)) or (
            owned and not set(low) & set("aeiouy") and not reading.cased
        ):
            yield named(reading, (found.start(), end), "nickname", (0.84, "initials where a person is meant"))


def _hyphened(reading: Reading) -> Iterator[Mention | None]:
    for found in reading.spans(_HYPHENED):
        yield named(reading, found.span(), "nickname", (0.8, "a street name"))


def _capitals(reading: Reading) -> Iterator[Mention | None]:
    """Yield capitalised words that no list knows, where the words around them speak of a person."""
    reached = 0
    for number, word in enumerate(reading.words):
        if word.start < reached or not word.text[0].isupper():
            continue
        low, end = stem(word)
        if reading.opens_sentence(word.start):
            if (
                _unknown(word, low)
                and low not in _OPENERS
                and not _OPENER_ENDING.search(low)
                and _SUBJECT.match(reading.low, end)
            ):
                yield named(
                    reading, (word.start, end), "nickname", (0.58, "a capitalised word that does what people do")
                )
            continue
        if not _unknown(word, low) or STREET_AFTER.match(reading.low, word.end):
            continue
        verb = PERSON_VERB.match(reading.low, end) or (OWNED.match(reading.low, end) and end < word.end)
        if not verb and not _CAPITALS_CUE.search(reading.before(word.start, 30)):
            continue
        reached = grow(reading, number, strong=False)
        kind = "person" if low in surnames() or reached > word.end else "nickname"
        why = "a capitalised word where a person is meant"
        yield named(reading, (word.start, max(reached, end)), kind, (0.66 if verb else 0.6, why))


def _unknown(word: Word, low: str) -> bool:
    shouted = word.text.isupper() and len(low) >= _SHORTEST_NAME
    return (
        len(low) >= _SHORTEST_NAME
        and may_be_name(low)
        and not foreign_to_people(low)
        and low not in forenames()
        and not shouted
        and not any(c.isdigit() for c in low)
    )
