"""Taking in what was told: sealed again under the desk's own key, once however often it comes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lastpiece.site.desk.records.actions.alerting import (
    lists_read,
    priority_of,
    raise_alerts,
    raise_for_child,
    shows_child,
    signs_of,
)
from lastpiece.site.desk.records.actions.alike import group
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.files import attach
from lastpiece.site.desk.records.models import (
    AlertKind,
    ClosedMailbox,
    DataKey,
    Mailbox,
    Message,
    Quarantined,
    Report,
    SealedOriginal,
)
from lastpiece.site.desk.storage import seal_text
from lastpiece.tell.report import Report as Told


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one sending: its record, and whether it was new."""

    report_id: int
    added: bool


@action("receive")
def receive(actor: Actor, told: Told, *, now: datetime) -> Received:
    """Keep a sending, unless one with its nonce is here already.

    Reports go to the queue, feedback and messages to their own lists; a message from a mailbox is tied to the
    latest report of the same source, even if its mailbox was deleted meanwhile. The database's own uniqueness
    decides, so that two collectors at once keep one copy.
    """
    report, added, alerts = take_in(told, now=now)
    kind, channel, priority = told.kind, report.channel, report.priority
    touch("report", report.pk, kind=kind, channel=channel, added=added, priority=priority, alerts=alerts)
    return Received(report.pk, added)


def take_in(told: Told, *, now: datetime) -> tuple[Report, bool, list[str]]:
    """Keep a sending as part of an action; return its record, whether it was new, and the alerts it raised.

    The alerts are in the same transaction: no report of a danger is kept without somebody being called to it.
    """
    mailbox, source = _mailbox(told, now=now), source_key(told)
    by_child = shows_child(told)
    child = by_child or Report.objects.filter(source_key=source, by_child=True).exists()
    signs = signs_of(told, child=child)
    priority, why = priority_of(signs)
    report, added = Report.objects.get_or_create(
        nonce=told.nonce,
        defaults={
            "kind": told.kind,
            "channel": told.channel[:20],
            "form_version": told.form_version[:20],
            "language": told.language,
            "lists_read": lists_read(told),
            "told_on": told.told_on,
            "received_on": timezone.localdate(now),
            "priority": priority,
            "priority_why": why,
            "mailbox": mailbox,
            "source_key": source,
            "by_child": by_child,
            "harm_if_child": signs_of(told, child=True).get(AlertKind.CHILD_HARM, ""),
        },
    )
    if not added:
        return report, False, []
    _keep_words(report, told)
    attach(report, told.attachments, now=now)
    raise_alerts(report, signs, now=now)
    if by_child:
        raise_for_child(source, now=now)
    if told.kind == "message" and told.mailbox is not None:
        _tie_message(report)
    if told.kind == "report":
        group(report, told)
    return report, True, [str(kind) for kind in signs]


@action("quarantine")
def note_quarantine(actor: Actor, name: str, why: str, *, state: Quarantined.State, size: int, now: datetime) -> None:
    """Record that a file of `size` bytes in the spool could not be opened and was set aside with its reason."""
    Quarantined.objects.get_or_create(
        name=name, defaults={"reason": why[:300], "state": state, "size": size, "at": now}
    )
    touch("spool file", name[:64], why, state=str(state))


def source_key(told: Told) -> str:
    """Return what equal sources share: a hash of the mailbox, or of the nonce when there is none."""
    origin = b"mailbox:" + told.mailbox.id if told.mailbox else b"nonce:" + told.nonce
    return hashlib.sha256(b"lastpiece source " + origin).hexdigest()[:32]


def _mailbox(told: Told, *, now: datetime) -> Mailbox | None:
    """Return the mailbox to answer to, used today; None without one, or when its teller had it deleted."""
    address, today = told.mailbox, timezone.localdate(now)
    if address is None or ClosedMailbox.objects.filter(source_key=source_key(told)).exists():
        return None
    fresh = {"reply_public_key": address.reply_public_key, "last_used_on": today}
    # Locked: of two sendings of one teller taken in at once, one must see that the other shows a child.
    mailbox, made = Mailbox.objects.select_for_update().get_or_create(address=address.id, defaults=fresh)
    if not made and mailbox.last_used_on < today:
        mailbox.last_used_on = today
        mailbox.save(update_fields=["last_used_on"])
    return mailbox


def _keep_words(report: Report, told: Told) -> None:
    plain = json.dumps(dict(told.answers), ensure_ascii=False).encode("utf-8", "replace")
    sealed, wrapped = seal_text(plain, about=told.nonce)
    SealedOriginal.objects.create(report=report, sealed=sealed)
    DataKey.objects.create(report=report, wrapped=wrapped)


def _tie_message(report: Report) -> None:
    same = Report.objects.filter(source_key=report.source_key, kind=Report.Kind.REPORT)
    Message.objects.create(
        mailbox=report.mailbox,
        report=same.order_by("-told_on", "-id").first(),
        told_in=report,
        direction=Message.Direction.IN,
        state=Message.State.RECEIVED,
    )
