"""Judge a proposed link, and take a judgement back.

Only a named person joins or parts things in the picture. Every judgement is kept with its name; taking one back marks
it so and assembles the picture from what still stands, which gives exactly the picture there was without it. Where two
judgements contradict each other both stay and both are shown; “different” keeps things apart until a person decides.
"""

from dataclasses import dataclass
from datetime import datetime

from lastpiece.fit.judgement import Contradiction, Verdict
from lastpiece.site.desk.records import models
from lastpiece.site.desk.records.actions.assembling import assemble_around, hold_the_picture
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.queries.judging import standing


class JudgementRefused(Exception):
    """A judgement could not be recorded or taken back; the sentence says why."""


class ProposalUnknown(JudgementRefused):
    """No proposal has this number."""

    def __init__(self) -> None:
        super().__init__("There is no such proposal; the mention may have been corrected since. Nothing was changed.")


class PersonNeeded(JudgementRefused):
    """A job tried to judge."""

    def __init__(self) -> None:
        super().__init__("Only a named person may judge whether two pieces are one thing.")


class JudgedAlready(JudgementRefused):
    """The same person has judged this pair."""

    def __init__(self, verdict: str) -> None:
        super().__init__(f"You have already judged this pair: {verdict}. Take that back first to change your mind.")


class PieceGone(JudgementRefused):
    """One of the two mentions is no longer confirmed."""

    def __init__(self) -> None:
        super().__init__("One of the two mentions is no longer confirmed, so there is nothing to judge.")


class NothingToUndo(JudgementRefused):
    """There is no standing judgement to take back."""

    def __init__(self) -> None:
        super().__init__("There is no judgement of yours left to take back.")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judgement, or taking one back, did.

    Attributes:
        judgement: Its number.
        proposal: The number of the proposal that it answers, if it answers one.
        entity: The thing that the newly fitted mention now belongs to.
        joined: Whether the two pieces are now one thing.
        contradictions: Judgements of this part of the picture that cannot all hold.
        others: What other people have said about the same pair, as (name, verdict).
    """

    judgement: int
    proposal: int | None
    entity: int
    joined: bool
    contradictions: tuple[Contradiction, ...]
    others: tuple[tuple[str, str], ...]


@action("combine")
def accept(actor: Actor, proposal_id: int, *, now: datetime, reason: str = "") -> Judged:
    """Say that the two pieces of a proposal are the same thing.

    Raises:
        JudgementRefused: see its kinds.
    """
    return _judge(actor, proposal_id, Verdict.SAME, now=now, reason=reason)


@action("keep apart")
def refuse(actor: Actor, proposal_id: int, *, now: datetime, reason: str = "") -> Judged:
    """Say that the two pieces of a proposal are different things.

    Raises:
        JudgementRefused: see its kinds.
    """
    return _judge(actor, proposal_id, Verdict.DIFFERENT, now=now, reason=reason)


@action("leave unsure")
def leave_unsure(actor: Actor, proposal_id: int, *, now: datetime, reason: str = "") -> Judged:
    """Say that a proposal was looked at and cannot be decided on what is known.

    Raises:
        JudgementRefused: see its kinds.
    """
    return _judge(actor, proposal_id, Verdict.UNSURE, now=now, reason=reason)


@action("take back judgement")
def undo(actor: Actor, judgement_id: int, *, now: datetime) -> Judged:
    """Take one judgement back, whoever made it: the picture is what it would be without it.

    Raises:
        NothingToUndo: it does not exist or was taken back before.
    """
    hold_the_picture()
    judgement = standing().filter(pk=judgement_id).first()
    if judgement is None:
        raise NothingToUndo
    return _take_back(actor, judgement, now)


@action("take back judgement")
def undo_last(actor: Actor, *, now: datetime) -> Judged:
    """Take back the actor's latest judgement that still stands.

    Raises:
        NothingToUndo: there is none.
    """
    hold_the_picture()
    judgement = standing().filter(by=actor.staff_id).order_by("-at", "-id").first()
    if judgement is None:
        raise NothingToUndo
    return _take_back(actor, judgement, now)


def _judge(actor: Actor, proposal_id: int, verdict: Verdict, *, now: datetime, reason: str) -> Judged:
    hold_the_picture()
    if actor.staff_id is None:
        raise PersonNeeded
    proposal = models.Proposal.objects.filter(pk=proposal_id).first()
    if proposal is None:
        raise ProposalUnknown
    left, right = sorted((proposal.mention_id, proposal.candidate_id))
    if models.Piece.objects.filter(mention_id__in=(left, right)).count() < 2:  # noqa: PLR2004 - both of the pair
        raise PieceGone
    mine = standing().filter(left=left, right=right, by=actor.staff_id).first()
    if mine is not None:
        raise JudgedAlready(mine.get_verdict_display().lower())
    judgement = models.Judgement.objects.create(
        left_id=left, right_id=right, verdict=verdict, by_id=actor.staff_id, at=now, reason=reason, proposal=proposal
    )
    return _settle(judgement, verdict=verdict, bits=round(proposal.bits, 1))


def _take_back(actor: Actor, judgement: models.Judgement, now: datetime) -> Judged:
    if actor.staff_id is None:
        raise PersonNeeded
    judgement.undone_at = now
    judgement.undone_by_id = actor.staff_id
    judgement.save(update_fields=["undone_at", "undone_by"])
    return _settle(judgement, verdict=judgement.verdict, made_by=judgement.by_id)


def _settle(judgement: models.Judgement, **detail: object) -> Judged:
    """Assemble what the judgement can have changed, note it in the audit, and say what is so now."""
    pair = (judgement.left_id, judgement.right_id)
    part = assemble_around(pair)
    entity_of = part.entity_of()
    joined = len({entity_of[piece].id for piece in pair if piece in entity_of}) == 1
    others = standing().filter(left=pair[0], right=pair[1]).exclude(by=judgement.by_id).select_related("by")
    touch(
        "judgement", judgement.pk, judgement.reason, **detail, pieces=list(pair), things=[e.id for e in part.entities]
    )
    subject = judgement.proposal.mention_id if judgement.proposal else pair[1]
    return Judged(
        judgement=judgement.pk,
        proposal=judgement.proposal_id,
        entity=entity_of[subject].id if subject in entity_of else subject,
        joined=joined,
        contradictions=part.contradictions,
        others=tuple((row.by.name, row.get_verdict_display().lower()) for row in others),
    )
