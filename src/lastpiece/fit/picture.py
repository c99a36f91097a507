"""The picture: which pieces are one thing, put together from the judgements and nothing else.

The picture is a pure function of pieces and judgements. Undo is therefore exact: drop the judgement
and assemble again. An entity's number is its lowest piece, so it stays when later pieces join.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lastpiece.fit.judgement import Contradiction, Judgement, Verdict, contradictions
from lastpiece.fit.piece import EntityView, Piece, leading_kind


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing: `id` is its lowest piece, `kind` the kind that says most of it, `pieces` ascending ids."""

    id: int
    kind: str
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Every thing known, by ascending number, and the judgements that cannot all hold.

    Attributes:
        entities: Each piece is in exactly one.
        contradictions: “Different” pieces that a chain of “same” joins. The chain is cut, never the “different”.
        set_aside: The “same” judgements that were not followed, because a “different” stands against them.
    """

    entities: tuple[Entity, ...]
    contradictions: tuple[Contradiction, ...] = ()
    set_aside: tuple[int, ...] = ()

    def entity_of(self) -> dict[int, Entity]:
        """Return the entity of each piece."""
        return {piece: entity for entity in self.entities for piece in entity.pieces}


def assemble(pieces: Iterable[Piece], judgements: Iterable[Judgement]) -> Picture:
    """Return the picture; the same whatever order pieces and judgements come in.

    “Same” judgements are followed in the order people made them (time, then number); one that would
    put two pieces judged different into one entity is set aside. A judgement about a piece that is
    not there has no effect.
    """
    kinds = {piece.id: piece.kind for piece in pieces}
    known = sorted(
        (said for said in judgements if said.left in kinds and said.right in kinds), key=lambda said: (said.at, said.id)
    )
    clusters = _Clusters(kinds, known)
    set_aside = [said.id for said in known if said.verdict is Verdict.SAME and not clusters.join(said.left, said.right)]
    entities = (
        Entity(min(members), leading_kind(frozenset(kinds[piece] for piece in members)), tuple(sorted(members)))
        for members in clusters.members()
    )
    ordered = tuple(sorted(entities, key=lambda entity: entity.id))
    return Picture(ordered, contradictions(known), tuple(sorted(set_aside)))


def view_of(entity: Entity, pieces: Mapping[int, Piece]) -> EntityView:
    """Return `entity` as weighing sees it: its pieces, and what was told in the same items."""
    own = tuple(pieces[piece] for piece in entity.pieces)
    items = {piece.item for piece in own}
    inside = set(entity.pieces)
    companions = tuple(piece for _, piece in sorted(pieces.items()) if piece.item in items and piece.id not in inside)
    return EntityView(entity.id, entity.kind, own, companions)


class _Clusters:
    """Sets of pieces that grow by joining, and refuse to join what was judged different."""

    def __init__(self, pieces: Iterable[int], judgements: Iterable[Judgement]) -> None:
        self._of = {piece: piece for piece in pieces}
        self._members = {piece: {piece} for piece in self._of}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        for said in judgements:
            if said.verdict is Verdict.DIFFERENT:
                self._apart[said.left].add(said.right)
                self._apart[said.right].add(said.left)

    def join(self, left: int, right: int) -> bool:
        """Join the clusters of two pieces; return False when something keeps them apart."""
        small, large = sorted((self._of[left], self._of[right]), key=lambda root: len(self._members[root]))
        if small == large:
            return True
        if any(not self._apart[piece].isdisjoint(self._members[large]) for piece in self._members[small]):
            return False
        for piece in self._members[small]:
            self._of[piece] = large
        self._members[large] |= self._members.pop(small)
        return True

    def members(self) -> Iterable[set[int]]:
        return self._members.values()
