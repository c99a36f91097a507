"""What may be said to a teller: locked templates, whose slots take the teller's own words or one of a closed list.

Asking somebody to find something out can make them an informant in law and put them at risk, so free text
does not exist here. In the probe recorded in `docs/explanation/sanitising.md` a list of banned words let 7 of 30
tasking questions through; a locked template lets none. A question asks only what a person already knows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lastpiece.values.writing import plain, straight

PREAMBLE = (
    "You don't have to answer. Please don't try to find anything out. Don't put yourself at risk. "
    "If anyone is in danger now, call 999."
)
"""Stands before every question."""

LONGEST = 200
"""Characters of a filled question, the preamble aside."""

LONGEST_SLOT_WORDS = 8

YOUNG_CHANNEL = "young"
"""What a report that came by the young people's door says of its channel; child rules hold for all that follows it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A message nobody can change.

    Attributes:
        id: How the desk refers to it.
        name: What the desk's list calls it.
        text: The words; `{name}` is a slot.
        slots: The names of the slots that quote the teller, with what to put in each, in words.
        is_question: Whether it asks something, and so carries the preamble.
        for_children: Whether it may go to a child, or to a teller who may be one.
        choices: For each slot that quotes nobody, the keys to choose from and the sentence that each stands for.
    """

    id: str
    name: str
    text: str = field(repr=False)
    slots: Mapping[str, str]
    is_question: bool
    for_children: bool
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))


DONE: Mapping[str, str] = MappingProxyType(
    {
        "arrests": "the police took people in.",
        "warrants": "the police went into a place and searched it.",
        "safeguarded_adult": "a grown-up is safer now.",
        "safeguarded_child": "a child is safer now.",
        "visits": "people went to homes to keep those who live there safe.",
        "schools": "people went to schools to talk about it.",
        "drugs": "the police took drugs off the streets.",
        "cash": "the police took money made from crime.",
        "weapons_seized": "the police took weapons off the streets.",
        "weapons_surrendered": "people gave up weapons.",
    }
)
"""What was done, by the kinds of outcome that results are counted in: never where, when, how many or to whom."""

_ALL = (
    Template(
        "helped",
        "Your piece helped",
        (
            "Thank you. What you told us helped. We can't say how, to keep everyone safe. There is nothing more "
            "you need to do."
        ),
        MappingProxyType({}),
        is_question=False,
        for_children=True,
    ),
    Template(
        "done",
        "What was done",
        (
            "Thank you. You and others told us things. Since then, {done} We can't say more, to keep everyone safe. "
            "There is nothing more you need to do."
        ),
        MappingProxyType({}),
        is_question=False,
        for_children=False,
        choices=MappingProxyType({"done": DONE}),
    ),
    Template(
        "remember",
        "Do you remember any more?",
        "You wrote “{words}”. Do you already remember any more of it? One letter or number helps.",
        MappingProxyType({"words": "a few words copied from the report"}),
        is_question=True,
        for_children=False,
    ),
    Template(
        "danger",
        "Is anyone in danger?",
        "Are you safe? Is anyone in danger now, as far as you already know?",
        MappingProxyType({}),
        is_question=True,
        for_children=True,
    ),
    Template(
        "where",
        "Where is it?",
        "Where is it, if you already know?",
        MappingProxyType({}),
        is_question=True,
        for_children=True,
    ),
)

TEMPLATES: Mapping[str, Template] = MappingProxyType({template.id: template for template in _ALL})
"""Every template by its id."""


class QuestionRefusedError(ValueError):
    """A message may not be sent; the sentence says why and holds no word of the report."""


_AGES = "five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_NOT_AN_AGE = r"\b(?! (?:of|miles?|minutes?|mins?|hours?|days?|doors?|weeks?|months?|stone|foot|feet|ft|people)\b)"
_CHILD = re.compile(
    "|".join(
        (
            rf"\b(?:i'?m|i am|im|aged?) (?:only |just )?(?:[5-9]|1[0-7]){_NOT_AN_AGE}",
            rf"\b(?:i'?m|i am|im) (?:only |just )?(?:{_AGES}){_NOT_AN_AGE}",
            r"\bi'?m in (?:(?:year|yr) ?\d|reception\b|primary\b|infants?\b|juniors?\b)",
            r"\bi go to (?:[\w']+ ){0,3}(?:primary|infants?|junior|secondary|high) school\b",
            r"\b(?:in|at) my (?:year|class|form|school)\b",
            r"\bmy (?:teacher|form tutor|head of year|headteacher|school|homework|mum and dad|mummy|daddy)\b",
            r"\b(?:year|yr) (?:[1-9]|1[0-3]) at my\b",
            r"\bkids? in my (?:year|class)\b",
            r"\bi'?m (?:a (?:kid|child|teenager|pupil)|still at school|too young)\b",
            r"\bunder (?:16|18) myself\b",
        )
    )
)
"""Words by which a teller shows that they are a child, also one younger than the young people's door is for."""

