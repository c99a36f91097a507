"""What fitting reads: pieces as the engine sees them, who shares a feature, how often a value is mentioned.

Every query here looks things up by an index; none reads all mentions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Q

from lastpiece.fit.piece import EntityView, Piece, family
from lastpiece.fit.weighing import Frequencies
from lastpiece.site.desk.records import models
from lastpiece.values.grade import Grade, Handling, Information, Source
from lastpiece.values.kinds import KINDS

NOT_THINGS = frozenset({"drug", "weapon", "money", "time"})
"""Kinds that say something of a thing and are none themselves: no two reports speak of “the same” cannabis."""

READ_AT_MOST = 400
"""A feature that more pieces than this share is left out of the vote: it tells hardly anyone apart."""

PIECES_OF_A_VIEW = 60
"""Most pieces, newest first, by which a much-mentioned thing is weighed; the rest would say the same again."""

OTHERS = ""
"""In `Frequencies`, stands for all values of a kind that were not asked about."""

_COLUMNS = (
    "mention_id",
    "item_id",
    "source",
    "kind",
    "value",
    "partial",
    "item__source_grade",
    "item__information_grade",
    "item__handling_code",
    "item__seen_on",
    "entity_id",
)


def pieces_where(condition: Q) -> dict[int, tuple[Piece, int | None]]:
    """Return each piece that meets `condition`, by number, with the number of its entity."""
    rows = models.Piece.objects.filter(condition).order_by("mention_id").values_list(*_COLUMNS)
    return {row[0]: (_piece(row), row[-1]) for row in rows}


def _piece(row: tuple[Any, ...]) -> Piece:
    number, item, source, kind, value, partial, by, known, handling, seen_on, _entity = row
    grade = Grade(Source(by), Information(known), Handling(handling))
    return Piece(number, item, source, kind, value, partial=partial, grade=grade, seen_on=seen_on)


def pieces_of_item(item_id: int) -> dict[int, tuple[Piece, int | None]]:
    """Return the pieces of one item with their entities."""
    return pieces_where(Q(item_id=item_id))


def postings(features: Iterable[str]) -> dict[str, list[int]]:
    """Return for each feature the pieces that have it, ascending, without features that too many share."""
    wanted = list(dict.fromkeys(features))
    sizes = models.Posting.objects.filter(feature__in=wanted).values_list("feature").annotate(Count("id")).order_by()
    telling = [feature for feature, size in sizes if size <= READ_AT_MOST]
    found: dict[str, list[int]] = defaultdict(list)
    rows = models.Posting.objects.filter(feature__in=telling).order_by("mention_id")
    for feature, mention in rows.values_list("feature", "mention_id"):
        found[feature].append(mention)
    return found


def homes_of(pieces: Iterable[int]) -> dict[int, tuple[int, str, int]]:
    """Return for each piece that is a thing: its entity, its kind, its item."""
    rows = models.Piece.objects.filter(mention_id__in=list(pieces), entity__isnull=False)
    return {
        number: (entity, kind, item)
        for number, entity, kind, item in rows.values_list("mention_id", "entity_id", "kind", "item_id")
        if entity is not None
    }


def things_in(items: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Return for each item the things it mentions, as (entity, kind)."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = models.Piece.objects.filter(item_id__in=list(items), entity__isnull=False).order_by("mention_id")
    for item, entity, kind in rows.values_list("item_id", "entity_id", "kind"):
        if entity is not None:
            found[item].append((entity, kind))
    return found


def views(entities: Iterable[int]) -> dict[int, EntityView]:
    """Return each entity as weighing sees it: its newest pieces and what was told in the same items."""
    wanted = list(entities)
    own: dict[int, list[Piece]] = defaultdict(list)
    for piece, entity in reversed(pieces_where(Q(entity_id__in=wanted)).values()):
        if entity is not None and len(own[entity]) < PIECES_OF_A_VIEW:
            own[entity].append(piece)
    items = {piece.item for pieces in own.values() for piece in pieces}
    told: dict[int, list[Piece]] = defaultdict(list)
    for piece, _ in pieces_where(Q(item_id__in=items)).values():
        told[piece.item].append(piece)
    kinds = dict(models.Entity.objects.filter(pk__in=wanted).values_list("id", "kind"))
    return {entity: _view(entity, kinds[entity], own[entity], told) for entity in own}


def _view(entity: int, kind: str, own: list[Piece], told: Mapping[int, list[Piece]]) -> EntityView:
    pieces = tuple(sorted(own, key=lambda piece: piece.id))
    inside = {piece.id for piece in pieces}
    items = sorted({piece.item for piece in pieces})
    companions = tuple(piece for item in items for piece in told[item] if piece.id not in inside)
    return EntityView(entity, kind, pieces, companions)


def frequencies(pieces: Iterable[Piece]) -> Frequencies:
    """Return how many independent sources mention the values of `pieces`, and how many mentions each kind has."""
    asked: dict[str, set[str]] = defaultdict(set)
    for piece in pieces:
        asked[piece.kind].add(piece.value)
    counts: dict[str, dict[str, int]] = {kind: dict.fromkeys(values, 0) for kind, values in asked.items()}
    asked_values = {value for values in asked.values() for value in values}
    table = models.Piece.objects.filter(kind__in=asked)
    found = table.filter(value__in=asked_values).values_list("kind", "value").annotate(Count("source", distinct=True))
    for kind, value, sources in found.order_by():
        if value in asked[kind]:
            counts[kind][value] = sources
    for kind, mentions in table.values_list("kind").annotate(Count("mention_id")).order_by():
        counts[kind][OTHERS] = max(0, mentions - sum(counts[kind].values()))
    return Frequencies(counts)


def pieces_in_families(kinds: Iterable[str]) -> int:
    """Return how many pieces there are of these kinds and of those that can be the same things."""
    wanted = {family(kind) for kind in kinds}
    return models.Piece.objects.filter(kind__in=[kind for kind in KINDS if family(kind) in wanted]).count()
