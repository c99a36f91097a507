"""Answering a teller: a locked template, filled with their own words, released by a second person.

Nobody can type a free text to a teller. Asking somebody who cannot be known to find something out can never be
made lawful, so every outbound sentence is one that was approved once, with slots that take only words the teller
wrote (`lastpiece.assess.questions`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from lastpiece.assess.questions import TEMPLATES, fill
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Message, Report
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
        super().__init__("This report came without a mailbox, so nobody can be answered.")


class AnsweredEnough(Exception):
    """The teller has been asked as often as is right."""

    def __init__(self) -> None:
        super().__init__(f"This teller has been sent {MOST_QUESTIONS} questions already. Asking more would be tasking.")


class WhyMissing(Exception):
    """No reason was given for the answer."""

    def __init__(self) -> None:
        super().__init__("Write why this is necessary and proportionate, in at least 8 characters.")


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
        NoMailbox: the report came without a mailbox.
        AnsweredEnough: two questions went out already.
        WhyMissing: the reason is missing.
        QuestionRefusedError: a slot holds something the teller did not write (from `assess.questions`).
    """
    report = Report.objects.select_for_update(of=("self",)).select_related("mailbox").get(pk=report_id)
    if report.mailbox is None:
        raise NoMailbox
    why = " ".join(why.split())
    if len(why) < 8:  # noqa: PLR2004 - said in the sentence of WhyMissing
        raise WhyMissing
    _check_asked(report, template_id)
    template = TEMPLATES.get(template_id)
    if template is not None and template.slots:
        opened_original(actor.person, report.pk, now=now)
    fill(template_id, slots, "\n".join(answers_of(report.pk).values()))
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
    """
    message = _waiting(actor, message_id)
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


@action("look at answer")
def look_at_answer(actor: Actor, message_id: int, *, now: datetime) -> ShownAnswer:
    """Return a message to a teller as it will be read."""
    message = Message.objects.select_related("report", "drafted_by", "released_by").get(
        pk=message_id, direction=Message.Direction.OUT
    )
    touch("message", message.pk, report=message.report_id or 0)
    try:
        return ShownAnswer(message, text_of(message))
    except OriginalDeleted as deleted:
        return ShownAnswer(message, str(deleted))


def text_of(message: Message) -> str:
    """Return the sentence a message says to its teller."""
    if message.report is None or message.sealed_slots is None:
        return fill(message.template_id, {}, "")
    slots: dict[str, str] = json.loads(open_beside(message.report, bytes(message.sealed_slots)))
    return fill(message.template_id, slots, "\n".join(answers_of(message.report.pk).values()))


def _check_asked(report: Report, template_id: str) -> None:
    questions = [name for name, template in TEMPLATES.items() if template.is_question]
    asked = Message.objects.filter(report=report, direction=Message.Direction.OUT, template_id__in=questions)
    if template_id in questions and asked.exclude(state=Message.State.REFUSED).count() >= MOST_QUESTIONS:
        raise AnsweredEnough


def _waiting(actor: Actor, message_id: int) -> Message:
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != Message.State.DRAFTED:
        raise NotWaiting
    if message.drafted_by_id == actor.staff_id:
        raise OwnDraft
    return message
