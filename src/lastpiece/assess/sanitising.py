"""Find what would tell an offender who reported, and propose a text without it.

Removing a name is not enough: knowledge that only one person could have gives that person away. Crimestoppers'
own example is a gun "under his pillow", which only somebody who shares the bed can know. A person always
reads and changes what is proposed here; the proposal errs towards leaving out.
"""

import re
from dataclasses import dataclass, field

from lastpiece.assess.revealing import RULES, Rule
from lastpiece.values.writing import straight


@dataclass(frozen=True, slots=True)
class IdentifyingSpan:
    """Words that may identify the teller: where, which kind, and why."""

    start: int
    end: int
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class SanitisedProposal:
    """A proposed text and, one sentence each, what was generalised or left out."""

    text: str = field(repr=False)
    generalised: tuple[str, ...]


_LEAD_IN = re.compile(
    r"(?:^|(?<=[.!?] ))(?:(?:so|well|ok|basically|also|and|but|just to say|just wanted to say|to let you know) )*"
    r"(?:(?:i|we)(?: have|'ve| had|'d| can| could| just| also| often| always| regularly| personally| "
    r"actually| really| am|'m| want to| would like to| wanted to| need to| wish to)*"
    r" (?:see|saw|seen|watch(?:ed)?|witness(?:ed)?|noticed?|spotted|think|thought|believe|reckon|know|"
    r"heard?|suspect|report|say|sure|certain|aware|told|pretty sure|reporting)"
    r"(?: for a fact| for sure| about| of| out)?(?: that| how)?) (?!(?:him|her|them)\b)",
    re.IGNORECASE,
)
_ME = re.compile(
    r"(?<![\w'])(?:i|i'm|i've|i'd|i'll|im|ive|me|my|mine|myself|we|we're|we've|us|our|ours)(?![\w'])", re.IGNORECASE
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]+)*[.!?]*\s*")
_LEFTOVERS = (
    (re.compile(r"(?<!\s)\s+([,.;!?])"), r"\1"),
    (re.compile(r"\s{2,}"), " "),
    (re.compile(r"(?:,\s*)+([,.;!?])"), r"\1"),
    (re.compile(r"^[\s,;]+|[\s,;]+$"), ""),
    (re.compile(r"\(\s*\)"), ""),
)
_FEWEST_WORDS = 3
_OF_THE_TELLER = "It speaks of the teller. Say it without them, or leave it out."


def identifying_spans(text: str) -> tuple[IdentifyingSpan, ...]:
    """Return the spans that may identify the teller, in order, without overlaps; offsets are code points."""
    return tuple(IdentifyingSpan(start, end, rule.kind, rule.why) for start, end, rule in _found(text))


def speaking_of_the_teller(text: str) -> tuple[IdentifyingSpan, ...]:
    """Return what `propose_sanitised` leaves out because it speaks in the first person, in order.

    That is a whole sentence, or its first-person words where other spans of it are identifying already.
    """
    marked = [(start, end) for start, end, _ in _found(text)]
    spans: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(straight(text)):
        start, end = sentence.start(), sentence.start() + len(sentence[0].rstrip())
        inside = [(a, b) for a, b in marked if a < end and b > start]
        bare = _impersonal(_tidied(straight(text)[start:end]))
        if not inside and _ME.search(bare):
            spans.append((start, end))
        elif inside:
            words = (match.span() for match in _ME.finditer(straight(text), start, end))
            spans += [(a, b) for a, b in words if not any(a < d and b > c for c, d in inside)]
    return tuple(IdentifyingSpan(start, end, "first person", _OF_THE_TELLER) for start, end in spans)


def propose_sanitised(text: str) -> SanitisedProposal:
    """Propose a text without what identifies the teller.

    Identifying spans are generalised or dropped, "I saw that" and the like become plain statements, and a
    sentence that still speaks in the first person is left out whole.
    """
    pieces, reached, told = [], 0, []
    for start, end, rule in _found(text):
        pieces += [text[reached:start], rule.instead]
        reached = end
        told.append(rule.generalised)
    rewritten = straight("".join(pieces) + text[reached:])
    kept = []
    for sentence in _SENTENCE.findall(rewritten):
        bare = _impersonal(_tidied(sentence))
        if _ME.search(bare):
            told.append("A sentence that speaks of the reporter was left out.")
        elif len(re.findall(r"\w+", bare)) >= _FEWEST_WORDS:
            kept.append(bare)
    return SanitisedProposal(" ".join(kept), tuple(dict.fromkeys(told)))


def _found(text: str) -> list[tuple[int, int, Rule]]:
    low = straight(text).lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in straight(text))
    found = [(m.start(), m.end(), rule) for rule in RULES for m in rule.pattern.finditer(low) if m.end() > m.start()]
    kept: list[tuple[int, int, Rule]] = []
    for start, end, rule in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if kept and start < kept[-1][1]:
            if end > kept[-1][1]:  # a second reason runs on from the first: mark both as one
                kept[-1] = (kept[-1][0], end, kept[-1][2])
            continue
        kept.append((start, end, rule))
    return kept


def _impersonal(sentence: str) -> str:
    bare = _LEAD_IN.sub("", sentence, count=1)
    return bare[:1].upper() + bare[1:]


def _tidied(sentence: str) -> str:
    for pattern, replacement in _LEFTOVERS:
        sentence = pattern.sub(replacement, sentence)
    return sentence.strip()
