"""Propose a 3x5x2 grade for one item of information, and say in words what each value means.

A machine proposes only what the item's own words show: first hand, or told by someone else. Everything else
stays at the defaults of an anonymous tip, and a person decides. Values as in the College of Policing's 3x5x2 report.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lastpiece.values.grade import Grade, Handling, Information, Source


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one value of a grade is called and means."""

    label: str
    meaning: str


MEANINGS: Mapping[str, Mapping[str, Meaning]] = MappingProxyType(
    {
        "source": {
            Source.RELIABLE: Meaning("1 Reliable", "Tested, believed competent, and without doubt as to authenticity."),
            Source.UNTESTED: Meaning(
                "2 Untested", "No basis yet to judge the source; every anonymous source starts here."
            ),
            Source.NOT_RELIABLE: Meaning(
                "3 Not reliable", "There are grounds to doubt the source's authenticity, trust or motive."
            ),
        },
        "information": {
            Information.DIRECT: Meaning("A Known directly", "The source saw or heard it themselves."),
            Information.INDIRECT_CORROBORATED: Meaning(
                "B Known indirectly but corroborated",
                "The source was told it, and another source or record supports it.",
            ),
            Information.INDIRECT: Meaning("C Known indirectly", "The source was told it by someone else."),
            Information.NOT_KNOWN: Meaning("D Not known", "It cannot be told how the source knows it."),
            Information.SUSPECTED_FALSE: Meaning(
                "E Suspected to be false", "Whatever the source; corroborate before any action."
            ),
        },
        "handling": {
            Handling.SHARE: Meaning(
                "P Lawful sharing permitted", "For a policing purpose, to those with a legitimate need."
            ),
            Handling.CONDITIONS: Meaning(
                "C Lawful sharing permitted with conditions", "Only as the handling conditions written with it allow."
            ),
        },
    }
)
"""Part of the grade → its values → label and meaning. One table a part: `C` is a value of two of them."""


@dataclass(frozen=True, slots=True)
class GradeProposal:
    """A proposed grade and, in words, why."""

    grade: Grade
    why: str


_ME = (
    r"\b(?:i|we)(?: have|'ve| had|'d| can| could| do)?(?: also| actually| personally| often| always| just|"
    r" both| once| never)*"
)
_DIRECT = re.compile(
    rf"{_ME} (?:saw|seen|see|seeing|watch(?:ed)?|witness(?:ed)?|notice[d]?|spotted|smell(?:ed|t)?|walked "
    rf"(?:past|in on)|look(?:ed)? out and)\b"
    rf"|{_ME} hear(?:d)? (?:him|her|them|shouting|screaming|banging|a (?:bang|scream|shot)|gun ?shots?|an? "
    rf"argument|the)\b"
    r"|\bwith my own eyes\b|\bi was (?:there|stood|standing|sat|sitting)\b|\b(?:my|our) (?:cctv|doorbell|"
    r"dash ?cam)\b|\bin front of me\b"
)
_TOLD = re.compile(
    r"\b(?:says|said|reckons?|told|tells) (?:to )?(?:me|us)\b|\b(?:my|a|his|her|our) (?:mate|friend|"
    r"neighbour|son|daughter|cousin|brother|sister|mum|dad|partner|nan|colleague)"
    r"(?:'s)? (?:said|says|reckons?|told|saw|heard|thinks?)\b|\beveryone (?:knows|says|is saying|round "
    r"here)\b|\bevery ?body (?:knows|says)\b|\bapparently\b|\brumou?rs?\b"
    r"|\bword (?:is|on the street|has it)\b|\bpeople (?:say|are saying|reckon|round here)\b|\b(?:i|"
    r"we)(?:'ve| have|'d)?(?: been| was| were) told\b|\bgot told\b|\baccording to\b"
    r"|\b(?:i|we)(?:'ve| have)?(?: also)? heard (?:that|he|she|they|it|from|there|about|of|on)\b|\bthey "
    r"(?:say|reckon)\b|\bsupposedly\b|\bit is said\b|\bmeant to be (?:selling|dealing)\b"
    r"|\bsomeone (?:said|told|posted)\b|\b(?:on|from) (?:facebook|fb|the group chat|snapchat|snap)\b"
)


def propose_grade(text: str) -> GradeProposal:
    """Propose a grade for one item from how its words say it is known."""
    low = text.lower().replace("’", "'")
    saw, told = _DIRECT.search(low) is not None, _TOLD.search(low) is not None
    if saw and told:
        why = "Part reads as seen or heard first hand and part as told by others: split it, then grade each part."
        return GradeProposal(Grade(), why)
    if saw:
        return GradeProposal(Grade(information=Information.DIRECT), "The words say it was seen or heard first hand.")
    if told:
        return GradeProposal(Grade(information=Information.INDIRECT), "The words say that someone else told it.")
    return GradeProposal(Grade(), "The words do not say how it is known; these are the defaults of an anonymous tip.")
