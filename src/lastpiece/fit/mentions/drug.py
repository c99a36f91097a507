"""Recognise drugs by their names and slang, and leave gardens, cans of coke and white vans alone."""

from collections.abc import Iterator

from lastpiece.fit.mentions import slang
from lastpiece.fit.mentions.lexicon import Lexicon
from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.drug import UNSPECIFIED
from lastpiece.values.drug import slang as drug_words

_WORDS = drug_words()
_LEXICON = Lexicon(_WORDS)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the drugs of a text."""
    hits = list(_LEXICON.hits(reading))
    if not hits:
        return
    paired = set()
    for found in slang.PAIR.finditer(reading.low):
        apart = slang.PAIR_VALUES[found["one"]] != slang.PAIR_VALUES[found["other"]]
        if apart and slang.TRADE.search(reading.around(*found.span(), 80)):
            for part in ("one", "other"):
                paired.add(found.start(part))
                judged = (0.85, "crack and heroin offered together by their colours")
                yield _mention(reading, found.span(part), slang.PAIR_VALUES[found[part]], judged)
    for start, end, word in hits:
        if start not in paired:
            sure = _judged(reading, start, end, word)
            if sure:
                yield _mention(reading, (start, end), _WORDS[word], sure)


def _judged(reading: Reading, start: int, end: int, word: str) -> tuple[float, str] | None:
    if _WORDS[word] == UNSPECIFIED and slang.DEALING_AFTER.match(reading.low, end):
        return None
    if word not in slang.ORDINARY:
        return 0.95, "a drug's name"
    before = reading.before(start, 25)
    harmless = slang.HARMLESS.get(word)
    if harmless and harmless.search(f"{before}~{reading.after(end, 25)}"):
        return None
    if slang.HARMLESS_NEAR.search(reading.around(start, end, 35)):
        return None
    around = reading.around(start, end, 70)
    if word in slang.RISKY and not (slang.HANDLED.search(before) and slang.STRONG_TRADE.search(around)):
        return None
    return (0.8, "slang for a drug, with talk of dealing near it") if slang.TRADE.search(around) else None


def _mention(reading: Reading, span: tuple[int, int], value: str, judged: tuple[float, str]) -> Mention:
    start, end = span
    return Mention(start, end, reading.text[start:end], "drug", value, False, *judged)  # noqa: FBT003 - only plates and phones are partial
