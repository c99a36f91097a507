"""Fit an item: its confirmed mentions become pieces, and what each may be the same as is proposed with reasons.

The picture is updated in the same transaction: every new piece is a thing of its own until a person says that it is
one already known. Nothing is joined here. Fitting an item again after its mentions changed brings only the changes.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Q

from lastpiece.fit.candidates import features, vote
from lastpiece.fit.piece import EntityView, Piece, family
from lastpiece.fit.weighing import Fit, weigh
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.actions.assembling import assemble_around, hold_the_picture
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.queries import fitting, judging
from lastpiece.values.kinds import KINDS

CANDIDATES = 8
"""Things weighed for each piece: half by its own value, half by what it was told with."""

LEAST_BITS = 3.0
"""A link that is not at least eight times likelier than chance is not worth a person's time."""

LEAST_BITS_UNLIKE = 10.0
"""The same where the two values themselves do not agree, and only their company speaks for the link."""

LEAST_LIKENESS = {"home": 5.0}
"""Bits that the agreement of the two values must bring at least, where a lesser one is no agreement: a town that
every twentieth report names tells nobody apart, and nobody should be asked whether it is itself."""

PROPOSALS = 3
"""Most links proposed for one piece."""

FITTED = (models.Mention.State.CONFIRMED, models.Mention.State.CORRECTED)


class ItemUnknown(Exception):
    """No item has this number."""

    def __init__(self) -> None:
        super().__init__("There is no such item of information; it may have been withdrawn.")


@dataclass(frozen=True, slots=True)
class Fitted:
    """What fitting an item did."""

    item: int
    added: int
    removed: int
    proposals: int


@action("fit item")
def fit_item(actor: Actor, item_id: int, *, now: datetime) -> Fitted:
    """Take the item's confirmed mentions into the picture and propose what each may be the same as.

    Raises:
        ItemUnknown: no item has this number.
    """
    hold_the_picture()
    item = models.Item.objects.filter(pk=item_id).first()
    if item is None:
        raise ItemUnknown
    wanted = {mention.pk: mention for mention in _fitted_mentions(item)}
    removed = _remove_changed(item, wanted)
    here = set(models.Piece.objects.filter(item=item).values_list("mention_id", flat=True))
    new = [mention for number, mention in wanted.items() if number not in here]
    _add(item, new)
    if judging.standing_on({mention.pk for mention in new}):
        assemble_around(mention.pk for mention in new)
    proposals = _propose(item, {mention.pk for mention in new}, now) if new else 0
    touch("item", item.pk, added=len(new), removed=removed, proposals=proposals)
    return Fitted(item.pk, len(new), removed, proposals)


def _fitted_mentions(item: models.Item) -> list[models.Mention]:
    rows = models.Mention.objects.filter(item=item, state__in=FITTED).exclude(value=None).exclude(value="")
    return list(rows.filter(kind__in=KINDS).order_by("id"))


def _remove_changed(item: models.Item, wanted: Mapping[int, models.Mention]) -> int:
    """Take pieces out of the picture that are no longer confirmed or whose value was corrected; return how many."""
    gone = [
        number
        for number, kind, value in models.Piece.objects.filter(item=item).values_list("mention_id", "kind", "value")
        if number not in wanted or (wanted[number].kind, wanted[number].value) != (kind, value)
    ]
    if not gone:
        return 0
    # Whoever shared a thing with them is assembled again without them.
    shared = models.Piece.objects.filter(entity__pieces__in=gone).exclude(mention_id__in=gone)
    left = list(shared.values_list("mention_id", flat=True).distinct())
    emptied = list(models.Piece.objects.filter(mention_id__in=gone).values_list("entity_id", flat=True))
    unjudged = models.Proposal.objects.filter(judgements=None)
    unjudged.filter(Q(mention__in=gone) | Q(candidate__in=gone)).delete()
    models.Posting.objects.filter(mention__in=gone).delete()
    models.Piece.objects.filter(mention_id__in=gone).delete()
    if left:
        assemble_around(left)
    models.Entity.objects.filter(id__in=[entity for entity in emptied if entity], pieces=None).delete()
    return len(gone)


def _add(item: models.Item, mentions: Sequence[models.Mention]) -> None:
    """Store each mention as a piece with its index postings; each that is a thing starts as one of its own."""
    things = [mention for mention in mentions if mention.kind not in fitting.NOT_THINGS]
    models.Entity.objects.bulk_create(
        [models.Entity(id=mention.pk, kind=mention.kind, label=mention.value or "") for mention in things]
    )
    alone = {mention.pk for mention in things}
    models.Piece.objects.bulk_create([_piece(item, mention, alone) for mention in mentions])
    models.Posting.objects.bulk_create(
        [
            models.Posting(feature=feature, mention_id=mention.pk)
            for mention in things
            for feature in features(mention.kind, mention.value or "")
        ]
    )


def _piece(item: models.Item, mention: models.Mention, alone: set[int]) -> models.Piece:
    return models.Piece(
        mention=mention,
        item=item,
        entity_id=mention.pk if mention.pk in alone else None,
        kind=mention.kind,
        value=mention.value or "",
        partial=mention.partial,
        source=item.source_key,
    )


