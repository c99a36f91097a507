"""Lists of words: read from `lists/`, and looked up in one pass over the text (Aho and Corasick 1975)."""

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import cast

import ahocorasick

from lastpiece.fit.mentions.reading import Reading


def vocabulary(name: str) -> frozenset[str]:
    """Return the words of `lists/{name}.txt`."""
    text = resources.files("lastpiece.fit.mentions").joinpath("lists", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


class Lexicon:
    """A set of plain words and phrases that finds its longest whole-word hits in a reading."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._automaton: ahocorasick.Automaton | None = None

    def hits(self, reading: Reading) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, phrase) for each whole-word hit that no longer one covers, in order."""
        found = []
        for last, word in cast("Iterator[tuple[int, str]]", self._built().iter(reading.low)):
            start = last - len(word) + 1
            if reading.whole(start, last + 1):
                found.append((start, last + 1, word))
        reached = 0
        for start, end, word in sorted(found, key=lambda hit: (hit[0], -hit[1])):
            if start >= reached:
                reached = end
                yield start, end, word

    def _built(self) -> ahocorasick.Automaton:
        if self._automaton is None:
            automaton = ahocorasick.Automaton()
            for word in self._words:
                automaton.add_word(word, word)
            automaton.make_automaton()
            self._automaton = automaton
        return self._automaton
