"""One thing of the picture: what is said of it and by which items, its company, its days, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from lastpiece.fit.gaps import Gap, gaps
from lastpiece.fit.picture import assemble
from lastpiece.site.desk.drawing import Drawing, Thing, Tie, Waterfall, draw
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.queries import fitting, judging
from lastpiece.site.desk.records.queries.proposed import MISSING, Said, deciding, said_about
from lastpiece.site.desk.records.queries.told import Statement, reasons, references, statements

DRAWN_AT_MOST = 14
"""Things drawn around the one in the middle: more cannot be read; the list has them all."""

SPOKEN_ALIKE = frozenset({"place", "postcode"}) | fitting.NOT_THINGS
"""Kinds drawn once for each value: the same words for a town or a drug are not two things on a chart."""


@dataclass(frozen=True, slots=True)
class Company:
    """Something told in the same items: another thing, or words that several items share."""

    key: int
    entity: int | None
    kind: str
    label: str = field(repr=False)
    href: str
    items: tuple[int, ...]
    references: tuple[str, ...]
    possible_victim: bool
    newest: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What was told of one day."""

    on: date
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One judgement about this thing, with what it was about and whether it holds."""

    said: Said
    left: str = field(repr=False)
    right: str = field(repr=False)
    left_item: int
    right_item: int
    left_reference: str
    right_reference: str
    contradicted: bool
    set_aside: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another thing that this one may be, with the reasons."""

    proposal: int
    entity: int
    kind: str
    label: str = field(repr=False)
    reasons: Waterfall


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Everything the page of one thing shows."""

    id: int
    kind: str
    label: str = field(repr=False)
    possible_victim: bool
    values: tuple[tuple[str, str, int], ...] = field(repr=False)
    sources: int
    told: tuple[Statement, ...]
    company: tuple[Company, ...]
    drawing: Drawing
    not_drawn: int
    days: tuple[Day, ...]
    missing: tuple[Gap, ...]
    deciding: tuple[Gap, ...]
    suggestions: tuple[Suggestion, ...]
    judgements: tuple[JudgementLine, ...]

    @property
    def has_newest(self) -> bool:
        """Return whether the chart marks anything as newest."""
        return any(drawn.thing.newest for drawn in self.drawing.things)


def entity_page(entity_id: int) -> EntityPage | None:
    """Return the page of an entity, or None when there is none of this number."""
    entity = models.Entity.objects.filter(pk=entity_id).first()
    if entity is None:
        return None
    told = statements(entity.pieces.values_list("mention_id", flat=True))
    company = _company(entity.pk, told)
    suggestions, decisive = _suggestions(entity.pk)
    victim = any(statement.possible_victim for statement in told)
    return EntityPage(
        id=entity.pk,
        kind=entity.kind,
        label=entity.label,
        possible_victim=victim,
        values=_values(told),
        sources=len({statement.source for statement in told}),
        told=tuple(told),
        company=tuple(company),
        drawing=_drawing(entity, company[:DRAWN_AT_MOST], suggestions, told),
        not_drawn=max(0, len(company) - DRAWN_AT_MOST),
        days=_days(told),
        missing=_missing(entity.pk, decisive),
        deciding=decisive,
        suggestions=suggestions,
        judgements=_judgements([statement.mention for statement in told]),
    )


def _missing(entity: int, said: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the facts that would most help to know a thing again, without those said already."""
    there = {gap.sentence for gap in said}
    view = fitting.views([entity])[entity]
    return tuple(gap for gap in gaps(view) if gap.sentence not in there)[: MISSING - min(len(there), MISSING - 1)]


def _values(told: Iterable[Statement]) -> tuple[tuple[str, str, int], ...]:
    """Return each (kind, value) the thing is known by with how many items say it."""
    items: dict[tuple[str, str], set[int]] = defaultdict(set)
    for statement in told:
        items[statement.kind, statement.value].add(statement.item)
    ordered = sorted(items, key=lambda pair: (-len(items[pair]), pair))
    return tuple((kind, value, len(items[kind, value])) for kind, value in ordered)


def _days(told: Iterable[Statement]) -> tuple[Day, ...]:
    days: dict[date, list[Statement]] = defaultdict(list)
    for statement in told:
        days[statement.on].append(statement)
    return tuple(Day(on, tuple(days[on])) for on in sorted(days, reverse=True))


def _company(entity: int, told: Sequence[Statement]) -> list[Company]:
    """Return what was told in the same items, most shared and newest first."""
    references = {statement.item: statement.reference for statement in told}
    rows = (
        models.Piece.objects.filter(item__in=references)
        .exclude(entity=entity)
        .select_related("entity", "mention")
        .order_by("mention_id")
    )
    groups: dict[object, list[models.Piece]] = defaultdict(list)
    for row in rows:
        alike = row.entity is None or row.kind in SPOKEN_ALIKE
        groups[(row.kind, row.value) if alike else row.entity_id].append(row)
    latest = max(references, default=0)
    company = [_one(pieces, references, latest) for pieces in groups.values()]
    return sorted(company, key=lambda one: (-len(one.items), -max(one.items), one.key))


def _one(pieces: Sequence[models.Piece], references: Mapping[int, str], latest: int) -> Company:
    first = pieces[0]
    items = tuple(sorted({piece.item_id for piece in pieces}))
    entities = {piece.entity_id for piece in pieces}
    only = next(iter(entities)) if len(entities) == 1 else None
    search = f"{reverse('picture')}?{urlencode({'q': first.value, 'kind': first.kind})}"
    return Company(
        key=first.pk,
        entity=only,
        kind=first.entity.kind if first.entity else first.kind,
        label=first.entity.label if first.entity else first.value,
        href=reverse("entity", args=[only]) if only is not None else search,
        items=items,
        references=tuple(references[item] for item in items),
        possible_victim=any(piece.mention.category == models.Mention.Category.POSSIBLE_VICTIM for piece in pieces),
        newest=items == (latest,) and len(references) > 1,
    )


def _drawing(
    entity: models.Entity, company: Sequence[Company], suggestions: Sequence[Suggestion], told: Sequence[Statement]
) -> Drawing:
    items = {statement.item for statement in told}
    centre = Thing(
        key=entity.pk,
        kind=entity.kind,
        label=entity.label,
        href=reverse("entity", args=[entity.pk]),
        items=len(items),
        possible_victim=any(statement.possible_victim for statement in told),
    )
    around = [
        Thing(
            key=-one.key,
            kind=one.kind,
            label=one.label,
            href=one.href,
            items=len(one.items),
            newest=one.newest,
            possible_victim=one.possible_victim,
        )
        for one in company
    ]
    maybe = [
        Thing(other.entity, other.kind, other.label, reverse("judge", args=[other.proposal]), proposed=True)
        for other in suggestions
    ]
    ties = [Tie(entity.pk, -one.key, len(one.items)) for one in company]
    ties += [Tie(entity.pk, other.entity, 1, proposed=True) for other in suggestions]
    return draw([centre, *around, *maybe], [*ties, *_between(company)])


def _between(company: Sequence[Company]) -> list[Tie]:
    """Return ties between two things around the middle that more than one item tells together."""
    ties = []
    for at, left in enumerate(company):
        for right in company[at + 1 :]:
            shared = len(set(left.items) & set(right.items))
            if shared > 1:
                ties.append(Tie(-left.key, -right.key, shared))
    return ties


def _suggestions(entity: int) -> tuple[tuple[Suggestion, ...], tuple[Gap, ...]]:
    """Return what this thing may be, strongest first, and the facts that would decide the first of them."""
    pieces = models.Piece.objects.filter(entity=entity).values("mention_id")
    rows = judging.waiting().filter(Q(mention__in=pieces) | Q(candidate__in=pieces))
    found = list(judging.still_open(rows))[:MISSING]
    why = reasons(found)
    suggestions = []
    for proposal in found:
        left, right = proposal.mention.piece, proposal.candidate.piece
        other = right.entity if left.entity_id == entity else left.entity
        if other is not None:
            suggestions.append(Suggestion(proposal.pk, other.pk, other.kind, other.label, why[proposal.pk]))
    return tuple(suggestions), deciding(found[0]) if found else ()


def _judgements(mentions: Sequence[int]) -> tuple[JudgementLine, ...]:
    """Return every judgement about the thing's pieces; marks those that contradict others or are set aside."""
    rows = said_about(mentions)
    reach = judging.joined_by_same({piece for row, _ in rows for piece in (row.left_id, row.right_id)} | set(mentions))
    known = [piece for piece, _ in fitting.pieces_where(Q(mention_id__in=reach, entity__isnull=False)).values()]
    part = assemble(known, judging.judgements_among(reach))
    clashing = {number for clash in part.contradictions for number in (clash.different, *clash.same)}
    named = {
        mention.pk: mention
        for mention in models.Mention.objects.filter(pk__in={n for row, _ in rows for n in (row.left_id, row.right_id)})
    }
    called = references({mention.item_id for mention in named.values()})
    return tuple(
        JudgementLine(
            said=said,
            left=named[row.left_id].text,
            right=named[row.right_id].text,
            left_item=named[row.left_id].item_id,
            right_item=named[row.right_id].item_id,
            left_reference=called[named[row.left_id].item_id],
            right_reference=called[named[row.right_id].item_id],
            contradicted=row.pk in clashing,
            set_aside=row.pk in part.set_aside,
        )
        for row, said in rows
    )
