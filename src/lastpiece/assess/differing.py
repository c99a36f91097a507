"""Show in what words a report differs from one that was read, so that nothing it says of its own is passed over.

Words are what stands between spaces, with every sign that belongs to them: a full stop, a picture or a hidden
character makes another word. Only capitals and the spaces themselves are not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from lastpiece.values.writing import squeezed

MOST_WORDS = 12
"""So many words may be other than in the text that was read; with more of its own a report is opened and read whole."""
BESIDE = 4
"""Words shown before and behind each difference."""
_QUESTION = "\x1f"
"""Stands before an answer's name: it counts as a space, so that no answer can hold it."""
_MOST_COMPARED = 4_000
"""Words of either text; two longer ones are not compared but read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a report says something else: what is around it, what stands here, what stands in the other."""

    before: str = field(repr=False)
    here: str = field(repr=False)
    there: str = field(repr=False)
    behind: str = field(repr=False)


def said(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the words of a report, each answer led in by its name; two with equal words say the very same."""
    told: list[str] = []
    for name, text in sorted(answers.items()):
        words = squeezed(text).casefold().split(" ")
        if words != [""]:
            told += [f"{_QUESTION}{name}:", *words]
    return tuple(told)


def differences(read: tuple[str, ...], other: tuple[str, ...]) -> tuple[Difference, ...] | None:
    """Return where `other` differs from the words that were `read`; None when it must be read whole.

    Counted is the least number of words put in, left out or exchanged (Levenshtein 1966). The count stops at the limit,
    so that no text, however it is made, takes longer than a few thousandths of a second.
    """
    if max(len(read), len(other)) > _MOST_COMPARED:
        return None
    if Levenshtein.distance(read, other, score_cutoff=MOST_WORDS) > MOST_WORDS:
        return None
    return tuple(
        Difference(
            _shown(other[max(0, from_ - BESIDE) : from_]),
            _shown(other[from_:to]),
            _shown(read[start:end]),
            _shown(other[to : to + BESIDE]),
        )
        for start, end, from_, to in _places(read, other)
    )


def _places(read: tuple[str, ...], other: tuple[str, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the ends of each stretch that differs, in both texts."""
    alike = [block for block in Levenshtein.opcodes(read, other) if block.tag == "equal"]
    at, from_ = 0, 0
    for block in alike:
        if (block.src_start, block.dest_start) != (at, from_):
            yield at, block.src_start, from_, block.dest_start
        at, from_ = block.src_end, block.dest_end
    if (len(read), len(other)) != (at, from_):
        yield at, len(read), from_, len(other)


def _shown(words: tuple[str, ...]) -> str:
    return " ".join(words).replace(_QUESTION, "")
