"""Judgements as the engine sees them, and which proposals still wait for a person."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lastpiece.fit.judgement import Judgement, Verdict
from lastpiece.site.desk.records import models

_LOOK_AHEAD = 400
"""Most proposals read to find those that are still open between things, not only between pieces."""

_AT_A_TIME = 20


def standing() -> QuerySet[models.Judgement]:
    """Return the judgements that nobody has taken back."""
    return models.Judgement.objects.filter(undone_at=None)


def joined_by_same(pieces: Iterable[int]) -> set[int]:
    """Return `pieces` and every piece that a chain of standing “same” leads to from them."""
    reached = set(pieces)
    frontier = set(reached)
    while frontier:
        ties = standing().filter(verdict=Verdict.SAME).filter(Q(left__in=frontier) | Q(right__in=frontier))
        touched = {piece for pair in ties.values_list("left_id", "right_id") for piece in pair}
        frontier = touched - reached
        reached |= frontier
    return reached


def judgements_among(pieces: Iterable[int]) -> list[Judgement]:
    """Return the standing judgements whose two pieces are both in `pieces`."""
    wanted = list(pieces)
    rows = standing().filter(left__in=wanted, right__in=wanted).order_by("id")
    columns = rows.values_list("id", "left_id", "right_id", "verdict", "by_id", "at")
    return [
        Judgement(number, left, right, Verdict(verdict), str(by), at)
        for number, left, right, verdict, by, at in columns
    ]


def standing_on(pieces: Iterable[int]) -> bool:
    """Return whether any standing judgement is about one of `pieces`."""
    wanted = list(pieces)
    return standing().filter(Q(left__in=wanted) | Q(right__in=wanted)).exists()


def _judged(pair: Q) -> Exists:
    return Exists(standing().filter(pair))


def waiting() -> QuerySet[models.Proposal]:
    """Return the proposals between two different things that nobody has judged, strongest first."""
    direct = Q(left=OuterRef("mention_id"), right=OuterRef("candidate_id"))
    reverse = Q(left=OuterRef("candidate_id"), right=OuterRef("mention_id"))
    return (
        models.Proposal.objects.filter(mention__piece__isnull=False, candidate__piece__isnull=False)
        .exclude(mention__piece__entity=F("candidate__piece__entity"))
        .exclude(_judged(direct | reverse))
        .order_by("-bits", "id")
    )


def still_open(proposals: QuerySet[models.Proposal]) -> Iterator[models.Proposal]:
    """Yield the proposals whose two things nobody has judged in any of their pieces, one for each pair of things."""
    seen: set[frozenset[int | None]] = set()
    for proposal in _read_ahead(proposals.select_related("mention__piece", "candidate__piece")):
        left, right = proposal.mention.piece.entity_id, proposal.candidate.piece.entity_id
        pair = frozenset({left, right})
        if pair not in seen and not _already_judged(left, right):
            yield proposal
        seen.add(pair)


def _read_ahead(proposals: QuerySet[models.Proposal]) -> Iterator[models.Proposal]:
    for start in range(0, _LOOK_AHEAD, _AT_A_TIME):
        rows = list(proposals[start : start + _AT_A_TIME])
        yield from rows
        if len(rows) < _AT_A_TIME:
            return


def _already_judged(left: int | None, right: int | None) -> bool:
    """Return whether any piece of one thing was judged against any piece of the other."""
    here = Q(left__piece__entity=left, right__piece__entity=right)
    there = Q(left__piece__entity=right, right__piece__entity=left)
    return standing().filter(here | there).exists()


def next_waiting(after: int | None = None) -> models.Proposal | None:
    """Return the strongest proposal that still needs a person, leaving out number `after`."""
    rows = waiting() if after is None else waiting().exclude(pk=after)
    return next(still_open(rows), None)
