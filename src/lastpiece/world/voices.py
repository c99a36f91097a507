"""The voices reports are written in: who speaks, how they spell, how they end a sentence.

A style changes plain words and the case of mentions piece by piece, before anything is joined, so that every
offset stays exact and every norm stays what was meant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.grammar import Bit
from lastpiece.world.wordlists import rows


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """A kind of teller.

    Attributes:
        name: The prefix of its rules in the phrase book.
        channels: Where it is heard.
        ends: What it puts after a sentence.
        case: `sentence`, `lower` or `upper`.
        small_names: How often it writes names without capitals, 0–1.
        slips: How often a report has letters the wrong way round, 0–1.
    """

    name: str
    channels: Odds[str]
    ends: tuple[str, ...] = (". ",)
    case: str = "sentence"
    small_names: float = 0.0
    slips: float = 0.04


_PUBLIC: Odds[str] = Odds({"front": 60, "crimestoppers": 40})

VOICES: Odds[Voice] = Odds(
    {
        Voice("neighbour", _PUBLIC): 22,
        Voice("plain", _PUBLIC, ends=(". ", ". ", ", "), slips=0.15): 14,
        Voice("parent", _PUBLIC): 11,
        Voice("worker", _PUBLIC): 9,
        Voice(
            "texter",
            _PUBLIC,
            ends=(" ", " .. ", " ", ". ", " lol "),
            case="lower",
            small_names=0.6,
            slips=0.1,
        ): 10,
        Voice(
            "child",
            Odds({"front": 85, "crimestoppers": 15}),
            ends=(" ", ". ", " ", "... "),
            case="lower",
            small_names=0.4,
        ): 6,
        Voice("shouter", _PUBLIC, ends=(". ", "! ", "!! ", " "), case="upper"): 5,
        Voice("elder", _PUBLIC, slips=0.01): 6,
        Voice("newcomer", _PUBLIC, ends=(". ", ". ", ", "), slips=0.1): 6,
        Voice("calltaker", Odds({"101": 100}), ends=(". ", "; ", ". ", " - "), slips=0.02): 18,
        Voice("partner", Odds({"partner": 100}), slips=0.0): 9,
    }
)


@cache
def _pattern(voice_name: str) -> tuple[re.Pattern[str], Mapping[str, str]] | None:
    swaps = {row["plain"]: row["written"] for row in rows("spellings") if row["voice"] == voice_name}
    if not swaps:
        return None
    words = sorted(swaps, key=lambda word: (-len(word), word))
    parts = [re.escape(word) if word != word.strip() else rf"\b{re.escape(word)}\b" for word in words]
    return re.compile("|".join(parts)), swaps


@lru_cache(maxsize=50_000)
def _respelled(voice_name: str, text: str, strength: int) -> str:
    """Write plain words as the voice does; `strength` 0 changes every second word of its own, 1 all."""
    found = _pattern(voice_name)
    if found is None:
        return text
    pattern, swaps = found
    count = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return swaps[match.group()] if strength or count % 2 else match.group()

    return pattern.sub(swap, text)


def spoken(chance: Chance, voice: Voice, bits: list[Bit], strength: int) -> list[Bit]:
    """Return the bits of one sentence as the voice writes them."""
    said = []
    small = voice.small_names > 0 and chance.maybe(voice.small_names)
    for bit in bits:
        text = bit.text
        if bit.label is None:
            text = _respelled(voice.name, text, strength)
            if voice.case == "lower":
                text = text.lower()
        elif small and bit.label.kind != "phone":
            text = text.lower()
        if voice.case == "upper":
            text = text.upper()
        said.append(Bit(text, bit.label, bit.tells))
    if voice.case == "sentence" and said and said[0].text:
        first = said[0]
        said[0] = Bit(first.text[0].upper() + first.text[1:], first.label, first.tells)
    return said


def slip(chance: Chance, bits: list[Bit]) -> None:
    """Put two neighbouring letters of one plain word the wrong way round."""
    at = int(chance.unit() * len(bits))
    bit = bits[at]
    middle = len(bit.text) // 2
    pair = bit.text[middle : middle + 2]
    if bit.label is None and len(pair) == 2 and pair.isalpha():  # noqa: PLR2004 - two letters
        bits[at] = Bit(f"{bit.text[:middle]}{pair[::-1]}{bit.text[middle + 2 :]}", None, bit.tells)
