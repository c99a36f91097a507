"""Sentences that carry a sign of a threat to life, of harm or of a child, and whether what is proposed keeps them.

Proposed items are rewritten to hide who told: a sentence about the teller's own family goes whole, and the child in it
with it. So every sentence with a sign is either found again in a proposed item, its signs with it, or handed to the
assessor as left out. What cannot be found again counts as left out: the list may be too long, never too short.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lastpiece.assess.children import harm_signs, may_speak_of_a_child, words_for_a_child
from lastpiece.assess.questions import suggests_child
from lastpiece.assess.sanitising import propose_sanitised
from lastpiece.assess.sentences import sentence_spans
from lastpiece.assess.triage import threat_to_life

A_CHILD = "a child is spoken of"
_STOPS = re.compile(r"[\s.,;!?]+")


@dataclass(frozen=True, slots=True)
class Signed:
    """A sentence of a report with a sign in it, and why each sign was thought."""

    text: str = field(repr=False)
    why: tuple[str, ...]


def signed_sentences(text: str, *, teller_is_child: bool = False) -> tuple[Signed, ...]:
    """Return the sentences of `text` that carry a sign, in order.

    Where a child told it or is spoken of anywhere in it, words of harm count in every sentence: "She is 12." may stand
    far from "He hits her.".
    """
    child = teller_is_child or suggests_child(text) or may_speak_of_a_child(text)
    marks = _marks(text, child=child)
    found = []
    for start, end in sentence_spans(text):
        why = dict.fromkeys(why for at, until, why in marks if at < end and until > start)
        if why:
            found.append(Signed(" ".join(text[start:end].split()), tuple(why)))
    return tuple(found)


def left_out(signed: Iterable[Signed], proposed: Sequence[str]) -> tuple[Signed, ...]:
    """Return the sentences of which no proposed text keeps the words and every sign.

    Args:
        signed: The sentences, as the teller wrote them.
        proposed: The proposed texts, sanitised.
    """
    texts = [_plain(text) for text in proposed]
    return tuple(sentence for sentence in signed if not _kept(sentence, texts))


def unsaid(signed: Iterable[Signed], written: Sequence[str]) -> tuple[Signed, ...]:
    """Return the sentences with a sign of a sort that no written item carries; its words may be quite others."""
    said = {why for text in written for why in _why(text, child=True)}
    return tuple(sentence for sentence in signed if not said.issuperset(sentence.why))


def _kept(sentence: Signed, proposed: Sequence[str]) -> bool:
    bare = propose_sanitised(sentence.text).text
    words = _plain(bare)
    return (
        bool(words)
        and _why(bare, child=True) >= set(sentence.why)
        and any(f" {words} " in f" {text} " for text in proposed)
    )


def _why(text: str, *, child: bool) -> set[str]:
    return {why for _, _, why in _marks(text, child=child)}


def _marks(text: str, *, child: bool) -> list[tuple[int, int, str]]:
    marks = [(sign.start, sign.end, sign.why) for sign in threat_to_life(text)]
    marks += [(sign.start, sign.end, sign.why) for sign in harm_signs(text, teller_is_child=child)]
    return [*marks, *((start, end, A_CHILD) for start, end in words_for_a_child(text))]


def _plain(text: str) -> str:
    """Return the words alone: stops and capitals change where sentences are joined."""
    return _STOPS.sub(" ", text).strip().casefold()
