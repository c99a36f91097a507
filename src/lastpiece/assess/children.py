"""Notice that an item may speak of a child, so that the child is put down as a possible victim first."""

import re

_CHILD = re.compile(
    r"\b(?:child(?:ren)?|kids?|boys?|girls?|teen(?:ager)?s?|youngsters?|minors?|school ?(?:boy|girl|kid)s?|runners?|"
    r"(?:1[0-7]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)[ -]?(?:years?|yrs?)[ -]?olds?|"
    r"(?:aged?|about|only|is|he's|she's) (?:1[0-7]|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)|"
    r"(?:in )?(?:a )?school uniform)\b",
    re.IGNORECASE,
)


def may_speak_of_a_child(text: str) -> bool:
    """Return whether `text` has a word that often means a child; it proposes, a person decides."""
    return _CHILD.search(text) is not None
