"""Names of people and what the street calls them.

One index serves both kinds: "Mike", "Michael Okafor", "M. Okafor" and "Big Mike" must be able to meet.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.sound import sound
from lastpiece.values.writing import capitalised, listed, plain, squeezed

TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "doctor",
        "sir",
        "lady",
        "lord",
        "dame",
        "prof",
        "professor",
        "rev",
        "reverend",
        "father",
        "sister",
        "uncle",
        "auntie",
        "aunty",
        "aunt",
        "pc",
        "sgt",
        "officer",
        "nan",
        "nana",
        "grandad",
        "granddad",
        "councillor",
        "cllr",
    ]
)
"""Words before a name that are not part of it."""

EPITHETS = frozenset(
    [
        "lil",
        "little",
        "li'l",
        "big",
        "young",
        "yung",
        "fat",
        "skinny",
        "mad",
        "crazy",
        "tall",
        "old",
        "baby",
        "ginger",
        "bald",
        "scouse",
        "brummie",
        "crackhead",
        "dirty",
        "mini",
        "slim",
        "long",
        "one-eyed",
        "fast",
        "smiley",
        "dutty",
        "man",
        "wee",
        "one",
    ]
)
"""Words before a nickname that may be left out of it."""

_WORD = re.compile(r"[^\W_]+(?:['.\-][^\W_]+)*")
_LIL = {"little": "lil", "li'l": "lil", "lil'": "lil", "yung": "young"}
_ALIKE, _BARELY = 0.9, 0.84
_FORENAME_BITS, _SURNAME_BITS, _RARE_BITS, _INITIAL_BITS = 6.5, 9.5, 9.5, 3.5
_NICKNAME_COST, _SOUND_COST, _CLOSE_COST = 1.5, 2.5, 3.0
_AGAINST_FORENAME, _AGAINST_SURNAME = -4.0, -3.5
_ORDER = (Level.EXACT, Level.NICKNAME, Level.SOUNDS, Level.CLOSE)
_MOST_WORDS = 6


class PersonName:
    """The kind `person`: forenames and surname as filed, without title; one word alone is a partial name."""

    name = "person"

    def clean(self, text: str) -> str | None:
        """Return the name that `text` writes, `Surname, Forename` turned round."""
        bare = squeezed(text)
        if bare.count(",") == 1:
            last, _, first = bare.partition(",")
            bare = f"{first} {last}"
        found = _WORD.findall(bare)
        while len(found) > 1 and found[0].lower().rstrip(".") in TITLES:
            found = found[1:]
        if not found or len(found) > _MOST_WORDS or not any(c.isalpha() for c in found[0]):
            return None
        filed = [capitalised(word.replace(".", "")) for word in found]
        return " ".join(word for word in filed if word) or None

    def features(self, value: str) -> Sequence[str]:
        """Return the words, their sounds and nickname families, most telling first."""
        return _features(value)

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two names word by word, allowing initials, nicknames, sounds and slips."""
        return _compare(left, right)

    def specificity(self, value: str) -> float:
        """Return bits by the words: a common forename 6.5, a surname or a rare word 9.5, an initial 3.5."""
        return sum(_word_bits(word, last=i > 0) for i, word in enumerate(_bare(value)))


class Nickname:
    """The kind `nickname`: readable form (`Lil T`, `Big Dave`, `JB`, `Ghost`)."""

    name = "nickname"

    def clean(self, text: str) -> str | None:
        """Return the nickname that `text` writes."""
        found = _WORD.findall(squeezed(text).strip("\"'"))
        if not found or len(found) > _MOST_WORDS:
            return None
        return " ".join(_nickname_word(word) for word in found)

    def features(self, value: str) -> Sequence[str]:
        """Return the same keys as for a person, so that one finds the other."""
        return _features(value)

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two nicknames, epithets aside."""
        return _compare(left, right)

    def specificity(self, value: str) -> float:
        """Return bits by the words, and two more for an epithet."""
        bare = _bare(value)
        return sum(_word_bits(word, last=i > 0) for i, word in enumerate(bare)) + 2.0 * (len(bare) < len(_split(value)))


@cache
def families() -> dict[str, frozenset[int]]:
    """Return each forename with the numbers of the nickname families it belongs to (`lists/nicknames.txt`)."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(listed("nicknames")):
        for forename in line.split():
            found.setdefault(forename, set()).add(number)
    return {forename: frozenset(numbers) for forename, numbers in found.items()}


@cache
def forenames() -> frozenset[str]:
    """Return the first names known to the product, plain (`lists/forenames.txt` and the families)."""
    return frozenset(word for line in listed("forenames") for word in line.split()) | frozenset(families())


@cache
def surnames() -> frozenset[str]:
    """Return the surnames known to the product, plain (`lists/surnames.txt`)."""
    return frozenset(word for line in listed("surnames") for word in line.split())


def same_family(left: str, right: str) -> bool:
    """Return whether two plain forenames are forms of one (`mike`, `michael`)."""
    return bool(families().get(left, frozenset()) & families().get(right, frozenset()))


def _nickname_word(word: str) -> str:
    if word.isupper() and len(word) <= 3:  # noqa: PLR2004 - initials such as JB or TKO
        return word
    vowelless = not set(plain(word)) & set("aeiouy")
    return word.upper() if len(word) <= 2 and vowelless else capitalised(word)  # noqa: PLR2004 - tj, k


def _split(value: str) -> tuple[str, ...]:
    return tuple(_LIL.get(word, word) for word in (w.replace(".", "") for w in _WORD.findall(plain(value))) if word)


@lru_cache(maxsize=16384)
def _bare(value: str) -> tuple[str, ...]:
    """Return the plain words of a name, its epithets left out where something else remains."""
    split = _split(value)
    bare = tuple(word for word in split if word not in EPITHETS)
    return bare or split


