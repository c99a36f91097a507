"""A small grammar that writes text and knows what every letter of it is.

A phrase file holds rules: a line `# name` and below it one alternative a line. Inside an alternative, `[a|b|]`
chooses, `{slot}` asks the scene for words (or is another rule), `{=kind:words}` is a mention written out, and
`<kind: …>` marks words that would tell an offender who reported. Writing yields pieces, so offsets are counted,
never searched for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from lastpiece.world.chance import Chance
from lastpiece.world.wordlists import text_of

_OPENERS = frozenset("[{<")


@dataclass(frozen=True, slots=True)
class Label:
    """What a mention is: its kind and norm as extraction should find them, and which entity it speaks of."""

    kind: str
    value: str | None
    partial: bool = False
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Bit:
    """A run of text: a mention with its label, or plain words; `tells` names what they give away of the teller."""

    text: str
    label: Label | None = None
    tells: str | None = None


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Marked:
    kind: str
    inner: "_Node"


_Node = tuple["str | _Slot | _Choice | _Marked", ...]
Rules = Mapping[str, tuple[_Node, ...]]
Fill = Callable[[str], "Sequence[Bit] | str"]


class PhraseBroken(Exception):
    """A phrase file holds an alternative that cannot be read."""


class _Reader:
    """Reads one alternative from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def node(self, stops: str = "") -> _Node:
        parts: list[str | _Slot | _Choice | _Marked] = []
        run = ""
        while self._at < len(self._text) and self._text[self._at] not in stops:
            mark = self._text[self._at]
            self._at += 1
            if mark not in _OPENERS:
                run += mark
                continue
            if run:
                parts.append(run)
                run = ""
            parts.append(self._choice() if mark == "[" else self._slot() if mark == "{" else self._marked())
        if run:
            parts.append(run)
        return tuple(parts)

    def _close(self, mark: str) -> None:
        if self._text[self._at : self._at + 1] != mark:
            raise PhraseBroken(f"“{self._text}” lacks a {mark}.")
        self._at += 1

    def _choice(self) -> _Choice:
        options = [self.node("|]")]
        while self._text[self._at : self._at + 1] == "|":
            self._at += 1
            options.append(self.node("|]"))
        self._close("]")
        return _Choice(tuple(options))

    def _slot(self) -> _Slot:
        end = self._text.find("}", self._at)
        name = self._text[self._at : end]
        self._at = end
        self._close("}")
        return _Slot(name)

    def _marked(self) -> _Marked:
        kind, _, rest = self._text[self._at :].partition(":")
        self._at += len(kind) + 1 + (len(rest) - len(rest.lstrip(" ")))
        inner = self.node(">")
        self._close(">")
        return _Marked(kind, inner)


def parse(text: str) -> dict[str, tuple[_Node, ...]]:
    """Return the rules of a phrase file's text.

    Raises:
        PhraseBroken: an alternative lacks a closing mark, or stands before the first rule.
    """
    rules: dict[str, list[_Node]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("# "):
            name = line[2:].strip()
        elif line.strip():
            if not name:
                raise PhraseBroken(f"“{line}” stands before the first rule.")
            rules.setdefault(name, []).append(_Reader(line.strip()).node())
    return {rule: tuple(options) for rule, options in rules.items()}


@cache
def phrase_book() -> Rules:
    """Return the rules of all phrase files that ship."""
    merged: dict[str, tuple[_Node, ...]] = {}
    for name in ("claims", "details", "voices", "quarrels"):
        merged.update(parse(text_of(f"phrases/{name}.txt")))
    return merged


def _named(slot: str, tells: str | None) -> Bit:
    """Return the mention that `=kind:words` writes out."""
    kind, _, text = slot[1:].partition(":")
    return Bit(text, Label(kind, None), tells)


class Writer:
    """Writes rules of the phrase book as bits; `fill` answers the slots that are not rules."""

    __slots__ = ("_bits", "_chance", "_fill", "_rules", "_tells")

    def __init__(self, chance: Chance, fill: Fill) -> None:
        self._rules = phrase_book()
        self._chance = chance
        self._fill = fill
        self._bits: list[Bit] = []
        self._tells: str | None = None

    def write(self, rule: str) -> list[Bit]:
        """Return one way to say the rule, without a full stop."""
        self._bits = []
        self._put(self._chance.pick(self._rules[rule]))
        return self._bits

    def _put(self, node: _Node) -> None:
        for part in node:
            if isinstance(part, str):
                self._bits.append(Bit(part, None, self._tells))
            elif isinstance(part, _Slot):
                self._answer(part.name)
            elif isinstance(part, _Choice):
                self._put(self._chance.pick(part.options))
            else:
                self._tells = part.kind
                self._put(part.inner)
                self._tells = None

    def _answer(self, name: str) -> None:
        if name in self._rules:
            self._put(self._chance.pick(self._rules[name]))
            return
        if name.startswith("="):
            self._bits.append(_named(name, self._tells))
            return
        answer = self._fill(name)
        if isinstance(answer, str):
            self._bits.append(Bit(answer, None, self._tells))
        else:
            self._bits.extend(Bit(bit.text, bit.label, self._tells) for bit in answer)
