"""Recognise names used online: with @, or after the name of a platform."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.lexicon import vocabulary
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS

_HANDLE = KINDS["handle"]
_AT = re.compile(r"(?<![\w.@])@ ?[a-z0-9._][a-z0-9._\-]{1,40}")
_PLATFORM = (
    r"(?:snap ?chat|snap|sc|insta ?gram|insta|ig|tele ?gram|tik ?tok|face ?book|fb|signal|wickr|discord|"
    r"whats ?app|twitter|x|reddit|kik|onlyfans|gamer ?tag|psn|xbox live|tg|threema|session)"
)
_CUED = re.compile(
    rf"(?<!\w)(?:{_PLATFORM}|user ?name|handle|account|screen ?name|profile)(?:'s)?(?: (?:account|name|"
    rf"user ?name|handle|profile|page|story|is|was|called|named|as|under|id|user|acc|tag|under the name|"
    rf"goes by|add|group|group chat|channel))*(?: ?[:=\-] ?| )"
    r"(?P<quote>[\"']?)(?P<handle>[a-z0-9._][a-z0-9._\-]{2,40})(?P=quote)(?![\w@])"
)
_BEFORE = re.compile(
    rf"(?<![\w.\-])[\"']?(?P<handle>(?=[a-z\-]*[0-9._])[a-z0-9._\-]{{1,60}})[\"']? (?:on|is (?:his|her|their)) (?:his "
    rf"|her |their )?{_PLATFORM}(?!\w)"
)
_TELLING = re.compile(r"[0-9_]|[a-z]\.[a-z]|xx|x_|_x")


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the online names of a text."""
    for found in reading.spans(_AT):
        yield from _made(reading, found.span(), (0.93, "an @ and a name"))
    for found in reading.spans(_CUED):
        word = found["handle"].rstrip(".-")
        quoted = bool(found["quote"])
        called = re.search(
            r"(?:\b(?:name|called|handle|username|as|under)|[:=]) ?$",
            reading.low[found.start() : found.start("handle")],
        )
        if _TELLING.search(word) or ((quoted or called) and word not in _PLAIN):
            yield from _made(
                reading,
                (found.start("handle"), found.start("handle") + len(word)),
                (0.85, "a name given with a platform"),
            )
    for found in reading.spans(_BEFORE):
        if re.search(r"[a-z]", found["handle"]) and len(found["handle"]) > 3:  # noqa: PLR2004 - shorter is hardly a name online
            yield from _made(reading, found.span("handle"), (0.8, "a name given with a platform"))


_PLAIN = vocabulary("handle-plain")


def _made(reading: Reading, span: tuple[int, int], judged: tuple[float, str]) -> Iterator[Mention]:
    start, end = span
    surface = reading.text[start:end].rstrip(".,-;:!?")
    value = _HANDLE.clean(surface.replace(" ", ""))
    if value:
        yield Mention(start, start + len(surface), surface, "handle", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial
