"""The picture as a list, and finding a thing in it by anything known of it, partial values too."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from lastpiece.fit.candidates import features, vote
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.queries import fitting
from lastpiece.values.comparison import Comparison, Level
from lastpiece.values.kinds import KINDS

ON_A_PAGE = 40
FOUND_AT_MOST = 60
MOST_STARS = 3
AGREEING = (Level.EXACT, Level.COMPATIBLE, Level.NICKNAME, Level.SOUNDS, Level.CLOSE)
"""The levels of agreement that count as found, best first."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a list; rows are in order of time or of agreement, never of any score of a person."""

    id: int
    kind: str
    label: str = field(repr=False)
    items: int
    last_told: date
    possible_victim: bool
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list; `page` turns it."""

    rows: tuple[Row, ...]
    page: Page[models.Entity]


def possible_victims() -> Exists:
    """Return the condition that some item mentions an entity as a possible victim."""
    return Exists(
        models.Piece.objects.filter(entity=OuterRef("pk"), mention__category=models.Mention.Category.POSSIBLE_VICTIM)
    )


def _listed() -> QuerySet[Any]:
    return models.Entity.objects.annotate(
        items=Count("pieces__item", distinct=True),
        last_told=Max(Coalesce("pieces__item__seen_on", "pieces__item__report__told_on")),
        possible_victim=possible_victims(),
    )


def _row(entity: Any, why: str = "") -> Row:  # noqa: ANN401 - an entity with the annotations of `_listed`
    return Row(
        id=entity.pk,
        kind=entity.kind,
        label=entity.label,
        items=entity.items,
        last_told=entity.last_told,
        possible_victim=entity.possible_victim,
        why=why,
    )


def newest(kind: str = "", *, page: int = 1) -> Listed:
    """Return the things last told of, newest first; of one kind when `kind` is given."""
    entities = _listed().order_by("-last_told", "-id")
    if kind:
        entities = entities.filter(kind=kind)
    found = Paginator(entities, ON_A_PAGE).get_page(page)
    return Listed(tuple(_row(entity) for entity in found.object_list), found)


def search(text: str, kind: str = "") -> list[Row]:
    """Return the things that `text` could name, closest first; `?` is one unknown character, `*` any number."""
    why = _alike(text, [kind] if kind else KINDS)
    rank = {entity: place for place, entity in enumerate(why)}
    for entity in _spelled_like(text, kind):
        rank.setdefault(entity, len(rank))
    rows = _listed().filter(pk__in=list(rank)[:FOUND_AT_MOST])
    return [_row(entity, why.get(entity.pk, "")) for entity in sorted(rows, key=lambda entity: rank[entity.pk])]


def _alike(text: str, kinds: Iterable[str]) -> dict[int, str]:
    """Return the entities with a value that agrees with `text` read as one of `kinds`, with how it agrees."""
    found: list[tuple[int, float, int, str]] = []
    for kind in kinds:
        value = KINDS[kind].clean(text)
        if value is not None and kind not in fitting.NOT_THINGS:
            found += _agreeing(kind, value)
    best: dict[int, str] = {}
    for _, _, entity, sentence in sorted(found):
        best.setdefault(entity, sentence)
    return best


def _agreeing(kind: str, value: str) -> list[tuple[int, float, int, str]]:
    """Return (level, minus bits, entity, sentence) of every piece of `kind` that agrees with `value`."""
    lists = fitting.postings(features(kind, value))
    leaders = vote(lists, max(fitting.pieces_in_families([kind]), 1), top=4 * FOUND_AT_MOST)
    exact = models.Piece.objects.filter(kind=kind, value=value)[:FOUND_AT_MOST].values_list("mention_id", flat=True)
    wanted = {*(candidate.id for candidate in leaders), *exact}
    rows = models.Piece.objects.filter(mention_id__in=wanted, kind=kind, entity__isnull=False)
    answers = []
    for entity, other in rows.values_list("entity_id", "value"):
        comparison = _exact(value) if other == value else KINDS[kind].compare(value, other)
        if comparison.level in AGREEING and entity is not None:
            answers.append((AGREEING.index(comparison.level), -comparison.bits, entity, comparison.sentence))
    return answers


def _exact(value: str) -> Comparison:
    return Comparison(Level.EXACT, 0.0, f"exactly {value}")


def _spelled_like(text: str, kind: str) -> Sequence[int]:
    """Return the entities with a value that contains `text` as it is spelled, wildcards and all."""
    literal = max(re.split(r"[?*]+", text.strip()), key=len).strip()
    if not literal:
        return []
    rows = models.Piece.objects.filter(entity__isnull=False, value__icontains=literal)
    if re.search(r"[?*]", text):
        rows = rows.filter(value__iregex=_pattern(text.strip()))
    if kind:
        rows = rows.filter(Q(kind=kind) | Q(entity__kind=kind))
    found = rows.order_by("-mention_id").values_list("entity_id", flat=True)[: 2 * FOUND_AT_MOST]
    return list(dict.fromkeys(entity for entity in found if entity is not None))


def _pattern(text: str) -> str:
    """Return `text` as a regular expression that both databases read alike.

    Of many stars the first two and the last count, which finds no less: six of them can keep SQLite busy for minutes.
    """
    stretches = re.split(r"\*+", text)
    if len(stretches) > MOST_STARS + 1:
        text = "*".join([*stretches[:MOST_STARS], stretches[-1]])
    marks = {"?": ".", "*": ".*"}
    return "^" + "".join(marks.get(mark) or re.sub(r"(\W)", r"\\\1", mark) for mark in text) + "$"


def home_of(piece: int) -> int | None:
    """Return the entity that a piece, or the entity once numbered so, belongs to now."""
    return models.Piece.objects.filter(mention_id=piece).values_list("entity_id", flat=True).first()
