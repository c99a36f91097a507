"""Notice that a text may speak of a child, or of harm to one: the child is a possible victim first."""

import re
from dataclasses import dataclass

from lastpiece.values.writing import same_length_lower, straight

_CHILD = re.compile(
    r"\b(?:child(?:ren)?|kids?|boys?|girls?|teen(?:ager)?s?|youngsters?|minors?|school ?(?:boy|girl|kid)s?|runners?|"
    r"(?:1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[ -]?(?:years?|yrs?)[ -]?olds?|"
    r"(?:[1-9]|four|five|six|seven|eight|nine)[ -]?(?:years?|yrs?)[ -]?olds?|(?:[1-9]|1[0-7]) ?y/?o|"
    r"(?:aged?|about|only|is|he's|she's) (?:1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)|"
    r"(?:aged|he's|she's|(?:he|she) (?:is|was)(?: only| just| about)?) "
    r"(?:[1-9]|four|five|six|seven|eight|nine)"
    r"(?! ?(?:foot|feet|ft|stone|out|of|months|or|times|to|am|pm|weeks|[:.]\d))|"
    r"(?:little|small|young|younger|baby|kid) (?:brother|sister|cousin|son|daughter|nephew|niece|lad|lass|one)s?|"
    r"bab(?:y|ies)|toddlers?|(?:primary|infant|junior) school|year (?:[1-9]|1[01])|"
    r"(?:in )?(?:a )?school uniform)\b",
    re.IGNORECASE,
)


def may_speak_of_a_child(text: str) -> bool:
    """Return whether `text` has a word that often means a child; it proposes, a person decides."""
    return _CHILD.search(text) is not None


def words_for_a_child(text: str) -> tuple[tuple[int, int], ...]:
    """Return where `text` has words that often mean a child; offsets are code points."""
    return tuple(found.span() for found in _CHILD.finditer(text))


@dataclass(frozen=True, slots=True)
class HarmSign:
    """Where a text speaks of harm to a child, and why that was thought."""

    start: int
    end: int
    why: str


_HURT = (
    r"(?:hit(?:s|ting)?|beat(?:s|ing|en)?|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped|ping)?|"
    r"burn(?:s|t|ed|ing)?|chok(?:es|ed|ing)|strangl(?:es|ed|ing)|hurt(?:s|ing)?|batter(?:s|ed|ing)|stabb?(?:s|ed|ing)?)"
)
_THEM = (
    r"(?:me|him|her|them|us|my (?:little |big )?(?:brother|sister|friend|mate|cousin)|"
    r"(?:the|a|his|her|their) (?:little |young |small )?(?:kids?|child|children|baby|boy|girl|son|daughter))"
)
_LISTED: tuple[tuple[tuple[str, ...], str], ...] = (
    ((rf"\b{_HURT} (?:on )?{_THEM}\b",), "somebody is said to hit or hurt a child"),
    (
        (rf"\b(?:is|are|was|were|am|i'm|'s|being|been|gets?|got|getting) (?:being )?{_HURT}\b",),
        "a child is said to be hurt",
    ),
    (
        (
            r"\btouch(?:es|ed|ing)? (?:me|him|her|them|my (?:private|body|bum|chest))\b",
            r"\b(?:rap(?:e|ed|es|ing)|molest(?:s|ed|ing)?|sexual(?:ly)?|sex with|nudes?)\b",
            r"\bnaked (?:pictures?|photos?|pics?)\b",
            r"\babus(?:e|ed|es|ing) (?:me|him|her|them|my)\b|\b(?:being|been|is|was|gets?) abused\b",
            r"\btakes? my clothes off\b|\bundress",
        ),
        "sexual harm or abuse is spoken of",
    ),
    (
        (
            (
                rf"\b(?:makes?|made|making|forc(?:e|es|ed|ing)) {_THEM} (?:to )?(?:carry|sell|hold|deliver|take|run|"
                r"go|do|steal|hide)(?:ing)?\b"
            ),
        ),
        "a child is said to be made to carry or do something",
    ),
    (
        (
            (
                r"\b(?:carry|hold|hid|hide|deliver|sell)(?:ing)? (?:the |some |his |her |their )?(?:drugs|weed|coke|"
                r"crack|packages?|stuff|food|bag|knife|gun|money) for (?:him|her|them|a man|my)\b"
            ),
            r"\b(?:owes?|paying off|work(?:ing)? off) (?:him|her|them|a debt|the debt|money)\b|\bdebt bondage\b",
            r"\bstuff(?:ed|ing)? (?:drugs|it) (?:up|inside)\b",
        ),
        "a child is said to carry or owe for somebody",
    ),
    (
        (
            r"\b(?:scared|frightened|terrified|afraid) (?:of (?:him|her|them|my)|to (?:go home|be|tell))\b",
            r"\b(?:scared|frightened|terrified|afraid) (?:of )?what (?:he|she|they)\b",
            r"\bdon't feel safe\b|\bnot safe (?:at home|there|here)\b|\blocks? (?:me|him|her|them) in\b",
            r"\b(?:can't|cannot|not allowed to|won't let (?:me|him|her|them)) (?:leave|go home|eat|sleep)\b",
            r"\bhungry all the time\b|\bnothing to eat\b",
        ),
        "a child is said to be afraid, kept in or without food",
    ),
    (
        (
            r"\b(?:cut|hurt|kill)(?:ting|ing)? (?:my|him|her)self\b|\bself[- ]?harm(?:ing)?\b|\bend it all\b",
            r"\b(?:wants?|wanna|going to) (?:to )?die\b|\bdon't want to (?:live|be here)\b",
        ),
        "a child may hurt themselves",
    ),
    (
        (
            (
                r"\b(?:said|says|told (?:me|him|her)) (?:he|she|they)(?:'ll| will|'d| would|'s going to| are going to) "
                r"(?:kill|hurt|hit|beat|stab|get|batter) (?:me|him|her|us|my \w+)\b"
            ),
            r"\bthreaten(?:s|ed|ing)? (?:me|him|her|us|my \w+)\b",
        ),
        "a child is said to be threatened",
    ),
    (
        (
            r"\bforced marriage\b|\bmarry (?:him|someone|a man) (?:abroad|back home)\b|\bfgm\b|\bcut down there\b",
            r"\b(?:hit|beaten) with (?:a|the) (?:belt|stick|slipper|cable)\b",
        ),
        "forced marriage, cutting or beating is spoken of",
    ),
)
_HARM = tuple((re.compile("|".join(patterns)), why) for patterns, why in _LISTED)
_SENTENCE = re.compile(r"[^.!?\n]+")


def harm_signs(text: str, *, teller_is_child: bool) -> tuple[HarmSign, ...]:
    """Return where `text` speaks of harm to a child, in order, without overlaps; offsets are code points.

    What a child tells of harm counts wherever it stands; what anybody else tells counts in a sentence that also has a
    word for a child. It is a list of cues that calls a person, not a judgement, and may be wrong both ways.
    """
    low = same_length_lower(straight(text))
    found = [
        HarmSign(sentence.start() + match.start(), sentence.start() + match.end(), why)
        for sentence in _SENTENCE.finditer(low)
        if teller_is_child or may_speak_of_a_child(sentence[0])
        for cue, why in _HARM
        for match in cue.finditer(sentence[0])
    ]
    kept: list[HarmSign] = []
    for sign in sorted(found, key=lambda sign: (sign.start, -sign.end)):
        if not kept or sign.start >= kept[-1].end:
            kept.append(sign)
    return tuple(kept)