_TASKING = re.compile(
    r"\b(?:find out|get|check|look|watch|follow|ask|speak|talk|go|visit|call|message|text|add|join|stay|"
    r"keep|log|diary|note|record|film|photo|buy|meet|count|listen|wait|try|next time|"
    r"from now on|this week|when he|if you see|let us know|keep an eye|can you|could you|please)\b"
)
_RELATIONSHIP = re.compile(r"\b(?:my|our|me|us|i|i'm|mine)\b")


def suggests_child(text: str) -> bool:
    """Return whether the words of a report suggest that a child wrote it; then child rules hold."""
    return _CHILD.search(plain(text)) is not None


def fill(template_id: str, slots: Mapping[str, str], reporter_text: str, *, child: bool = False) -> str:
    """Return the message to send.

    Args:
        template_id: A key of `TEMPLATES`.
        slots: The words for each slot that quotes, the key for each slot that offers a choice.
        reporter_text: All that this teller wrote; slots that quote may hold nothing else.
        child: Whether the teller is known to be a child. A text that suggests one counts too.

    Raises:
        QuestionRefusedError: unknown template or slot, words that are not the teller's own or that ask for
            something, a template that may not go to a child, or a question that is too long.
    """
    template = TEMPLATES.get(template_id)
    if template is None:
        raise QuestionRefusedError("There is no such message; choose one from the list.")
    if (child or suggests_child(reporter_text)) and not template.for_children:
        raise QuestionRefusedError("The teller may be a child. This question may not be put to a child.")
    if set(slots) != {*template.slots, *template.choices}:
        raise QuestionRefusedError("Fill every slot of the message, and nothing else.")
    chosen = {
        name: _chosen(words, template.choices[name]) if name in template.choices else _own_words(words, reporter_text)
        for name, words in slots.items()
    }
    text = template.text.format(**chosen)
    if template.is_question and len(text) > LONGEST:
        raise QuestionRefusedError(f"The question is longer than {LONGEST} characters; quote fewer words.")
    return f"{PREAMBLE}\n\n{text}" if template.is_question else text


def _chosen(key: str, offered: Mapping[str, str]) -> str:
    if key not in offered:
        raise QuestionRefusedError("Choose one from the list.")
    return offered[key]


def _own_words(words: str, reporter_text: str) -> str:
    """Return the words as the teller wrote them, whatever capitals and spaces the desk typed."""
    pieces = straight(words).split()
    if not pieces or len(pieces) > LONGEST_SLOT_WORDS:
        raise QuestionRefusedError(f"Quote between one and {LONGEST_SLOT_WORDS} of the teller's words.")
    quoted = r"\s+".join(re.escape(piece) for piece in pieces)
    found = re.search(rf"(?<!\w){quoted}(?!\w)", straight(reporter_text), re.IGNORECASE)
    if not found or not any(c.isalnum() for c in found[0]):
        raise QuestionRefusedError("The slot holds words that the teller did not write; quote the report exactly.")
    low = plain(found[0])
    if _TASKING.search(low):
        raise QuestionRefusedError("The quoted words could read as a request; quote fewer words.")
    if _RELATIONSHIP.search(low):
        raise QuestionRefusedError("The quoted words speak of the teller; quote others.")
    return " ".join(reporter_text[found.start() : found.end()].split())
