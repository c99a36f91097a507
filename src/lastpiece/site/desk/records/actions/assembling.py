"""How the stored picture is kept equal to what assembling all pieces and judgements would give.

No action of its own: fitting and judging call it inside theirs. Only the things that a chain of “same” can reach
are assembled again, because nothing else can change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q

from lastpiece.fit import picture
from lastpiece.fit.piece import Piece
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.queries.fitting import pieces_where
from lastpiece.site.desk.records.queries.judging import joined_by_same, judgements_among

LOCK = 0x1A57_91EC
"""The number of PostgreSQL's advisory lock on the picture; SQLite has one writer at a time anyway."""


def hold_the_picture() -> None:
    """Wait until this transaction is the only one that changes the picture."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def assemble_around(pieces: Iterable[int]) -> picture.Picture:
    """Assemble again everything that `pieces` could belong to, store it, and return that part of the picture."""
    seeds = set(pieces)
    neighbours = models.Piece.objects.filter(entity__pieces__in=seeds).values_list("mention_id", flat=True)
    reach = joined_by_same(seeds | set(neighbours))
    found = pieces_where(Q(mention_id__in=reach, entity__isnull=False))
    known = {number: piece for number, (piece, _) in found.items()}
    part = picture.assemble(known.values(), judgements_among(known))
    _store(part, known, {number: entity for number, (_, entity) in found.items()})
    return part


def _store(part: picture.Picture, known: Mapping[int, Piece], before: Mapping[int, int | None]) -> None:
    rows = [models.Entity(id=entity.id, kind=entity.kind, label=label_of(entity, known)) for entity in part.entities]
    models.Entity.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["kind", "label"]
    )
    for entity in part.entities:
        moved = [piece for piece in entity.pieces if before[piece] != entity.id]
        if moved:
            models.Piece.objects.filter(mention_id__in=moved).update(entity_id=entity.id)
    left_empty = {entity for entity in before.values() if entity is not None} - {row.id for row in rows}
    models.Entity.objects.filter(id__in=left_empty).delete()


def label_of(entity: picture.Entity, known: Mapping[int, Piece]) -> str:
    """Return what the thing is called: the value of its leading kind that leaves least unknown and is said most."""
    named = [known[piece] for piece in entity.pieces if known[piece].kind == entity.kind]
    said = Counter(piece.value for piece in named)
    best = min(named, key=lambda piece: (piece.partial, -said[piece.value], -len(piece.value), piece.id))
    return best.value
