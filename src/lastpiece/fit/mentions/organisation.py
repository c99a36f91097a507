"""Recognise deal lines by their brand, crews by what they call themselves, and companies."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS

_ORGANISATION = KINDS["organisation"]
_LINE = re.compile(
    r"(?<![\w'])(?P<quote>[\"']?)(?P<brand>[a-z0-9][a-z0-9'\-]*(?: "
    r"[a-z0-9][a-z0-9'\-]*)?)(?P=quote)(?:'s)? (?:deal |drug |drugs |county )?line(?!\w|-)"
)
_CALLED = re.compile(
    r"\b(?:line|lines|crew|gang|group)(?: is| are|'s)? (?:called|known as|named|calls? itself|call "
    r"themselves|branded(?: as)?|goes by|go by)(?: the)? (?P<quote>[\"']?)(?P<brand>[a-z0-9][\w'\-]*(?: "
    r"(?!line|and|on|in|is|from|with|who|which|they|he|she|that|it)[\w'\-]+)?)(?P=quote)(?P<line> "
    r"line)?(?!\w)"
)
_CREW = re.compile(
    r"(?<![\w'])(?P<name>(?:[A-Z0-9][\w'&\-]* ){1,3})(?P<last>Boys|boys|Crew|crew|Gang|gang|Mob|mob|"
    r"Cartel|Squad|squad|Block|Family|Massive|Mandem|mandem)(?!\w)"
)
_FIRM = re.compile(
    r"(?<![\w'])(?P<name>(?:[A-Z][\w'&\-]* (?:(?:and|&|of|n) )?){1,4})(?P<last>Ltd|Limited|PLC|LLP|Taxis?|"
    r"Cabs|Cars|Motors|Autos?|Lettings|Properties|Scaffolding|Car Sales|Recruitment|Agency|Logistics|"
    r"Couriers|Removals|Builders|Roofing|Construction|Cleaning|Cleaners|Services|Nails|Barbers|"
    r"Hand Car Wash|Private Hire|Holdings|Group|Tyres|Garage Services|Transport|Haulage|Foods|Farms|"
    r"Solutions|Security|Supermarket|Mini ?market|Vape|Vapes)\b(?! (?:Street|Road|Lane|St|Rd))"
)
_NOT_BRANDS = vocabulary("organisation-not-brands")
_NOT_CREWS = vocabulary("organisation-not-crews")


_BRAND_CUE = re.compile(r"\b(?:the|a|called|for|runs?|running|work\w*|of|named) [\"']?$")
_DEALING = re.compile(r"\b(?:drugs?|deal\w*|run\w*|sell\w*|number|phone|text\w*|call\w*)\b")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the lines, crews and companies of a text."""
    if "line" in reading.low:
        yield from _lines(reading)
    for found in reading.at_words(_CALLED, {"line", "lines", "crew", "gang", "group"}):
        brand = found["brand"]
        if brand.split()[0] in _NOT_BRANDS:
            continue
        line = found["line"] or "line" in found[0].split(" ")[0]
        span = (found.start("brand"), found.end("line") if found["line"] else found.end("brand"))
        yield _mention(reading, span, f"{brand} line" if line else brand, (0.86, "the name a line or group goes by"))
    if reading.cased:
        for pattern, confidence, why in ((_CREW, 0.72, "a crew by name"), (_FIRM, 0.72, "a company by name")):
            for found in pattern.finditer(reading.clean):
                first = found["name"].split()[0].lower()
                start = found.start() + (len(first) + 1 if first in _NOT_CREWS else 0)
                if start < found.start("last"):
                    yield _mention(reading, (start, found.end()), reading.clean[start : found.end()], (confidence, why))


def _lines(reading: Reading) -> Iterator[Mention]:
    for found in reading.spans(_LINE):
        words = found["brand"].split(" ")
        start = found.start("brand")
        while words and words[0].removesuffix("'s") in _NOT_BRANDS:
            start += len(words[0]) + 1
            words = words[1:]
        if not words or any(word.removesuffix("'s") in _NOT_BRANDS for word in words):
            continue
        capital = reading.clean[start].isupper() or reading.clean[start].isdigit()
        the = _BRAND_CUE.search(reading.before(start, 12))
        sure = capital if reading.cased else the
        if not sure and not found["quote"] and not (the and _DEALING.search(reading.around(*found.span(), 50))):
            continue
        if len(words) > 1 and reading.cased and not reading.clean[start + len(words[0]) + 1].isupper() and capital:
            continue
        brand = re.sub(r"'s$", "", " ".join(words))
        yield _mention(reading, (start, found.end()), f"{brand} line", (0.95, "a deal line by its brand"))


def _mention(reading: Reading, span: tuple[int, int], said: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "organisation", _ORGANISATION.clean(said), False, *judged)  # noqa: FBT003 - only plates and phones are partial
