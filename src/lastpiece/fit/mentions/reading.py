"""A text made ready once for all recognisers: same length, so that every offset stays true."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lastpiece.values.writing import straight

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_FIGURE = re.compile(r"[0-9]")
_SENTENCE_END = re.compile(r"[.!?\n]")
_NO_CAPITALS_BELOW, _ALL_CAPITALS_ABOVE = 0.005, 0.6
_LETTERS_TO_JUDGE = 12


class Word:
    """A word of the text: where it stands, as written, in lower case, and without a possessive ending.

    A plain class: a text has dozens of these, and a frozen dataclass takes three times as long to make.
    """

    __slots__ = ("end", "low", "start", "stem", "stop", "text")

    def __init__(self, start: int, end: int, text: str, low: str) -> None:
        self.start, self.end, self.text, self.low = start, end, text, low
        self.stem, self.stop = low, end
        if "'" in low:
            for ending in ("'s", "'"):
                if low.endswith(ending):
                    self.stem, self.stop = low.removesuffix(ending), end - len(ending)
                    break


@dataclass(frozen=True)
class Reading:
    """A text with what every recogniser needs of it.

    Attributes:
        text: The text as written.
        clean: The same with straight quotes and plain spaces; same length.
        low: The same in lower case; same length.
    """

    text: str = field(repr=False)
    clean: str = field(repr=False)
    low: str = field(repr=False)

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Make `text` ready."""
        clean = straight(text)
        low = clean.lower()
        if len(low) != len(clean):  # a few letters (İ) grow in lower case; then go letter by letter
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in clean)
        return cls(text, clean, low)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order, apostrophes inside a word kept."""
        return tuple(Word(m.start(), m.end(), m[0], self.low[m.start() : m.end()]) for m in _WORD.finditer(self.clean))

    @cached_property
    def starts(self) -> dict[int, int]:
        """The number of the word that starts at each offset."""
        return {word.start: i for i, word in enumerate(self.words)}

    @cached_property
    def cased(self) -> bool:
        """Whether capitals carry meaning: neither all capitals nor none."""
        letters, capitals = self._letters
        if letters < _LETTERS_TO_JUDGE:
            return 0 < capitals < letters
        return _NO_CAPITALS_BELOW < capitals / letters < _ALL_CAPITALS_ABOVE

    @cached_property
    def shouted(self) -> bool:
        """Whether the text is written in capitals throughout."""
        letters, capitals = self._letters
        return letters > 0 and capitals / letters >= _ALL_CAPITALS_ABOVE

    @cached_property
    def _letters(self) -> tuple[int, int]:
        """How many letters, and how many of them capitals."""
        return sum(map(str.isalpha, self.clean)), sum(map(str.isupper, self.clean))

    def before(self, start: int, length: int = 40) -> str:
        """Return the lower-case text up to `length` characters before `start`."""
        return self.low[max(0, start - length) : start]

    def after(self, end: int, length: int = 40) -> str:
        """Return the lower-case text up to `length` characters after `end`."""
        return self.low[end : end + length]

    def around(self, start: int, end: int, length: int = 60) -> str:
        """Return the lower-case text around a span, the span itself left out."""
        return f"{self.before(start, length)} | {self.after(end, length)}"

    def opens_sentence(self, start: int) -> bool:
        """Return whether nothing but space or quotes stands between `start` and the sentence's beginning."""
        before = self.clean[max(0, start - 6) : start].rstrip(" \"'(-")
        return not before or bool(_SENTENCE_END.match(before[-1])) if start else True

    def whole(self, start: int, end: int) -> bool:
        """Return whether the span neither begins nor ends inside a word."""
        return not (start and self.low[start - 1].isalnum()) and not (end < len(self.low) and self.low[end].isalnum())

    @cached_property
    def figures(self) -> bool:
        """Whether the text has a figure in it; many recognisers need one."""
        return _FIGURE.search(self.low) is not None

    def at_words(
        self, pattern: re.Pattern[str], first: Container[str], *, figures: bool = False
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` that begin at one of the words `first`, or with a figure (`figures`).

        Long patterns tried at every letter would cost most of the time.
        """
        reached = 0
        for word in self.words:
            if word.start >= reached and (word.low in first or (figures and word.low[0].isdigit())):
                found = pattern.match(self.low, word.start)
                if found and found.end() > found.start():
                    reached = found.end()
                    yield found

    def spans(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of `pattern` in the lower-case text."""
        return pattern.finditer(self.low)