def _propose(item: models.Item, new: set[int], now: datetime) -> int:
    """Weigh the new pieces against what they may belong to and store the links worth asking about."""
    told = fitting.pieces_of_item(item.pk)
    asked = [piece for number, (piece, entity) in told.items() if number in new and entity is not None]
    chosen = _candidates(asked, item.pk, {entity for _, entity in told.values()})
    views = fitting.views({entity for entities in chosen.values() for entity in entities})
    companions = [piece for piece, _ in told.values()]
    compared = (piece for view in views.values() for piece in (*view.pieces, *view.companions))
    frequencies = fitting.frequencies([*companions, *compared])
    rows: list[models.Proposal] = []
    for piece in asked:
        known = (views[entity] for entity in chosen[piece.id] if _could_be(piece, views[entity]))
        fits = [weigh(piece, companions, view, frequencies) for view in known]
        rows += [_proposal(fit, piece, views[fit.entity], now) for fit in _worth_asking(fits, family(piece.kind))]
    # A pair that was proposed before, and perhaps judged, keeps its first proposal.
    models.Proposal.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _could_be(piece: Piece, view: EntityView) -> bool:
    """Return whether a piece could be this thing at all: a street is in a postcode, and is not the postcode."""
    return family(piece.kind) != "home" or any(known.kind == piece.kind for known in view.pieces)


def _worth_asking(fits: Iterable[Fit], own: str) -> list[Fit]:
    """Return the strongest fits that a person should be asked about; `own` is the family of the piece."""
    likely = [fit for fit in fits if fit.bits >= _least_bits(fit, own)]
    return sorted(likely, key=lambda fit: (-fit.bits, fit.entity))[:PROPOSALS]


def _least_bits(fit: Fit, own: str) -> float:
    """Return the bits that this fit must reach, by how far the two values themselves agree."""
    likeness = sum(part.bits for part in fit.parts if part.feature == own)
    if own in LEAST_LIKENESS:
        return LEAST_BITS if likeness >= LEAST_LIKENESS[own] else math.inf
    return LEAST_BITS if likeness > 0 else LEAST_BITS_UNLIKE


def _proposal(fit: Fit, piece: Piece, view: EntityView, now: datetime) -> models.Proposal:
    closest = min(view.pieces, key=lambda other: (other.value != piece.value, other.kind != piece.kind, other.id))
    return models.Proposal(
        mention_id=piece.id,
        candidate_id=closest.id,
        bits=fit.bits,
        parts=[asdict(part) for part in fit.parts],
        proposed_at=now,
    )


def _candidates(asked: Sequence[Piece], item_id: int, own: set[int | None]) -> dict[int, list[int]]:
    """Return for each piece the entities to weigh it against, found by its value and by its company."""
    keys = {piece.id: features(piece.kind, piece.value) for piece in asked}
    found = fitting.postings(feature for features_of in keys.values() for feature in features_of)
    ours = set(keys)
    lists = {feature: [piece for piece in pieces if piece not in ours] for feature, pieces in found.items()}
    total = max(fitting.pieces_in_families({piece.kind for piece in asked}), 1)
    leaders = {
        piece.id: vote({key: lists[key] for key in keys[piece.id] if key in lists}, total, top=3 * CANDIDATES)
        for piece in asked
    }
    homes = fitting.homes_of({candidate.id for candidates in leaders.values() for candidate in candidates})
    by_company = _by_company({number: [(c.id, c.score) for c in cs] for number, cs in leaders.items()}, homes, item_id)
    chosen: dict[int, list[int]] = {}
    for piece in asked:
        by_value = dict.fromkeys(homes[c.id][0] for c in leaders[piece.id] if c.id in homes)
        company = by_company.get(family(piece.kind), [])
        both = dict.fromkeys([*list(by_value)[:CANDIDATES], *company[: CANDIDATES // 2]])
        chosen[piece.id] = [entity for entity in both if entity not in own]
    return chosen


def _by_company(
    leaders: Mapping[int, Sequence[tuple[int, float]]], homes: Mapping[int, tuple[int, str, int]], item_id: int
) -> dict[str, list[int]]:
    """Return, for each family of kinds, the things told in the items that share most with this one, best first.

    A plate that half agrees is no reason to know a “T” again, and a “T” alone is none either; told together they are.
    """
    shared: dict[int, float] = defaultdict(float)
    for candidates in leaders.values():
        best: dict[int, float] = {}
        for piece, score in candidates:
            if piece in homes:
                item = homes[piece][2]
                best[item] = max(best.get(item, 0.0), score)
        for item, score in best.items():
            shared[item] += score
    shared.pop(item_id, None)
    nearest = sorted(shared, key=lambda item: (-shared[item], item))[: 2 * CANDIDATES]
    things = fitting.things_in(nearest)
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for item in nearest:
        for entity, kind in things[item]:
            found[family(kind)][entity] = None
    return {group: list(entities) for group, entities in found.items()}
