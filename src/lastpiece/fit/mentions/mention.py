"""One place in a text where something is named."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention, proposed for a person to confirm.

    Attributes:
        start: First code point of the surface in the text.
        end: One past its last.
        text: The surface itself, `text[start:end]` of the whole.
        kind: A kind of `lastpiece.values.kinds.KINDS`.
        value: The normalised value, None where the text alone does not make it plain.
        partial: Whether characters of a plate or digits of a phone are unknown.
        confidence: How sure the recogniser is, 0 to 1; comparable between kinds.
        why: What made it think so, in words, without the surface.
    """

    start: int
    end: int
    text: str = field(repr=False)
    kind: str
    value: str | None = field(repr=False)
    partial: bool
    confidence: float
    why: str
