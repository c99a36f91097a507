"""Recognise amounts of money: £40, 40 quid, two grand, a tenner, 900 euros."""

import re
from collections.abc import Iterator

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.reading import Reading
from lastpiece.values.kinds import KINDS
from lastpiece.values.numbers import NUMBER_WORDS

_MONEY = KINDS["money"]
_WORDS = "|".join(sorted(NUMBER_WORDS - {"a", "and", "couple", "zero"}, key=len, reverse=True))
_FIGURE = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:\.[0-9]{1,2})?"
_MARKED = re.compile(rf"(?<!\w)[£€$] ?(?:{_FIGURE})(?: ?(?:k|m|grand|million|thousand)\b)?(?!\w)")
_UNIT = r"(?:quid|pounds?|pound coins|squid|euros?|dollars?|gbp|eur|bucks)"
_NAMED = re.compile(rf"(?<![\w£€$.])(?:{_FIGURE}) ?(?:(?:k|grand|thousand) )?{_UNIT}(?!\w)")
_GRAND = re.compile(rf"(?<![\w£€$.])(?:(?:{_FIGURE}) ?(?:grand)(?!\w)|(?P<k>[0-9]+(?:\.[0-9])?k)(?!\w))")
_SAID = re.compile(
    rf"(?<![\w\-])(?:a |a couple of |couple of )?(?:(?:{_WORDS})(?:[ \-](?:and )?(?:{_WORDS}))*) "
    rf"(?:{_UNIT})(?!\w)|(?<![\w\-])(?:a|an|one|two|three|four|five|six|ten|twenty|fifty|hundred|couple of|"
    rf"few) grand(?!\w)"
)
_COINS = re.compile(
    r"(?<!\w)(?:a |an )(?P<coin>tenner|fiver|hundred quid|hundred pounds?|score|monkey|grand|thousand "
    r"pounds|pound|quid)(?!\w)|(?<!\w)(?P<bare>tenner|fiver)(?!\w)"
)
_ANY = re.compile(r"[£€$]|quid|pound|squid|euro|dollar|gbp|eur|bucks|grand|tenner|fiver|score|monkey|[0-9]k\b|thousand")
_SPEND = re.compile(
    r"\b(?:for|cost\w*|pay\w*|paid|charg\w*|owes?|owed|owing|debt|lent|sell\w*|buys?|bought|worth|"
    r"mak(?:es?|ing)|earn\w*|cash|money|gives?|gave|price|a day|a week|each|took|tak(?:es?|ing)|loan)\b"
)


def find(reading: Reading) -> Iterator[Mention]:
    """Yield the amounts of money of a text."""
    if not _ANY.search(reading.low):
        return
    for pattern, confidence in ((_MARKED, 0.97), (_NAMED, 0.95), (_SAID, 0.9)):
        for found in reading.spans(pattern):
            yield from _made(reading, found.span(), found[0], confidence)
    for found in reading.spans(_GRAND):
        if found["k"] and not _SPEND.search(reading.around(*found.span(), 30)):
            continue
        yield from _made(reading, found.span(), found[0], 0.85)
    for found in reading.spans(_COINS):
        if found["coin"] in {"score", "monkey"} and not re.search(
            r"\b(?:for|owes?|pay|paid|cost|charges?|lend|lent) (?:him |her |them |it )?$",
            reading.before(found.start(), 16),
        ):
            continue
        yield from _made(reading, found.span(), found[0], 0.85)


def _made(reading: Reading, span: tuple[int, int], said: str, confidence: float) -> Iterator[Mention]:
    start, end = span
    value = _MONEY.clean(said.replace("squid", "quid").replace("pound coins", "pounds"))
    if value:
        yield Mention(start, end, reading.text[start:end], "money", value, False, confidence, "an amount of money")  # noqa: FBT003 - only plates and phones are partial
