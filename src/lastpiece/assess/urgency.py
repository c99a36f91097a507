"""Words that put a report at the top of the queue: a plain list, so that everybody can see why.

It orders the queue and decides nothing: a person reads every report. It is meant to be too quick rather than
too slow, and says which of its entries it found, never the teller's sentence.
"""

import re

_SOON = r"(?:going to|gonna|gunna|about to|will|wants? to|plan(?:s|ning)? to|threaten\w* to) "
_THEIR = r"(?:his|her|their|my|your|our|the)"

THREATS: tuple[tuple[str, str], ...] = (
    ("going to kill", _SOON + r"(?:kill|murder)"),
    ("going to stab", _SOON + r"(?:stab|slash|knife)"),
    ("going to shoot", _SOON + r"(?:shoot|blast)"),
    ("be killed", r"(?:be|get|getting|gets|being) (?:killed|murdered|stabbed|shot)"),
    ("kill him, her or them", r"\bkill (?:him|her|them|me|us|someone|somebody)\b"),
    ("threat to life", rf"threat(?:s|ened)? to (?:{_THEIR} )?(?:life|lives)|death threat"),
    ("held prisoner", rf"(?:held|kept|locked|trapped) (?:hostage|captive|prisoner|against {_THEIR} will)"),
    (
        "locked in",
        r"(?:locked|trapped|shut) (?:up )?in (?:a|the|that|his|her|their) (?:room|house|flat|cellar|shed|van)",
    ),
    ("kidnapped", r"kidnapp?ed|abducted"),
    ("a gun today", r"\b(?:gun|firearm|shotgun|handgun|pistol)\b.{0,40}\b(?:tonight|now|today|coming|going)\b"),
    ("acid", r"(?:throw|chuck|pour)\w* acid"),
    ("fire", rf"(?:burn|torch|petrol.?bomb|firebomb)\w* (?:down )?{_THEIR} (?:house|home|flat|door)"),
    ("bleeding or not breathing", r"\b(?:bleeding|not breathing|unconscious|overdos\w+)\b"),
    ("wants to die", r"(?:kill|hurt|harm)(?:ing)? (?:himself|herself|themselves|myself)|suicid\w+|wants? to die"),
)
"""(what the entry is called on the page, the expression that finds it)."""

_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for name, pattern in THREATS)

_CHILD = re.compile(
    r"\b(?:child(?:ren)?|kids?|(?:school|young) ?(?:boys?|girls?|lads?)|boys?|girls?|teen(?:ager)?s?|youngsters?|"
    r"(?:1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[ -]?(?:year|yr)s?[ -]?olds?|"
    r"(?:aged?|about|only|is|he's|she's) (?:1[0-7]|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)|"
    r"school uniform|runners?|minors?)\b",
    re.IGNORECASE,
)


def threats_to_life(text: str) -> tuple[str, ...]:
    """Return the names of the list's entries that `text` contains, in the list's order."""
    return tuple(name for name, pattern in _COMPILED if pattern.search(text))


def may_speak_of_a_child(text: str) -> bool:
    """Return whether `text` has a word that often means a child, so that the child comes first as a victim."""
    return _CHILD.search(text) is not None
