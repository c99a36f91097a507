"""How people write: accents, capitals, curly quotes and spaces that must not hide that two values agree."""

import re
import unicodedata
from functools import cache
from importlib import resources

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_KEPT_CAPITALS = re.compile(r"^[^\W\d_a-z][^\W\d_]*[a-z][^\W\d_]*$")


def straight(text: str) -> str:
    """Return `text` of the same length with curly quotes, long dashes and hard spaces made plain."""
    return text.translate(_QUOTES)


def same_length_lower(text: str) -> str:
    """Return `text` in small letters, as long as it was, so that places found in it hold in the text itself."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def squeezed(text: str) -> str:
    """Return `text` with straight quotes and single spaces, without space at its ends."""
    return _SPACES.sub(" ", straight(text)).strip()


def plain(text: str) -> str:
    """Return `text` for comparing: lower case, no accents, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", squeezed(text)) if not unicodedata.combining(c))
    return squeezed(bare.lower())


def words(text: str) -> tuple[str, ...]:
    """Return the plain words of `text`, apostrophes and hyphens inside a word kept."""
    return tuple(_WORD.findall(plain(text)))


def capitalised(word: str) -> str:
    """Return a name's word as it is filed: `o'brien` → `O'Brien`, `mcdonald` → `McDonald`; own capitals stay."""
    if _KEPT_CAPITALS.match(word) and any(c.isupper() for c in word[1:]):
        return word
    parts = re.split(r"(['\-])", _lower(word))
    return "".join(_capital(part, parts[:i]) for i, part in enumerate(parts))


def _lower(word: str) -> str:
    return word.lower().replace("i\u0307", "i")  # the Turkish capital İ grows a dot of its own


def _capital(part: str, before: list[str]) -> str:
    if before[-1:] == ["'"] and part == "s":
        return part
    if part.startswith("mc") and len(part) > 3:  # noqa: PLR2004 - "mc" and at least two letters of a name
        return "Mc" + part[2:3].upper() + part[3:]
    return part[:1].title() + part[1:]


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return the lines of the word list `lists/{name}.txt`, without comments and empty lines."""
    text = resources.files("lastpiece.values").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
