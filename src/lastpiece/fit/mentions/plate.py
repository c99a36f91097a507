"""Recognise registration marks: whole, spelled out in words, and the part that somebody read."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS
from lastpiece.values.masking import is_partial
from lastpiece.values.numbers import number_in_words
from lastpiece.values.plate import LENGTH

_FEWEST_KNOWN = 2
_PLATE = KINDS["plate"]
_NATO = dict(
    zip(
        [
            "alpha",
            "bravo",
            "charlie",
            "delta",
            "echo",
            "foxtrot",
            "golf",
            "hotel",
            "india",
            "juliet",
            "kilo",
            "lima",
            "mike",
            "november",
            "oscar",
            "papa",
            "quebec",
            "romeo",
            "sierra",
            "tango",
            "uniform",
            "victor",
            "whiskey",
            "xray",
            "yankee",
            "zulu",
        ],
        "abcdefghijklmnopqrstuvwxyz",
        strict=True,
    )
)
_NATO |= {"alfa": "a", "juliett": "j", "whisky": "w", "x-ray": "x"}
_ONES = {
    "zero": "0",
    "oh": "0",
    "nought": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy"
_YEAR_WORDS = rf"(?:{_TEENS}|(?:{_TENS})(?:[ \-](?:one|two|three|four|five|six|seven|eight|nine))?)"

_SHAPES = re.compile(
    r"(?<![\w@£$€])(?:"
    r"(?P<current>[a-z]{2}[ \-]?[0-9oil]{2}[ \-]?[a-z]{3})"
    r"|(?P<prefix>[a-z][ \-]?[0-9]{1,3}[ \-]?[a-z]{3})"
    r"|(?P<suffix>[a-z]{3}[ \-]?[0-9]{1,3}[ \-]?[a-z])"
    r")(?![\w@])"
)
_CUE_BEFORE = re.compile(
    r"\b(?:reg(?:istration)?|(?:number )?plates?|vrm|index|licen[cs]e plate|number)\b(?: number| no| num| "
    r"mark)?[^.!?]{0,24}$"
)
_CUE = re.compile(r"\b(?:reg(?:istration)?s?|(?:number ?)?plates?|vrm|licen[cs]e plates?)\b")
_EVERYDAY = vocabulary("plate-everyday")
_SPELLED = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(sorted(_NATO, key=len, reverse=True))}|{'|'.join(_ONES)}|{_YEAR_WORDS}|[a-z]|"
    rf"[0-9]{{1,3}}|[a-z]{{2,3}}[0-9]{{2}}|[a-z]{{3}})(?:[ ,\-]{{1,2}}|(?=[.!?]|$))){{3,12}}"
)
_SPELLED_WORD = re.compile(r"x-ray|[^ ,]+")
_FILLER = (
    r"(?:something|summat|summit|smth|sumthing|somethin|dunno|unknown|then|and|or|maybe|i think|blank|"
    r"question mark|not sure|\.{2,}|-+|_+)"
)
_CHUNK = r"(?:[a-z]{1,3}[0-9?]{1,2}[?*]*[a-z?*]{0,3}|[0-9]{1,3}[a-z]{0,3}|[a-z?*]{1,4})"
_MASKED = re.compile(r"(?<![\w@£$€])(?=[a-z0-9?*]*[0-9a-z][a-z0-9?*]*)(?=[a-z0-9]*[?*])[a-z0-9?*]{3,8}(?![\w@])")
_ENDS = re.compile(
    r"\b(?:end(?:s|ing|ed)?(?: (?:in|with|on))?|last (?:three|3|two|2|few|bit|letters?|part)(?: letters?| "
    r"bit| characters?| digits?)?(?: (?:are|is|were|was))?|finish(?:es|ing)?(?: (?:in|with))?)[ "
    r":]{1,2}(?P<said>(?:[0-9]{1,2} ?)?[a-z]{2,3}|[a-z0-9](?:[ \-][a-z0-9]){1,3}|[0-9]{2})(?!\w)"
)
_STARTS = re.compile(
    r"\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|began|first (?:bit|part|half|letters?|four|4|two|2|few)(?: "
    r"(?:is|are|was|were))?)(?: (?:with|in|off|is|was))*[ :]{1,2}"
    r"(?P<said>[a-z]{1,2} ?[0-9]{1,2}(?: ?[a-z]{1,2})?|[a-z]{1,2})(?!\w)"
)
_SOMETHING = re.compile(
    rf"(?<![\w@£$€])(?P<first>{_CHUNK})(?P<gap> ?(?:{_FILLER}[ ,]{{0,2}}){{1,4}})(?P<second>(?:{_CHUNK})(?!\w))?"
)
_YEAR_PLATE = re.compile(
    r"(?<![\w£$€])(?P<said>[0-9]{2})[ \-](?:plate|reg)(?!\w)|\bon an? (?P<on>[0-9]{2})(?: plate| reg)(?!\w)"
)
_SPACED = re.compile(
    r"(?<![\w@£$€?])(?=[a-z0-9? ]{0,8}\?)(?P<said>[a-z?]{2} ?[0-9?]{2}(?: ?[a-z?]{1,3})?|"
    r"[a-z?][0-9?]{1,3} [a-z?]{3})(?![\w?])"
)
_HEAD = re.compile(r"(?<![\w@£$€])(?P<said>[a-z]{2} ?[0-9]{2}(?: ?[a-z]{1,2})?)(?![\w])")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the registration marks of a text."""
    if reading.figures:
        yield from _whole(reading)
    cued = _CUE.search(reading.low) is not None
    if cued:
        yield from _spelled(reading)
        yield from _parts(reading)
        yield from _with_gaps(reading)
    yield from _masked(reading, cued=cued)


