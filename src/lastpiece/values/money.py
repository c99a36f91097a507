"""Amounts of money: `GBP 40`, `EUR 900`."""

import re
from collections.abc import Sequence
from decimal import Decimal

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.numbers import number_in_words
from lastpiece.values.writing import plain

_CURRENCY = {
    "£": "GBP",
    "€": "EUR",
    "$": "USD",
    "gbp": "GBP",
    "eur": "EUR",
    "usd": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "dollars": "USD",
    "dollar": "USD",
}
_UNITS: dict[str, Decimal | int] = {
    "k": 1000,
    "grand": 1000,
    "thousand": 1000,
    "m": 1_000_000,
    "million": 1_000_000,
    "p": Decimal("0.01"),
    "pence": Decimal("0.01"),
}
_COINS = {"fiver": 5, "tenner": 10, "score": 20, "pony": 25, "ton": 100, "monkey": 500, "grand": 1000}
_AMOUNT = re.compile(
    r"^(?P<mark>[£€$]|gbp|eur|usd)? ?(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?) ?(?P<unit>k|m|grand|thousand|"
    r"million|pence|p)?\b"
    r" ?(?P<name>euros?|dollars?|pounds?|quid|gbp|eur|usd|sterling)?$"
)
_EXACT_BITS, _NEAR_BITS, _AGAINST_BITS = 5.0, 1.5, -1.5
_NEAR = Decimal("0.25")


class Money:
    """The kind `money`: currency code, space, amount without needless noughts."""

    name = "money"

    def clean(self, text: str) -> str | None:
        """Return the amount that `text` writes, in figures, words or slang (`a grand`, `two score`)."""
        bare = re.sub(r"^(?:an?|about|around) ", "", plain(text))
        found = _AMOUNT.match(bare)
        if found:
            return _in_figures(found)
        return _in_words(bare)

    def features(self, value: str) -> Sequence[str]:
        """Return the amount, and its size to a factor of two."""
        currency, amount = _split(value)
        size = int(amount).bit_length()
        return (f"money={value}", f"money~{currency}{size}")

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two amounts: the same, within a quarter of each other, or different."""
        if left == right:
            return Comparison(Level.EXACT, _EXACT_BITS, f"the same amount, {left}")
        (here, one), (there, other) = _split(left), _split(right)
        if here == there and abs(one - other) <= _NEAR * max(one, other):
            return Comparison(Level.CLOSE, _NEAR_BITS, "the amounts are within a quarter of each other")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, "different amounts")

    def specificity(self, value: str) -> float:
        """Return the bits of an equal amount; the same for all, prices repeat."""
        return _EXACT_BITS if value else 0.0


def _in_figures(found: re.Match[str]) -> str:
    amount = Decimal(found["figure"].replace(",", "")) * _UNITS.get(found["unit"] or "", 1)
    currency = _CURRENCY.get(found["mark"] or "") or _CURRENCY.get(found["name"] or "", "GBP")
    return _written(currency, amount)


def _in_words(bare: str) -> str | None:
    pieces = bare.removesuffix(" sterling").split(" ")
    currency = _CURRENCY.get(pieces[-1], "GBP")
    if pieces[-1] in {"quid", "pound", "pounds", "bucks", *_CURRENCY}:
        pieces.pop()
    if not pieces:
        return None
    coin = _COINS.get(pieces[-1].removesuffix("s"))
    if coin:
        count = number_in_words(" ".join(pieces[:-1])) if len(pieces) > 1 else 1
        return None if count is None else _written(currency, Decimal(count * coin))
    count = number_in_words(" ".join(pieces))
    return None if count is None else _written(currency, Decimal(count))


def _written(currency: str, amount: Decimal) -> str:
    figure = f"{amount:f}"
    if "." in figure:
        figure = figure.rstrip("0").rstrip(".")
    return f"{currency} {figure}"


def _split(value: str) -> tuple[str, Decimal]:
    currency, _, amount = value.partition(" ")
    return currency, Decimal(amount)
