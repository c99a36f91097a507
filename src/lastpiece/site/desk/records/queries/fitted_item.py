"""One item with what each of its mentions may be the same as."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lastpiece.site.desk.drawing import Waterfall
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.queries.judging import standing
from lastpiece.site.desk.records.queries.picture import possible_victims
from lastpiece.site.desk.records.queries.proposed import Said, said_of
from lastpiece.site.desk.records.queries.told import reasons

STRONGEST = 4
"""Links shown for each mention; the judging queue has the rest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a mention may be.

    Attributes:
        joined: Whether the mention belongs to it now.
        open: Whether nobody has judged it yet.
    """

    proposal: int
    entity: int
    kind: str
    label: str = field(repr=False)
    possible_victim: bool
    reasons: Waterfall
    joined: bool
    said: tuple[Said, ...]

    @property
    def open(self) -> bool:
        """Return whether a person is still asked."""
        return not self.joined and not any(said.undone_at is None for said in self.said)


@dataclass(frozen=True, slots=True)
class FittedMention:
    """A mention with the thing it belongs to and what else it may be."""

    mention: int
    words: str = field(repr=False)
    kind: str
    value: str = field(repr=False)
    category: str
    possible_victim: bool
    entity: int | None
    entity_label: str = field(repr=False)
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class FittedItem:
    """One item of information with its fitted mentions."""

    id: int
    reference: str
    text: str = field(repr=False)
    grade: str
    conditions: tuple[str, ...] = field(repr=False)
    seen_on: date | None
    told_on: date
    mentions: tuple[FittedMention, ...]

    @property
    def open(self) -> int:
        """Return how many links still wait for a person."""
        return sum(candidate.open for mention in self.mentions for candidate in mention.candidates)


def fitted_item(item_id: int) -> FittedItem | None:
    """Return an item with its fits, or None when there is none of this number."""
    item = models.Item.objects.select_related("report").filter(pk=item_id).first()
    if item is None:
        return None
    pieces = models.Piece.objects.filter(item=item).select_related("mention", "entity").order_by("mention__start")
    candidates = _candidates(item)
    return FittedItem(
        id=item.pk,
        reference=item.reference,
        text=item.text,
        grade=str(item.grade),
        conditions=tuple(item.conditions),
        seen_on=item.seen_on,
        told_on=item.report.told_on,
        mentions=tuple(_mention(piece, candidates.get(piece.mention_id, [])) for piece in pieces),
    )


def _mention(piece: models.Piece, candidates: list[Candidate]) -> FittedMention:
    mention = piece.mention
    return FittedMention(
        mention=mention.pk,
        words=mention.text,
        kind=mention.kind,
        value=piece.value,
        category=mention.get_category_display(),
        possible_victim=mention.category == models.Mention.Category.POSSIBLE_VICTIM,
        entity=piece.entity_id,
        entity_label=piece.entity.label if piece.entity else "",
        candidates=tuple(candidates),
    )


def _candidates(item: models.Item) -> dict[int, list[Candidate]]:
    """Return for each mention the strongest links, one for each thing."""
    rows = (
        models.Proposal.objects.filter(mention__item=item, mention__piece__isnull=False, candidate__piece__isnull=False)
        .select_related("mention__piece", "candidate__piece__entity")
        .order_by("-bits", "id")
    )
    why = reasons(rows)
    victims = _victims({row.candidate.piece.entity_id for row in rows})
    judged = set(standing().filter(proposal__in=rows).values_list("proposal_id", flat=True))
    found: dict[int, dict[int, Candidate]] = defaultdict(dict)
    for row in rows:
        entity = row.candidate.piece.entity
        mine = found[row.mention_id]
        if entity is None or entity.pk in mine or (len(mine) >= STRONGEST and row.pk not in judged):
            continue
        mine[entity.pk] = Candidate(
            proposal=row.pk,
            entity=entity.pk,
            kind=entity.kind,
            label=entity.label,
            possible_victim=entity.pk in victims,
            reasons=why[row.pk],
            joined=row.mention.piece.entity_id == entity.pk,
            said=tuple(said_of(row.mention_id, row.candidate_id)),
        )
    return {mention: list(candidates.values()) for mention, candidates in found.items()}


def _victims(entities: set[int | None]) -> set[int]:
    rows = models.Entity.objects.filter(possible_victims(), pk__in=[entity for entity in entities if entity])
    return set(rows.values_list("pk", flat=True))
