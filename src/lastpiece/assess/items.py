"""Propose how a report divides into items of information: pieces that stand alone and can be graded alone."""

import re

from lastpiece.assess.sentences import sentences
from lastpiece.assess.signs import signed_sentences

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
    """Return the sentences of `text` that stand alone; one that leans on the sentence before joins it.

    Joined sentences stay sentences: whoever sanitises an item leaves out a sentence that speaks of the teller, and must
    not take the next one with it. Thanks and greetings are dropped, unless they carry a sign of harm.
    """
    items: list[str] = []
    for sentence in sentences(text):
        if _PLEASANTRY.match(sentence) and not signed_sentences(sentence, teller_is_child=True):
            continue
        if items and (_LEANS_BACK.match(sentence) or len(sentence.split()) < _FEWEST_WORDS):
            stop = "" if items[-1].endswith((".", "!", "?")) else "."
            items[-1] = f"{items[-1]}{stop} {sentence}"
        else:
            items.append(sentence)
    return tuple(items)
