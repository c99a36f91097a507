"""Answering a teller: a locked template, filled with their own words, released by a second person.

Nobody can type a free text to a teller. Asking somebody who cannot be known to find something out can never be
made lawful, so every outbound sentence is one that was approved once, with slots that take only words the teller
wrote (`lastpiece.assess.questions`). A teller who may be a child is told only what children may be asked, each question
once; a broker, that is an intake assessor, drafts it and the safeguarding lead alone releases it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from lastpiece.assess.questions import TEMPLATES, QuestionRefusedError, fill
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Message, Report, Role
from lastpiece.site.desk.records.queries.answers import may_be_child
from lastpiece.site.desk.records.queries.originals import (
    OriginalDeleted,
    answers_of,
    open_beside,
    opened_original,
    seal_beside,
)

MOST_QUESTIONS = 2
"""Questions that may ever be put to one teller about one report."""


class NoMailbox(Exception):
    """The teller left no way to be answered."""

    def __init__(self) -> None:
        super().__init__("This report has no mailbox, or the mailbox has ended, so nobody can be answered.")


class AnsweredEnough(Exception):
    """The teller has been asked as often as is right."""

    def __init__(self) -> None:
        super().__init__(f"This teller has been sent {MOST_QUESTIONS} questions already. Asking more would be tasking.")


class WhyMissing(Exception):
    """No reason was given for the answer."""

    def __init__(self) -> None:
        super().__init__("Write why this is necessary and proportionate, in at least 8 characters.")


class AskedAlready(Exception):
    """A child would be asked the same thing twice."""

    def __init__(self) -> None:
        super().__init__("The teller may be a child and was asked this before. It is not asked twice.")


class BrokerNeeded(Exception):
    """Somebody who is no broker would write to a child."""

    def __init__(self) -> None:
        super().__init__("The teller may be a child. Only an intake assessor can draft this.")


class SafeguardingLeadNeeded(Exception):
    """Somebody other than the safeguarding lead would release a message to a child."""

    def __init__(self) -> None:
        super().__init__("The teller may be a child. Only the safeguarding lead can release this.")


class OwnDraft(Exception):
    """Somebody tried to release what they drafted."""

    def __init__(self) -> None:
        super().__init__("You drafted this message. Somebody else has to release it.")


class NotWaiting(Exception):
    """The message is not waiting for release."""

    def __init__(self) -> None:
        super().__init__("This message is not waiting for release any more.")


@action("draft answer")
def draft_answer(  # noqa: PLR0917 - a template, its slots and the reason
    actor: Actor, report_id: int, template_id: str, slots: Mapping[str, str], why: str, *, now: datetime
) -> Message:
    """Draft a message to the teller of a report from a locked template.

    To quote the teller one must have the original open: a slot says whether words stand in it, and would otherwise
    let somebody guess at a closed original without a reason and without a row.

    Raises:
        OriginalClosed: the template quotes the teller, and the original is not open for this person.
        NoMailbox: the report has no mailbox, or it has ended.
        AnsweredEnough: two questions went out already.
        WhyMissing: the reason is missing.
        BrokerNeeded, AskedAlready: the teller may be a child.
        QuestionRefusedError: a slot holds something the teller did not write, or it is no message for a child (from
            `assess.questions`).
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=report_id)
    if report.mailbox is None:
        raise NoMailbox
    why = " ".join(why.split())
    if len(why) < 8:  # noqa: PLR2004 - said in the sentence of WhyMissing
        raise WhyMissing
    child = may_be_child(report)
    if child and actor.role != Role.INTAKE_ASSESSOR:
        raise BrokerNeeded
    _check_asked(report, template_id, child=child)
    template = TEMPLATES.get(template_id)
    if template is not None and template.slots:
        opened_original(actor.person, report.pk, now=now)
    fill(template_id, slots, "\n".join(answers_of(report.pk).values()), child=child)
    message = Message.objects.create(
        mailbox=report.mailbox,
        report=report,
        direction=Message.Direction.OUT,
        state=Message.State.DRAFTED,
        template_id=template_id,
        sealed_slots=seal_beside(report, json.dumps(dict(slots))),
        why=why[:300],
        drafted_by_id=actor.staff_id,
        drafted_at=now,
    )
    touch("message", message.pk, why, report=report.pk, template=template_id)
    return message


