"""Names that people use online, without the platform and without the @."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.writing import plain

_SHAPE = re.compile(r"^[a-z0-9](?:[a-z0-9._\-]{0,48}[a-z0-9_])?$|^[._][a-z0-9._\-]{0,48}[a-z0-9_]$")
_DECORATION = re.compile(r"[^a-z0-9]+|[0-9]+$")
_LEAST = 2
_BITS_A_CHARACTER, _MOST_BITS = 2.5, 24.0
_SLIP_BITS, _STEM_BITS, _AGAINST_BITS = 10.0, 5.0, -3.0


class Handle:
    """The kind `handle`: lower case, no @, accents dropped."""

    name = "handle"

    def clean(self, text: str) -> str | None:
        """Return the handle that `text` writes."""
        bare = plain(text).strip(" \"'").lstrip("@").rstrip(".,;:!")
        return bare if len(bare) >= _LEAST and _SHAPE.match(bare) else None

    def features(self, value: str) -> Sequence[str]:
        """Return the handle, its stem without figures and dots, and the stem's start and threes."""
        stem = _stem(value)
        keys = [f"handle={value}", f"handle~{stem}", f"handle^{stem[:4]}"]
        keys += [f"handle3{value[i : i + 3]}" for i in range(len(value) - 2)]
        return tuple(dict.fromkeys(keys))

    def compare(self, left: str, right: str) -> Comparison:
        """Compare two handles: the same, one slip apart, the same but for figures and dots, or different."""
        first, second = sorted((left, right))
        if left == right:
            return Comparison(Level.EXACT, self.specificity(left), f"the same handle, {left}")
        if OSA.distance(left, right, score_cutoff=1) <= 1:
            return Comparison(Level.CLOSE, _SLIP_BITS, f"the handles {first} and {second} are one slip apart")
        if _stem(left) == _stem(right):
            return Comparison(Level.CLOSE, _STEM_BITS, f"{first} and {second} differ in figures and dots only")
        return Comparison(Level.DIFFERENT, _AGAINST_BITS, "two different handles")

    def specificity(self, value: str) -> float:
        """Return 2.5 bits a character (letters in a chosen name are guessable), at most 24."""
        return min(_MOST_BITS, _BITS_A_CHARACTER * len(value))


def _stem(value: str) -> str:
    return _DECORATION.sub("", value) or value
