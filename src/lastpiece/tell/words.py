"""The seven words that open a teller's mailbox, and the list they are drawn from.

7,776 words, seven drawn: 90 bits. The list is our own (`words.txt`, made from SCOWL, see `NOTICE`): 3 to 8
letters, no two of them one letter apart, none that a person could be ashamed or afraid to be seen with.
"""

import re
import unicodedata
from collections.abc import Iterable
from importlib import resources

from lastpiece.tell.seed import checked, derive

WORDS: tuple[str, ...] = tuple(
    resources.files("lastpiece.tell").joinpath("words.txt").read_text(encoding="ascii").split()
)
"""The list, in alphabetical order; a word's place is its number, so the list never changes once in use."""

HOW_MANY = 7
_KNOWN = frozenset(WORDS)
_DRAWN_BYTES = 32  # 256 bits reduced to 90: the bias is below 2**-165


class WordsWrong(ValueError):
    """What was typed is not seven words of the list. Says nothing of what was typed."""

    def __init__(self) -> None:
        super().__init__("Check your words. There are seven, each from your receipt page, in the same order.")


def words_from(seed: bytes) -> tuple[str, ...]:
    """Draw seven words from a 32-byte seed, each of the list's words as likely as any other.

    Raises:
        SeedWrong: the seed is not 32 bytes.
    """
    left = int.from_bytes(derive(checked(seed), "words/1", _DRAWN_BYTES))
    drawn = []
    for _ in range(HOW_MANY):
        left, place = divmod(left, len(WORDS))
        drawn.append(WORDS[place])
    return tuple(drawn)


def parse_words(typed: str) -> tuple[str, ...]:
    """Read seven words however they are typed: any case, with spaces, commas, hyphens, full stops or numbers.

    Raises:
        WordsWrong: they are not seven words of the list.
    """
    plain = unicodedata.normalize("NFKC", typed).casefold()
    return known(re.findall(r"[^\W\d_]+", plain))


def known(words: Iterable[str]) -> tuple[str, ...]:
    """Return seven words of the list as a tuple.

    Raises:
        WordsWrong: they are not seven words of the list.
    """
    found = tuple(words)
    if len(found) != HOW_MANY or not _KNOWN.issuperset(found):
        raise WordsWrong
    return found
