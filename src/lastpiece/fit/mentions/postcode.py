"""Recognise postcodes, in full and the outward half alone."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS

_POSTCODE = KINDS["postcode"]
_FULL = re.compile(r"(?<![\w])[a-z]{1,2}[0-9ol][0-9olabcdefghjkmnpqrstuvwxy]?[ \-]?[0-9ol][abd-hjlnp-uw-z]{2}(?!\w)")
_OUTWARD = re.compile(r"(?<![\w#@/])(?:[a-z]{2}[0-9]{1,2}|[a-z][0-9]{1,2}[a-z]?)(?![\w\-/]|[.:][0-9])")
_CUE = re.compile(r"\bpost ?code\b[^.]{0,20}$|\b(?:postal )?area (?:is )?$")
_LOCAL = frozenset({"NN", "MK", "LE", "PE", "CV", "OX", "LU", "CB", "SG", "HP"})
_NOT_PLACES = vocabulary("postcode-not-places")
_WORDS_BEFORE = re.compile(r"\b(?:iphone|galaxy|samsung|bmw|audi|plate|reg|page|class|year|room|flat|unit)\s*$")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the postcodes of a text."""
    taken = set()
    for found in reading.spans(_FULL):
        value = _POSTCODE.clean(found[0])
        if value and " " in value and not _plain_words(reading, found):
            taken.add(found.start())
            yield _mention(reading, found, value, (0.96, "a postcode in full"))
    for found in reading.spans(_OUTWARD):
        value = _POSTCODE.clean(found[0])
        if value and found.start() not in taken and _is_outward(reading, found, value):
            yield _mention(reading, found, value, (0.85, "the first half of a postcode"))


def _plain_words(reading: Reading, found: re.Match[str]) -> bool:
    """Return whether the figures are look-alike letters only, so that two words were meant (`is 1st`)."""
    surface = found[0]
    written = reading.clean[found.start() : found.end()]
    if not any(c.isdigit() for c in surface):
        return True
    ordinal = surface[-2:] in {"st", "nd", "rd", "th"} and " " in surface and not written[:1].isupper()
    return ordinal or (surface[-2:] == "pm" and not written.isupper())


def _is_outward(reading: Reading, found: re.Match[str], value: str) -> bool:
    area = value.rstrip("0123456789ABCDEFGHJKMNPQRSTUVWXY") if value[1:2].isdigit() else value[:2]
    if _CUE.search(reading.before(found.start(), 30)):
        return True
    if (
        value in _NOT_PLACES
        or len(area) == 1
        or value[1].isdigit()
        or _WORDS_BEFORE.search(reading.before(found.start(), 12))
    ):
        return False
    return value[:2] in _LOCAL or reading.clean[found.start() : found.end()][:2].isupper()


def _mention(reading: Reading, found: re.Match[str], value: str, judged: tuple[float, str]) -> Mention:
    start, end = found.span()
    return Mention(start, end, reading.text[start:end], "postcode", value, False, *judged)  # noqa: FBT003 - an outward half is whole in itself
