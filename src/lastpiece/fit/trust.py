"""Trust: how far one source can push a fit, from its 3x5x2 grade and from who else says so.

A grade does not change what two values have in common; it limits what may rest on it. One untested
source who does not say how they know can never, alone, carry a fit as far as two sources that know
nothing of each other.
"""

import math
from collections.abc import Iterable

from lastpiece.fit.piece import Piece
from lastpiece.values.grade import Grade, Information, Source

LIMIT_BITS: dict[Source, float] = {Source.RELIABLE: 24.0, Source.UNTESTED: 16.0, Source.NOT_RELIABLE: 8.0}
"""Most bits that one source of this kind can push a fit, for or against, when it knows at first hand."""

INFORMATION_SHARE: dict[Information, float] = {
    Information.DIRECT: 1.0,
    Information.INDIRECT_CORROBORATED: 1.0,
    Information.INDIRECT: 0.75,
    Information.NOT_KNOWN: 0.75,
    Information.SUSPECTED_FALSE: 0.25,
}
"""The share of that limit which is left by how the source knows."""


def limit_bits(grade: Grade) -> float:
    """Return the most bits, for or against, that one source with this grade can push a fit."""
    return LIMIT_BITS[grade.source] * INFORMATION_SHARE[grade.information]


def sources(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the independent sources of `pieces`: copies of one rumour and one mailbox are one."""
    return frozenset(piece.source for piece in pieces)


def told_by(count: int) -> str:
    """Return `count` independent sources in words."""
    return "one source" if count == 1 else f"{count} independent sources"


def joint_limit_bits(pieces: Iterable[Piece]) -> float:
    """Return the most bits, for or against, that the sources of `pieces` can carry together.

    Each source counts once, by its best grade, however often it was repeated. Independent sources
    add up as independent witnesses do: what is left to doubt is the product of what each leaves.
    So many weak voices approach, and never pass, what a reliable first-hand witness carries alone.
    """
    best: dict[str, float] = {}
    for piece in pieces:
        best[piece.source] = max(best.get(piece.source, 0.0), limit_bits(piece.grade))
    ceiling = max(LIMIT_BITS.values())
    return ceiling * (1 - math.prod(1 - limit / ceiling for limit in sorted(best.values())))
