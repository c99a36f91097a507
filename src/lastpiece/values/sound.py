"""How an English name sounds, so that a misspelt name still meets the right one.

A short phonetic key in the family of Metaphone (L. Philips, Computer Language 7(12), 1990): silent and
doubled letters go, letters that sound alike become one, vowels count only at the start.
"""

import re
from functools import lru_cache

from lastpiece.values.writing import plain

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"^mac(?=[^aeiouyk])", "mk"),
        (r"^mc", "mk"),
        (r"ph|v", "f"),
        (r"(?<=[aeiou])gh(?=t|$|s)", ""),
        (r"gh", "g"),
        (r"t?ch|tsch|cz", "x"),
        (r"sch|sh|sz", "x"),
        (r"(?:t|s)ion", "xn"),
        (r"th", "t"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c|z", "s"),
        (r"(?<![aeiou])dge?|g(?=[eiy])|j", "j"),
        (r"d", "t"),
        (r"b$", "p"),
        (r"w(?![aeiouy])|(?<=[a-z])h", ""),
        (r"(?<=[a-z])[aeiouyw]", ""),
        (r"^[aeiouy]", "a"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the phonetic key of one word, up to six letters; empty for a word without letters."""
    key = plain(word)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key[:6]
