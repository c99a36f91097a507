"""Recognise addresses: a number and a street, a flat and its block, a block by name; streets alone are places."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.address import BLOCKS, EXPANDED
from lastpiece.values.kinds import KINDS

_ADDRESS = KINDS["address"]
_ENDINGS = "|".join(sorted({*EXPANDED}, key=len, reverse=True))
_BLOCK_ENDINGS = "|".join(
    sorted((form for form, full in EXPANDED.items() if full.lower() in BLOCKS), key=len, reverse=True)
)
SMALL_WORDS = vocabulary("address-small-words")
_NUMBER = r"(?:(?:number|no\.?|num|#) ?)?(?P<digits>[0-9]{1,4}[a-z]?(?:-[0-9]{1,4})?)"
_NAME = r"(?:[a-z][a-z'.\-]*\.? ){1,3}?"
_NUMBERED = re.compile(
    rf"(?<![\w£$€.:/+\-]){_NUMBER},? (?:(?P<on>on|in|of|down) )?(?P<street>(?:the "
    rf")?{_NAME}(?P<last>{_ENDINGS})\b\.?|(?:the )?(?:broadway|drapery|parade|mounts|green|headlands|"
    rf"crescent|avenue|terrace|mews|square))(?![\w'])"
)
_FLATS = frozenset({"flat", "apartment", "apt", "unit", "room"})
_FLAT = re.compile(
    rf"(?:flat|apartment|apt|unit|room) ?(?:number |no\.? ?)?(?:[0-9]{{1,4}}[a-z]?|[a-h](?= |,))(?:,? "
    rf"?(?:(?:of|in|at|on) )?(?:(?:number |no\.? ?)?[0-9]{{1,4}}[a-z]?,? )?(?:the "
    rf")?(?P<name>{_NAME})(?P<last>{_ENDINGS})\b)?(?!\w)"
)
_BLOCK = re.compile(rf"(?<!\w)(?P<name>(?:[a-z][a-z'\-]+ ){{1,2}}?)(?P<last>{_BLOCK_ENDINGS})(?![\w'])")
_SHORTEST_NAME = 4
_HAS_BLOCK = re.compile(rf"\b(?:{_BLOCK_ENDINGS})\b")
_WORDED = re.compile(
    rf"(?<!\w)(?:number|no) (?P<number>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[ "
    rf"\-]?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    rf"sixteen|seventeen|eighteen|nineteen)?),? (?:(?:on|in|of) "
    rf")?(?P<street>{_NAME}(?P<last>{_ENDINGS}))(?![\w'])"
)
_NOT_STREETS = vocabulary("address-not-streets")
"""Endings that are also everyday words: in text without capitals they need a number or a cue."""


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the addresses of a text."""
    for found in reading.at_words(_FLAT, _FLATS):
        if found["name"] is None and not re.search(r"\b(?:flat|apartment|apt) ", found[0]):
            continue
        if found["name"] is None or named(reading, found, found.start("name")):
            yield from _made(reading, found.span(), (0.93 if found["name"] else 0.6, "a flat"))
    for found in reading.spans(_NUMBERED) if reading.figures else ():
        start = _first(reading, found)
        if start is not None:
            yield from _made(reading, (found.start("digits"), found.end()), (0.92, "a number and a street"))
    for found in reading.at_words(_WORDED, {"number", "no"}):
        if found["number"].strip() and named(reading, found, found.start("street")):
            yield from _made(reading, (found.start("number"), found.end()), (0.85, "a number in words and a street"))
    for found in reading.spans(_BLOCK) if _HAS_BLOCK.search(reading.low) else ():
        start = _block_start(reading, found)
        if start is not None:
            yield from _made(reading, (start, found.end()), (0.75, "a block or house by name"))


def named(reading: Reading, found: re.Match[str], start: int) -> bool:
    """Return whether the words from `start` to the street's ending can be a name: no small word among them."""
    name = reading.low[start : found.start("last")].split()
    return (
        bool(name)
        and not any(word.strip(".,'") in SMALL_WORDS for word in name[1:])
        and (name[0] == "the" or name[0] not in SMALL_WORDS)
    )


def _first(reading: Reading, found: re.Match[str]) -> int | None:
    """Return where the street begins, or None when the words between cannot be its name."""
    if found["last"] is None:
        return found.start("street")
    if not named(reading, found, found.start("street")):
        return None
    ordinary = found["last"] in _NOT_STREETS and not found["on"]
    written = reading.clean[found.start("street") : found.end()]
    if ordinary and reading.cased and not written[:1].isupper():
        return None
    return found.start("street")


def _block_start(reading: Reading, found: re.Match[str]) -> int | None:
    """Return where a block's name begins: capitals where the text has any, else after a word of place."""
    words = found["name"].split()
    start = found.start()
    while words and words[0] in SMALL_WORDS:
        start += len(words[0]) + 1
        words = words[1:]
    if not words or any(word in SMALL_WORDS for word in words) or words[-1] in _COMMON_HOUSES:
        return None
    if reading.cased:
        capitals = [reading.clean[start:].split(" ")[i][:1].isupper() for i in range(len(words) + 1)]
        return start if all(capitals) else None
    cue = re.search(r"\b(?:in|at|into|to|outside|near|by|from|of) (?:the )?$", reading.before(start, 12))
    sure = found["last"] in {"house", "court", "heights", "tower", "towers", "mansions"}
    return start if cue and sure and len(words[-1]) >= _SHORTEST_NAME else None


_COMMON_HOUSES = vocabulary("address-common-houses")


def _made(reading: Reading, span: tuple[int, int], judged: tuple[float, str]) -> Iterator[Mention]:
    start, end = span
    surface = reading.text[start:end].rstrip(" .,")
    said = reading.low[start : start + len(surface)]
    value = _ADDRESS.clean(re.sub(r"\b(?:on|in|of|down) (?=[a-z])", "", said, count=1)) or _bare_flat(said)
    if value:
        yield Mention(start, start + len(surface), surface, "address", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial


def _bare_flat(said: str) -> str | None:
    found = re.fullmatch(r"(?:flat|apartment|apt) ?(?:number |no\.? ?)?([0-9]{1,4}[a-z]?|[a-h])", said)
    return f"Flat {found[1].upper()}" if found else None