@action("release answer")
def release_answer(actor: Actor, message_id: int, *, now: datetime) -> Message:
    """Let a drafted message go out with the next daily batch.

    Raises:
        OwnDraft: the same person drafted it.
        NotWaiting: it is not waiting for release.
        SafeguardingLeadNeeded: the teller may be a child, and this is somebody else.
        QuestionRefusedError: the teller turned out to be a child since it was drafted, and it is no message for one.
    """
    message = _waiting(actor, message_id)
    _check_child(actor, message)
    message.state, message.released_by_id = Message.State.RELEASED, actor.staff_id
    message.released_on = timezone.localdate(now)
    message.save(update_fields=["state", "released_by", "released_on"])
    touch("message", message.pk, report=message.report_id or 0, template=message.template_id)
    return message


@action("refuse answer")
def refuse_answer(actor: Actor, message_id: int, reason: str, *, now: datetime) -> Message:
    """Keep a drafted message from going out.

    Raises:
        OwnDraft: the same person drafted it.
        NotWaiting: it is not waiting for release.
    """
    message = _waiting(actor, message_id)
    message.state, message.released_by_id = Message.State.REFUSED, actor.staff_id
    message.save(update_fields=["state", "released_by"])
    touch("message", message.pk, reason, report=message.report_id or 0, template=message.template_id)
    return message


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A message with the words it says."""

    message: Message
    text: str = field(repr=False)
    child: bool = False


@action("look at answer")
def look_at_answer(actor: Actor, message_id: int, *, now: datetime) -> ShownAnswer:
    """Return a message to a teller as it will be read."""
    message = Message.objects.select_related("report", "drafted_by", "released_by").get(
        pk=message_id, direction=Message.Direction.OUT
    )
    touch("message", message.pk, report=message.report_id or 0)
    child = message.report is not None and may_be_child(message.report)
    try:
        return ShownAnswer(message, text_of(message), child)
    except OriginalDeleted as deleted:
        return ShownAnswer(message, str(deleted), child)


def text_of(message: Message) -> str:
    """Return the sentence a message says to its teller."""
    if message.report is None or message.sealed_slots is None:
        return fill(message.template_id, {}, "")
    slots: dict[str, str] = json.loads(open_beside(message.report, bytes(message.sealed_slots)))
    return fill(message.template_id, slots, "\n".join(answers_of(message.report.pk).values()))


def _check_asked(report: Report, template_id: str, *, child: bool) -> None:
    questions = [name for name, template in TEMPLATES.items() if template.is_question]
    if template_id not in questions:
        return
    # a child is one teller however many reports there are
    about = {"report__source_key": report.source_key} if child else {"report": report}
    asked = Message.objects.filter(**about, direction=Message.Direction.OUT, template_id__in=questions)
    asked = asked.exclude(state=Message.State.REFUSED)
    if asked.count() >= MOST_QUESTIONS:
        raise AnsweredEnough
    if child and asked.filter(template_id=template_id).exists():
        raise AskedAlready


def _check_child(actor: Actor, message: Message) -> None:
    if message.report is None or not may_be_child(message.report):
        return
    if actor.role != Role.SAFEGUARDING_LEAD:
        raise SafeguardingLeadNeeded
    if not TEMPLATES[message.template_id].for_children:
        raise QuestionRefusedError("The teller may be a child. This question may not be put to a child.")


def _waiting(actor: Actor, message_id: int) -> Message:
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.DRAFTED:
        raise NotWaiting
    if message.drafted_by_id == actor.staff_id:
        raise OwnDraft
    return message
