"""Lays sentences out as one text and counts where everything is."""

from dataclasses import dataclass, field

from lastpiece.world.chance import Chance
from lastpiece.world.grammar import Bit, Label
from lastpiece.world.voices import Voice, slip, spoken


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span of a report's text; offsets count code points."""

    start: int
    end: int
    text: str = field(repr=False)
    label: Label = field(repr=False)


@dataclass(frozen=True, slots=True)
class Span:
    """A span that would tell an offender who reported, with why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Bits that make one sentence, and the form field they would answer."""

    asked: str
    bits: list[Bit] = field(repr=False)


class Sheet:
    """A text with everything that lies in it: `text`, `fields`, `mentions`, `identifying`."""

    def __init__(self, chance: Chance, voice: Voice, sentences: list[Sentence]) -> None:
        self.fields: dict[str, tuple[int, int]] = {}
        self.mentions: list[Mention] = []
        self.identifying: list[Span] = []
        self._parts: list[str] = []
        self._length = 0
        strength = chance.between(0, 1)
        slips = chance.maybe(voice.slips)
        for at, sentence in enumerate(sentences):
            bits = spoken(chance, voice, sentence.bits, strength)
            if slips and at == 0:
                slip(chance, bits)
            last = at + 1 == len(sentences) or sentences[at + 1].asked != sentence.asked
            start = self.fields.get(sentence.asked, (self._length, 0))[0]
            for bit in bits:
                self._write(bit)
            self._put(chance.pick(voice.ends).rstrip() if last else chance.pick(voice.ends))
            self.fields[sentence.asked] = (start, self._length)
            if last and at + 1 < len(sentences):
                self._put("\n")
        self.text = "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _write(self, bit: Bit) -> None:
        if bit.label is None and (not self._parts or self._parts[-1][-1:] in {" ", "\n", ""}):
            bit = Bit(bit.text.lstrip(" "), None, bit.tells)
        start = self._length
        self._put(bit.text)
        if bit.label:
            self.mentions.append(Mention(start, self._length, bit.text, bit.label))
        if bit.tells and bit.text:
            before = self.identifying[-1] if self.identifying else None
            if before and before.end == start and before.why == bit.tells:
                self.identifying[-1] = Span(before.start, self._length, bit.tells)
            else:
                self.identifying.append(Span(start, self._length, bit.tells))
