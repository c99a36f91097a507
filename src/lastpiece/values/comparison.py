"""What a comparison of two values says: how they agree, what that is worth, and why in words."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Level(enum.Enum):
    """How two values of one kind agree, strongest first."""

    EXACT = "exact"
    COMPATIBLE = "compatible"  # one or both partial, and nothing known disagrees
    NICKNAME = "nickname"
    SOUNDS = "sounds"
    CLOSE = "close"  # a slip of the pen away
    UNKNOWN = "unknown"  # nothing can be said
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison.

    Attributes:
        level: How the values agree.
        bits: Weight of evidence, log2(m/u), when no county's frequencies are known: positive for the
            same thing, negative against, 0 for nothing learnt (Fellegi and Sunter 1969, section 2).
        sentence: Why, for a reader who knows neither value's code.
    """

    level: Level
    bits: float
    sentence: str


class Kind(Protocol):
    """A kind of value. Values are held as their normalised text (`docs/reference/values.md`)."""

    name: str

    def clean(self, text: str) -> str | None:
        """Return the normalised value that `text` writes, or None when it writes none."""

    def features(self, value: str) -> Sequence[str]:
        """Return index keys, most specific first, such that values worth comparing share one."""

    def compare(self, left: str, right: str) -> Comparison:
        """Return how two normalised values agree; symmetric."""

    def specificity(self, value: str) -> float:
        """Return the bits an exact agreement on `value` is worth with no county's frequencies."""
