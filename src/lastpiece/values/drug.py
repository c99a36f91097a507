"""Drugs: what the street calls them, and what they are filed as."""

from collections.abc import Sequence
from functools import cache

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.writing import listed, plain

UNSPECIFIED = "unspecified"

_BITS = {
    "cannabis": 1.0,
    "cocaine": 1.5,
    "crack cocaine": 2.0,
    "heroin": 2.0,
    "ketamine": 3.5,
    "mdma": 4.0,
    "nitrous oxide": 3.5,
    "synthetic cannabinoids": 4.0,
    "pregabalin": 5.0,
    "diazepam": 5.0,
    "alprazolam": 5.0,
    "methadone": 5.5,
    UNSPECIFIED: 0.0,
}
_RARE_BITS, _RELATED_BITS, _AGAINST_BITS = 5.0, 0.5, -0.5
_RELATED = frozenset(
    {
        frozenset({"cocaine", "crack cocaine"}),
        frozenset({"heroin", "methadone"}),
        frozenset({"diazepam", "alprazolam"}),
        frozenset({"cannabis", "synthetic cannabinoids"}),
    }
)


class Drug:
    """The kind `drug`: a canonical name, `unspecified` where only "drugs" was said."""

    name = "drug"

    def clean(self, text: str) -> str | None:
        """Return the canonical name of the drug that `text` names."""
        return slang().get(plain(text))

    def features(self, value: str) -> Sequence[str]:
        """Return the canonical name; an unspecified drug points nowhere."""
        return () if value == UNSPECIFIED else (f"drug={value}",)

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two drugs; a seller has more than one, so a difference says little."""
        first, second = sorted((left, right))
        if UNSPECIFIED in (left, right):
            return Comparison(Level.COMPATIBLE, 0.0, "at least one report does not say which drug")
        if left == right:
            return Comparison(Level.EXACT, self.specificity(left), f"the same drug, {left}")
        if frozenset({left, right}) in _RELATED:
            return Comparison(Level.CLOSE, _RELATED_BITS, f"{first} and {second} are often taken for one another")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, f"{first} and {second} are different drugs")

    def specificity(self, value: str) -> float:
        """Return the bits of a drug: few for what most lines sell, more for what few do."""
        return _BITS.get(value, _RARE_BITS)


@cache
def slang() -> dict[str, str]:
    """Return every word for a drug, plain, with its canonical name (`lists/drugs.txt`)."""
    return by_word("drugs")


@cache
def by_word(name: str) -> dict[str, str]:
    """Read a list of `canonical: word, word, …` lines as a mapping of word to canonical name."""
    found: dict[str, str] = {}
    for line in listed(name):
        canonical, _, forms = line.partition(":")
        found[canonical.strip()] = canonical.strip()
        found.update((form.strip(), canonical.strip()) for form in forms.split(",") if form.strip())
    return found
