"""Proposed links as a person judges them: both sides side by side, and the reasons for and against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

from lastpiece.fit.gaps import Gap, deciding_gaps
from lastpiece.fit.piece import family
from lastpiece.fit.weighing import Fit, Part
from lastpiece.site.desk.drawing import Waterfall
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.queries import fitting
from lastpiece.site.desk.records.queries.told import Statement, reasons, statements
from lastpiece.values.comparison import Level
from lastpiece.values.kinds import KINDS

FAMILY_LABELS = {
    "person": "People told with it",
    "phone": "Phones",
    "vehicle": "Vehicles",
    "home": "Places",
    "handle": "Names online",
    "organisation": "Groups and lines",
    "drug": "Drugs",
    "weapon": "Weapons",
    "money": "Money",
    "time": "Times",
}
"""What the rows of a pair are called, in the order in which they are shown."""


MISSING = 3
"""Missing facts shown."""

Told = defaultdict[str, list[tuple[str, str]]]
"""For each family of kinds, the (kind, value) pairs told."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value on a card; `shared` when the other card has it too, or one that agrees with it."""

    text: str = field(repr=False)
    shared: bool


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of two cards: the values of one family of kinds on each side."""

    label: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]

    @property
    def sides(self) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """Return both sides in order."""
        return self.left, self.right

    @property
    def equal(self) -> bool:
        """Return whether nothing on either side differs."""
        return all(value.shared for value in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Side:
    """One card: a thing with everything told of it."""

    entity: int
    kind: str
    label: str = field(repr=False)
    possible_victim: bool
    told: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposal with its two cards and its waterfall."""

    proposal: int
    left: Side
    right: Side
    rows: tuple[PairRow, ...]
    reasons: Waterfall
    verdicts: tuple["Said", ...]
    deciding: tuple[Gap, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return both cards in order: what was known, then what is new."""
        return self.left, self.right


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement on a pair: who said what and when, and whether it still stands."""

    judgement: int
    by: str
    verdict: str
    verdict_label: str
    at: datetime
    reason: str = field(repr=False)
    undone_by: str
    undone_at: datetime | None


def pair_of(proposal: models.Proposal) -> Pair | None:
    """Return a proposal as two cards, or None when one of its mentions is no longer in the picture."""
    homes = dict(
        models.Piece.objects.filter(mention__in=(proposal.mention_id, proposal.candidate_id)).values_list(
            "mention_id", "entity_id"
        )
    )
    left, right = homes.get(proposal.candidate_id), homes.get(proposal.mention_id)
    if left is None or right is None:
        return None
    # Both sides together, so that one letter is one source on either card.
    told = statements(
        models.Piece.objects.filter(entity__in=(left, right)).order_by("pk").values_list("mention_id", flat=True)
    )
    return Pair(
        proposal=proposal.pk,
        left=_side(left, told, first=proposal.candidate_id),
        right=_side(right, told, first=proposal.mention_id),
        rows=_rows(_values(left), _values(right)),
        reasons=reasons([proposal])[proposal.pk],
        verdicts=tuple(said_of(proposal.mention_id, proposal.candidate_id)),
        deciding=deciding(proposal),
    )


def _side(entity_id: int, statements_of_both: Sequence[Statement], *, first: int) -> Side:
    """Return the card of an entity, the mention that the proposal is about before its others."""
    entity = models.Entity.objects.get(pk=entity_id)
    own = set(entity.pieces.values_list("mention_id", flat=True))
    told = [statement for statement in statements_of_both if statement.mention in own]
    told.sort(key=lambda statement: statement.mention != first)
    return Side(
        entity=entity.pk,
        kind=entity.kind,
        label=entity.label,
        possible_victim=any(statement.possible_victim for statement in told),
        told=tuple(told),
    )


def _values(entity: int) -> Told:
    """Return, for each family, the (kind, value) told of an entity and with it, most told first."""
    items = models.Piece.objects.filter(entity=entity).values("item_id")
    pieces = models.Piece.objects.filter(item__in=items).exclude(entity=entity)
    counted: dict[tuple[str, str], int] = defaultdict(int)
    for pair in pieces.values_list("kind", "value"):
        counted[pair] += 1
    found: Told = defaultdict(list)
    for kind, value in sorted(counted, key=lambda pair: (-counted[pair], pair)):
        found[family(kind)].append((kind, value))
    return found


def _rows(left: Told, right: Told) -> tuple[PairRow, ...]:
    return tuple(
        PairRow(label, _marked(left[group], right[group]), _marked(right[group], left[group]))
        for group, label in FAMILY_LABELS.items()
        if group in left or group in right
    )


def _marked(values: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> tuple[Value, ...]:
    return tuple(Value(text, any(_agree(kind, text, *other) for other in others)) for kind, text in values)


def _agree(kind: str, value: str, other_kind: str, other: str) -> bool:
    if kind != other_kind:
        return False
    return value == other or KINDS[kind].compare(value, other).level in {Level.EXACT, Level.COMPATIBLE, Level.NICKNAME}


def deciding(proposal: models.Proposal) -> tuple[Gap, ...]:
    """Return the facts that would most raise or kill a proposed link, the most decisive first."""
    told = {number: piece for number, (piece, _) in fitting.pieces_of_item(proposal.mention.item_id).items()}
    home = proposal.candidate.piece.entity_id
    if proposal.mention_id not in told or home is None:
        return ()
    fit = Fit(proposal.mention_id, home, tuple(_part(part) for part in proposal.parts))
    piece = told[proposal.mention_id]
    among = fitting.pieces_in_families([piece.kind])
    view = fitting.views([home])[home]
    return deciding_gaps(fit, piece, tuple(told.values()), view, among=max(among, 2), top=MISSING)


def _part(part: Mapping[str, object]) -> Part:
    return Part(
        feature=str(part["feature"]),
        bits=float(str(part["bits"])),
        sentence=str(part["sentence"]),
        items=tuple(part["items"]),  # type: ignore[arg-type]  # a list of numbers, as fitting stored it
    )


def said_of(left: int, right: int) -> list[Said]:
    """Return every judgement on two mentions, newest first, those taken back too."""
    pair = sorted((left, right))
    return [_said(row) for row in _newest_first(models.Judgement.objects.filter(left=pair[0], right=pair[1]))]


def said_about(mentions: Iterable[int]) -> list[tuple[models.Judgement, Said]]:
    """Return every judgement on any of `mentions` with its row, newest first, those taken back too."""
    wanted = list(mentions)
    rows = models.Judgement.objects.filter(Q(left__in=wanted) | Q(right__in=wanted))
    return [(row, _said(row)) for row in _newest_first(rows)]


def _newest_first(rows: QuerySet[models.Judgement]) -> QuerySet[models.Judgement]:
    return rows.select_related("by", "undone_by").order_by("-at", "-id")


def _said(row: models.Judgement) -> Said:
    return Said(
        judgement=row.pk,
        by=row.by.name,
        verdict=row.verdict,
        verdict_label=row.get_verdict_display(),
        at=row.at,
        reason=row.reason,
        undone_by=row.undone_by.name if row.undone_by else "",
        undone_at=row.undone_at,
    )