@lru_cache(maxsize=16384)
def _features(value: str) -> tuple[str, ...]:
    split, bare = _split(value), _bare(value)
    if not bare:
        return ()
    keys = [f"name={' '.join(bare)}"]
    if len(split) > len(bare):
        keys.insert(0, f"name={' '.join(split)}")
    if len(bare) > 1:
        keys += [f"name^{bare[0][0]} {bare[-1]}", f"name^{bare[0][0]} ~{sound(bare[-1])}"]
    keys += [f"word={word}" for word in bare if len(word) > 1]
    keys += [f"word~{sound(word)}" for word in bare if len(sound(word)) > 1]
    keys += [f"family={number}" for word in bare for number in sorted(families().get(word, ()))]
    keys += [f"last3{bare[-1][i : i + 3]}" for i in range(len(bare[-1]) - 2)]
    keys += [f"initials={''.join(word[0] for word in bare)}", f"initial={bare[0][0]}"]
    if len(bare) == 1 and len(bare[0]) <= 3 and not set(bare[0]) & set("aeiou"):  # noqa: PLR2004 - JB is two initials
        keys += [f"initials={bare[0]}", f"initial={bare[0][0]}"]
    return tuple(dict.fromkeys(keys))


def _compare(left: str, right: str) -> Comparison:
    first, second = sorted((left, right))
    one, other = _bare(first), _bare(second)
    if one == other:
        if _clash(first, second):
            return Comparison(Level.COMPATIBLE, _score(one) / 2, f"{first} and {second} share a name, not an epithet")
        return Comparison(Level.EXACT, _score(one), f"the same name, {first}")
    if len(one) == 1 and len(other) == 1:
        return _words(one[0], other[0], f"{first} and {second}", last=False)
    if 1 in (len(one), len(other)):
        return _part(one, other, first, second)
    return _whole(one, other, first, second)


def _clash(first: str, second: str) -> bool:
    here, there = set(_split(first)) & EPITHETS, set(_split(second)) & EPITHETS
    return bool(here and there and not here & there)


def _score(bare: tuple[str, ...]) -> float:
    return sum(_word_bits(word, last=i > 0) for i, word in enumerate(bare))


def _part(one: tuple[str, ...], other: tuple[str, ...], first: str, second: str) -> Comparison:
    """Compare a single word with a longer name: it may be its first word, its last, or its initials."""
    (word,), whole = sorted((one, other), key=len)
    what = f"{first} and {second}"
    if word == "".join(part[0] for part in whole):
        return Comparison(Level.COMPATIBLE, _INITIAL_BITS * len(word), f"{what} share their initials")
    tries = [_words(word, whole[0], what, last=False), _words(word, whole[-1], what, last=True)]
    best = max(tries, key=lambda tried: tried.bits)
    if best.level is Level.EXACT:
        return Comparison(Level.COMPATIBLE, best.bits, f"{what} agree as far as both go")
    return best


def _whole(one: tuple[str, ...], other: tuple[str, ...], first: str, second: str) -> Comparison:
    what = f"{first} and {second}"
    if sorted(one) == sorted(other):
        return Comparison(Level.EXACT, _score(one), f"the same name, {first}, its words turned round")
    fore = _words(one[0], other[0], what, last=False)
    last = _words(one[-1], other[-1], what, last=True)
    bits = fore.bits + last.bits
    if last.level is Level.DIFFERENT or fore.level is Level.DIFFERENT:
        level = Level.DIFFERENT
        told = "surnames" if last.level is Level.DIFFERENT else "forenames"
        # Two names that share one word are no proof either way; two that share none speak against.
        return Comparison(level, min(bits, 0.0), f"{what} have different {told}")
    if Level.COMPATIBLE in (fore.level, last.level):
        return Comparison(Level.COMPATIBLE, bits, f"{what} agree as far as both go")
    worst = max((fore.level, last.level), key=_ORDER.index)
    told = {
        Level.EXACT: "the same but for a middle name",
        Level.NICKNAME: "the same but for a short form",
        Level.SOUNDS: "names that sound alike",
        Level.CLOSE: "names spelt nearly alike",
    }[worst]
    return Comparison(Level.COMPATIBLE if worst is Level.EXACT else worst, bits, f"{what} are {told}")


def _words(left: str, right: str, what: str, *, last: bool) -> Comparison:
    bits = min(_word_bits(left, last=last), _word_bits(right, last=last))
    if left == right:
        return Comparison(Level.EXACT if len(left) > 1 else Level.COMPATIBLE, bits, f"{what} agree")
    if 1 in (len(left), len(right)):
        if left[0] == right[0]:
            return Comparison(Level.COMPATIBLE, _INITIAL_BITS, f"{what} share an initial")
    elif not last and same_family(left, right):
        return Comparison(Level.NICKNAME, bits - _NICKNAME_COST, f"{what} are forms of one name")
    elif sound(left) == sound(right) and len(sound(left)) > 1 and JaroWinkler.similarity(left, right) >= _BARELY:
        return Comparison(Level.SOUNDS, bits - _SOUND_COST, f"{what} sound alike")
    elif JaroWinkler.similarity(left, right) >= _ALIKE:
        return Comparison(Level.CLOSE, bits - _CLOSE_COST, f"{what} are spelt nearly alike")
    against = _AGAINST_SURNAME if last else _AGAINST_FORENAME
    return Comparison(Level.DIFFERENT, against, f"{what} are different names")


def _word_bits(word: str, *, last: bool) -> float:
    if len(word) == 1:
        return _INITIAL_BITS
    if last:
        return _SURNAME_BITS
    return _FORENAME_BITS if word in forenames() else _RARE_BITS
