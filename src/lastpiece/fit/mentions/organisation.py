"""Recognise deal lines by their brand, crews by what they call themselves, and companies."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS

_ORGANISATION = KINDS["organisation"]
_LINE = re.compile(
    r"(?<![\w'])(?P<quote>[\"']?)(?P<brand>[a-z0-9][a-z0-9'\-]*(?: [a-z0-9][a-z0-9'\-]*)?)(?P=quote)(?:'s)? (?:deal |drug |drugs |county )?line(?!\w|-)"
)
_CALLED = re.compile(
    r"\b(?:line|lines|crew|gang|group)(?: is| are|'s)? (?:called|known as|named|calls? itself|call themselves|branded(?: as)?|goes by|go by)(?: the)? (?P<quote>[\"']?)(?P<brand>[a-z0-9][\w'\-]*(?: (?!line|and|on|in|is|from|with|who|which|they|he|she|that|it)[\w'\-]+)?)(?P=quote)(?P<line> line)?(?!\w)"
)
_CREW = re.compile(
    r"(?<![\w'])(?P<name>(?:[A-Z0-9][\w'&\-]* ){1,3})(?P<last>Boys|boys|Crew|crew|Gang|gang|Mob|mob|Cartel|Squad|squad|Block|Family|Massive|Mandem|mandem)(?!\w)"
)
_FIRM = re.compile(
    r"(?<![\w'])(?P<name>(?:[A-Z][\w'&\-]* (?:(?:and|&|of|n) )?){1,4})(?P<last>Ltd|Limited|PLC|LLP|Taxis?|Cabs|Cars|Motors|Autos?|Lettings|Properties|Scaffolding|Car Sales|Recruitment|Agency|Logistics|Couriers|Removals|Builders|Roofing|Construction|Cleaning|Cleaners|Services|Nails|Barbers|"
    r"Hand Car Wash|Private Hire|Holdings|Group|Tyres|Garage Services|Transport|Haulage|Foods|Farms|Solutions|Security|Supermarket|Mini ?market|Vape|Vapes)\b(?! (?:Street|Road|Lane|St|Rd))"
)
_NOT_BRANDS = frozenset(
    "the a an this that his her their my our your its phone deal drug drugs county train bus washing dress finish front side main bottom top land hot help start on off in by over out crime waiting tag punch assembly production dotted police fishing hair "
    "pipe power dead battle border product date time next new old same another one each every first second straight long thin fine white yellow double railway track picket party command story conga bread clothes long-distance goal try touch metro under toe coast sky air life "
    "trap local whole actual big that's whatever different underground tube guide end these those any some no yellow red blue black busy mobile direct customer crossed borrowed cat for with from to is are was were run runs running and or selling works working called named".split()
)
_NOT_CREWS = frozenset(
    "the a an these those some two three four five young school teenage little big local my our his her their i im also he she they there it when if so then and but old two".split()
)


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
        the = re.search(r"\b(?:the|a|called|for|runs?|running|work\w*|of|named) [\"']?$", reading.before(start, 12))
        if not (capital if reading.cased else the):
            if not (
                found["quote"]
                or (
                    the
                    and re.search(
                        r"\b(?:drugs?|deal\w*|run\w*|sell\w*|number|phone|text\w*|call\w*)\b",
                        reading.around(*found.span(), 50),
                    )
                )
            ):
                continue
        if len(words) > 1 and reading.cased and not reading.clean[start + len(words[0]) + 1].isupper() and capital:
            continue
        brand = re.sub(r"'s$", "", " ".join(words))
        yield _mention(reading, (start, found.end()), f"{brand} line", (0.95, "a deal line by its brand"))


def _mention(reading: Reading, span: tuple[int, int], said: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "organisation", _ORGANISATION.clean(said), False, *judged)  # noqa: FBT003 - only plates and phones are partial
