"""Propose how a report divides into items of information: pieces that stand alone and can be graded alone."""

import re

_SENTENCE = re.compile(r"[^.!?\n;]+(?:[.!?]+(?=[^\s.!?;])[^.!?\n;]+)*[.!?]*")
_ABBREVIATION = re.compile(r"\b(?:mr|mrs|ms|dr|st|no|approx|reg|rd|ave|e\.g|i\.e|[a-z])\.$", re.IGNORECASE)
_LEANS_BACK = re.compile(
    (
        r"^(?:he|she|they|it|his|her|their|them|him|this|that|these|those|both|also he|also she|which|who|and|"
        r"but|because|so|then|same|there|sometimes|usually|always|mostly|after that|driving|wearing)\b"
    ),
    re.IGNORECASE,
)
_PLEASANTRY = re.compile(
    (
        r"^(?:hi+|hello|hiya|hey|dear .{0,20}|thanks?(?: you)?(?: very much| so much)?|thank you for .{0,40}|"
        r"cheers|please help|please (?:do something|sort (?:it|this)(?: out)?|act|look into (?:it|this))|"
        r"(?:good )?(?:morning|afternoon|evening)|to whom it may concern|i hope this helps|hope this helps|"
        r"that'?s all(?: i know)?|sorry.{0,30}|(?:i want to|i wish to|please) (?:stay|remain|keep me) "
        r"anonymous|regards|yours .{0,12}|not sure if this helps)[.!, ]*$"
    ),
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def propose_items(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` that stand alone; one that leans on the sentence before joins it."""
    items: list[str] = []
    for sentence in _sentences(text):
        if _PLEASANTRY.match(sentence):
            continue
        if items and (_LEANS_BACK.match(sentence) or len(sentence.split()) < _FEWEST_WORDS):
            items[-1] = f"{items[-1]} {sentence}"
        else:
            items.append(sentence)
    return tuple(items)


def _sentences(text: str) -> list[str]:
    sentences: list[str] = []
    for found in _SENTENCE.finditer(text):
        sentence = " ".join(found[0].split())
        if not any(c.isalnum() for c in sentence):
            continue
        if sentences and _ABBREVIATION.search(sentences[-1]):
            sentences[-1] = f"{sentences[-1]} {sentence}"
        else:
            sentences.append(sentence)
    return sentences