def _whole(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_SHAPES):
        surface = found[0]
        value = _PLATE.clean(surface)
        if not value or not any(c.isdigit() for c in surface):
            continue
        cued = _CUE_BEFORE.search(reading.before(found.start(), 70)) is not None
        sure = _sureness(reading, found, cued=cued)
        if sure:
            yield _mention(reading, found.span(), value, (sure, "a registration in the shape of a plate"))


def _sureness(reading: Reading, found: re.Match[str], *, cued: bool) -> float:
    """Return how sure a plate-shaped run is a plate; 0 when it is more likely words and figures."""
    surface = found[0]
    written = reading.clean[found.start() : found.end()]
    pieces = re.split(r"[ \-]", surface)
    shouting = written.upper() == written and not reading.shouted
    if any(piece in _EVERYDAY for piece in pieces) and not (cued and shouting):
        return 0.0
    current = found["current"] is not None
    if current and len(pieces) == 1:
        return 0.98
    if current and len(pieces) == 2 and len(pieces[0]) == 4:  # noqa: PLR2004 - AB12 CDE, as plates are set
        return 0.97
    if cued:
        return 0.95
    return 0.9 if shouting and (current or len(surface) > 5) else 0.0  # noqa: PLR2004 - shorter marks are too often something else


def _spelled(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_SPELLED):
        end = found.start() + len(found[0].rstrip(" ,-"))
        for start, stop in _trimmed(reading, found.start(), end):
            letters = _letters(reading.low[start:stop])
            value = _PLATE.clean(letters) if letters and len(letters) == 7 and re.search(r"[0-9]", letters) else None  # noqa: PLR2004 - a spelled mark is a full one
            if value and " " in reading.low[start:stop] and _CUE_BEFORE.search(reading.before(start, 70)):
                yield _mention(reading, (start, stop), value, (0.93, "a registration spelled out"))
                break


