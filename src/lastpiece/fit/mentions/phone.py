"""Recognise telephone numbers: in figures, with O and l for 0 and 1, spoken, and parts of one."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS
from lastpiece.values.masking import is_partial
from lastpiece.values.numbers import DIGIT_WORDS, spoken_digits
from lastpiece.values.phone import LENGTH

_PHONE = KINDS["phone"]
_DATE = re.compile(r"[0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:20)?[0-9]{2}(?![0-9])")
_SHORTEST, _MOBILE = 12, "+447"
_GAP = r"[ .\-/()]{0,3}"
_FIGURES = re.compile(
    rf"(?<![\w£$€+])(?:\+ ?[1-9]|00 ?[1-9]|\(?[0o](?=[^\n]{{0,3}}[1-9l]))(?:{_GAP}[0-9ol?x*#])+(?!\w)|"
    rf"(?<![\w£$€+])44{_GAP}7(?:{_GAP}[0-9ol?x*#])+(?!\w)"
    rf"|(?<![\w£$€+,.])7[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}(?!\w)"
)
_WORDS = "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
_SPOKEN = re.compile(rf"(?<!\w)(?:(?:{_WORDS}|[0-9]{{1,6}})(?:[ ,\-]{{1,2}}|\b)){{3,}}")
_CUE = r"(?:number|phone|mobile|mob|line|sim|num|it|that|one|digits?|text(?:s|ed)?|call(?:s|ed)?|rings?|ph|contact)"
_ENDS = re.compile(
    rf"\b(?:end(?:s|ing|ed)?(?: (?:in|with|on|is))?|last (?:few|two|three|four|five|six|[2-6])(?: "
    rf"(?:digits?|numbers?|figures?|bits?|ones?))?(?: (?:are|is|were|was|of it))?)"
    rf"[ :]{{1,2}}(?P<said>[0-9](?:[ \-]?[0-9]){{1,7}}|(?:(?:{_WORDS})\b[ ,\-]{{0,2}}){{2,8}})(?![\w:]|[.][0-9])"
)
_STARTS = re.compile(
    r"\b(?:start(?:s|ing|ed)?|begin(?:s|ning)?|first (?:bit|part|few|digits?|numbers?|[3-6] digits?)(?: "
    r"(?:is|are|was))?)(?: (?:with|in|is|off))*[ :]{1,2}"
    r"(?P<said>(?:\+44|0)[0-9](?:[ \-]?[0-9]){1,8})(?!\w)"
)
_SHORT = re.compile(
    r"(?<!\w)(?P<said>0[0-9](?:[ \-]?[0-9]){2,8})(?:[ .]{0,3}(?:something|summat|smth|and something|and "
    r"then something|\.\.+|xx+|…))"
)
_NUMBER_NEAR = re.compile(rf"\b{_CUE}\b|\b0[0-9]{{3,}}")
_FEWEST_SPOKEN = 9
_PUBLIC = frozenset({"+44800555111", "+448000121700", "+448001111", "+448001110", "+44800111"})
"""Helplines printed on every poster: Crimestoppers, Modern Slavery Helpline, Childline."""


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the telephone numbers of a text."""
    if reading.figures or "o77" in reading.low:
        yield from _in_figures(reading)
    if any(cue in reading.low for cue in ("end", "last", "start", "begin", "first")):
        yield from _endings(reading)
        yield from _beginnings(reading)
    yield from _cut_short(reading)
    if " oh " in f" {reading.low}" or "seven" in reading.low or "zero" in reading.low or "double" in reading.low:
        yield from _spoken(reading)


def _in_figures(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_FIGURES):
        end = found.end() - (len(found[0]) - len(found[0].rstrip(" .-/(")))
        said = reading.low[found.start() : end]
        if _DATE.match(said):
            continue
        said = re.sub(r"[x#]", "?", said)
        if "?" not in said and "*" not in said:
            value = _PHONE.clean(f"0{said}" if said.startswith("7") else said)
        else:
            value = _masked(said)
        if value and not is_partial(value) and len(value) < (LENGTH if value.startswith(_MOBILE) else _SHORTEST):
            value = f"{value}*" if value.startswith(_MOBILE) else None
        if value and value not in _PUBLIC:
            yield _mention(reading, (found.start(), end), value, (0.97, "a telephone number in figures"))


def _masked(said: str) -> str | None:
    """Return a number with some digits blotted out: as many `?` as make it whole stay `?`, else `*`."""
    bare = re.sub(r"[^0-9ol?*+]", "", said).replace("o", "0").replace("l", "1")
    figures = sum(c.isdigit() for c in bare)
    if figures < 4:  # noqa: PLR2004 - three figures and some dots are no number
        return None
    whole = 11 if bare.startswith("0") else 13
    if "?" in bare and len(bare) != whole:
        bare = re.sub(r"\?+", "*", bare)
    return _PHONE.clean(bare)


def _endings(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_ENDS):
        if re.search(r"\b(?:reg|plate|registration|postcode)\b", reading.before(found.start(), 30)):
            continue
        last = found[0].startswith("last")
        if not _NUMBER_NEAR.search(reading.before(found.start(), 45)) and not (last and "digit" in found[0]):
            continue
        digits = _digits(found["said"])
        if digits and len(digits) > 1:
            start = found.start("said")
            end = start + len(found["said"].rstrip(" ,-"))
            yield _mention(reading, (start, end), f"*{digits}", (0.85, "the last digits of a number"))


def _beginnings(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_STARTS):
        digits = _digits(found["said"])
        value = _PHONE.clean(f"{digits}*") if digits else None
        if digits and value and len(digits) < 10:  # noqa: PLR2004 - ten digits and more are a whole number
            yield _mention(reading, found.span("said"), value, (0.8, "the first digits of a number"))


def _cut_short(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_SHORT):
        digits = _digits(found["said"])
        value = _PHONE.clean(f"{digits}*") if digits else None
        if digits and value and len(digits) < 10:  # noqa: PLR2004 - the same bound
            yield _mention(reading, found.span("said"), value, (0.75, "a number cut short"))


def _spoken(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_SPOKEN):
        end = found.start() + len(found[0].rstrip(" ,-"))
        if not re.search(r"[a-z]", found[0]):
            continue
        digits = _digits(reading.low[found.start() : end])
        if not digits or len(digits) < _FEWEST_SPOKEN or digits[0] not in "047":
            continue
        value = _PHONE.clean(f"0{digits}" if digits.startswith("7") and len(digits) == 10 else digits)  # noqa: PLR2004 - a mobile without its 0
        if value:
            yield _mention(reading, (found.start(), end), value, (0.92, "a telephone number spoken digit by digit"))


def _digits(said: str) -> str | None:
    return spoken_digits([piece for piece in re.split(r"[ ,.\-]+", said.replace("+", "")) if piece])


def _mention(reading: Reading, span: tuple[int, int], value: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "phone", value, is_partial(value), *judged)
