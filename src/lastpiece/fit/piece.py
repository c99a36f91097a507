"""A piece: one confirmed mention as the engine sees it, and what is known of the thing it may belong to.

Pieces hold sanitised words only; even so no `repr` shows them.
"""

from dataclasses import dataclass, field
from datetime import date

from lastpiece.values.grade import Grade

FAMILIES: dict[str, tuple[str, ...]] = {
    "person": ("person", "nickname"),
    "vehicle": ("plate", "vehicle"),
    "home": ("address", "place", "postcode"),
}
"""Kinds that can be the same thing said in other words. The first kind of a family says most of it."""

_FAMILY_OF = {kind: family for family, kinds in FAMILIES.items() for kind in kinds}
_RANK = {kind: rank for kinds in FAMILIES.values() for rank, kind in enumerate(kinds)}


def family(kind: str) -> str:
    """Return the family that `kind` belongs to: its own name when no other kind can be the same thing."""
    return _FAMILY_OF.get(kind, kind)


def leading_kind(kinds: frozenset[str]) -> str:
    """Return the kind of `kinds` that says most of the thing: a plate before a description of a car."""
    return min(kinds, key=lambda kind: (_RANK.get(kind, 0), kind))


@dataclass(frozen=True, slots=True)
class Piece:
    """One confirmed mention.

    Attributes:
        id: The mention's number.
        item: The item of information that holds it.
        source: Who told it, as far as sources can be told apart: one mailbox, one rumour and all its
            copies, one partner's record are one source each.
        kind: A name in `lastpiece.values.kinds.KINDS`.
        value: The normalised value.
        partial: Whether part of the value is unknown.
        grade: The item's 3x5x2 grade.
        seen_on: The local day on which it was seen.
        place: Latitude and longitude in degrees (WGS 84) where it was seen.
    """

    id: int
    item: int
    source: str
    kind: str
    value: str = field(repr=False)
    partial: bool = False
    grade: Grade = field(default_factory=Grade)
    seen_on: date | None = None
    place: tuple[float, float] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class EntityView:
    """A thing in the picture as weighing sees it.

    Attributes:
        id: The entity's stable number (its lowest piece).
        kind: The kind that says most of it.
        pieces: The mentions that are this thing.
        companions: The other mentions in the same items: what was told in one breath with it.
    """

    id: int
    kind: str
    pieces: tuple[Piece, ...]
    companions: tuple[Piece, ...] = ()