def _trimmed(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span, then the span without its first and last words: "reg is kilo victor … and" holds too much."""
    words = [(m.start() + start, m.end() + start) for m in _SPELLED_WORD.finditer(reading.low[start:end])]
    for first in range(min(4, len(words))):
        for last in range(len(words), max(first, len(words) - 4), -1):
            yield words[first][0], words[last - 1][1]


def _letters(said: str) -> str | None:
    spelled = ""
    for piece in re.findall(rf"{_YEAR_WORDS}|x-ray|[a-z]+|[0-9]+", said):
        number = number_in_words(piece.replace("-", " ")) if piece not in _ONES and not piece.isdigit() else None
        if piece in _NATO or piece in _ONES:
            spelled += _NATO.get(piece) or _ONES[piece]
        elif number is not None:
            spelled += str(number)
        elif len(piece) <= 3 or piece.isdigit():  # noqa: PLR2004 - up to three letters can stand as they are
            spelled += piece
        else:
            return None
    return spelled.upper()


def _parts(reading: Reading) -> Iterator[Mention]:
    for pattern, form, why in (
        (_ENDS, "*{}", "the end of a registration"),
        (_STARTS, "{}*", "the start of a registration"),
    ):
        for found in reading.spans(pattern):
            said = re.sub(r"[ \-]", "", found["said"]).upper()
            near = _CUE.search(reading.around(found.start(), found.end(), 50))
            if near and found["said"] not in _EVERYDAY and not (form == "*{}" and said.isdigit() and len(said) != 2):  # noqa: PLR2004 - marks end in letters; 412 ends a phone
                value = _PLATE.clean(form.format(said))
                if value:
                    yield _mention(reading, found.span("said"), value, (0.85, why))
    for found in reading.spans(_YEAR_PLATE):
        group = "said" if found["said"] else "on"
        yield _mention(reading, found.span(group), f"??{found[group]}???", (0.8, "the year figures of a registration"))
    for found in reading.spans(_SPACED) if "?" in reading.low else ():
        surface = re.sub(r" (?:is|i|it|in|on|a|an|the|and|but|or|if|at|so|to|for|was|he|she)$", "", found["said"])
        said = surface.replace(" ", "").upper()
        value = _PLATE.clean(said if len(said) == 7 else f"{said}*")  # noqa: PLR2004 - a full mark's length
        if value and re.search(r"[A-Z0-9].*[A-Z0-9]", said):
            start = found.start("said")
            yield _mention(
                reading, (start, start + len(surface)), value, (0.87, "a registration with unread characters")
            )
    for found in reading.spans(_HEAD):
        said = found["said"].replace(" ", "").upper()
        if _CUE_BEFORE.search(reading.before(found.start(), 70)):
            yield _mention(reading, found.span("said"), f"{said}*", (0.7, "the part of a registration that was read"))


def _with_gaps(reading: Reading) -> Iterator[Mention]:
    """Yield "KV19 something", "K something 19", "KV something KXD"."""
    for found in reading.spans(_SOMETHING):
        first, second = found["first"], found["second"] or ""
        if first in _EVERYDAY or not re.search(r"some|summ|dunno|unknown|blank|question|\.\.|--|__", found["gap"]):
            continue
        if not _CUE.search(reading.around(found.start(), found.end(), 50)):
            continue
        written = reading.clean[found.start("second") : found.end("second")] if second else ""
        if second and (second in _EVERYDAY or (second.isalpha() and not written.isupper())):
            second = ""
        value = _laid(first.upper(), second.upper())
        if (value and any(c.isdigit() for c in first + second)) or (
            value and reading.clean[found.start() : found.end("first")].isupper()
        ):
            end = found.end("second") if second else found.end("first")
            yield _mention(reading, (found.start(), end), value, (0.82, "a registration with a part not seen"))


def _laid(first: str, second: str) -> str | None:
    """Lay two chunks of a mark on the current format (AB12 CDE) where they fit it, else leave a `*` between."""
    if not second:
        return _PLATE.clean(f"{first}*")
    if re.fullmatch(r"[A-Z]{1,2}", first) and re.fullmatch(r"[0-9]{2}", second):
        return _PLATE.clean(first + "?" * (2 - len(first)) + second + "*")
    if re.fullmatch(r"[A-Z]{3}", second) and re.fullmatch(r"[A-Z]{1,2}[0-9]{0,2}", first):
        return _PLATE.clean(first + "?" * (4 - len(first)) + second)
    return _PLATE.clean(f"{first}*{second}")


def _masked(reading: Reading, *, cued: bool) -> Iterator[Mention]:
    """Yield marks written with `?` or `*` for the characters that were not read."""
    for found in reading.spans(_MASKED):
        said = found[0]
        value = _PLATE.clean(said)
        stem = said.rstrip("?*")
        known = sum(c.isalnum() for c in said)
        plain = said.rstrip("?").isalpha() or known < _FEWEST_KNOWN or said.rstrip("?").isdigit()
        if not value or not (len(value) == LENGTH or cued) or (plain and not (cued and known > _FEWEST_KNOWN)):
            continue
        if len(value) < LENGTH and stem.isalnum() and len(said) - len(stem) == 1:
            value = f"{value[:-1]}*"  # "kv19?" asks about the rest, not about one character
        elif len(value) < LENGTH and "*" not in value:
            value = f"{value}*"
        yield _mention(reading, found.span(), value, (0.85, "a registration with unread characters"))


def _mention(reading: Reading, span: tuple[int, int], value: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "plate", value, is_partial(value), *judged)
