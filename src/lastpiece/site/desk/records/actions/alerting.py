"""Alerts: raised with the report, paged until a person says that they have it, and who is on duty for them."""

from collections.abc import Sequence
from datetime import datetime

from lastpiece.assess.alone import reads_as_english
from lastpiece.assess.children import harm_signs
from lastpiece.assess.other_languages import WHY, may_say
from lastpiece.assess.questions import YOUNG_CHANNEL, suggests_child
from lastpiece.assess.triage import threat_to_life
from lastpiece.site.desk.languages import name_of
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import UNREAD_KINDS, Alert, AlertKind, Duty, Paging, Report, Staff
from lastpiece.site.desk.records.queries.alerts import ANSWERED_BY, kinds_for
from lastpiece.site.desk.records.queries.alike import same_words_as
from lastpiece.tell.report import Report as Told


class TakenAlready(Exception):
    """Somebody has the alert."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has this alert already.")


class NotForDuty(Exception):
    """The person's role does not answer alerts of that kind."""

    def __init__(self) -> None:
        super().__init__("This person's role does not answer alerts of that kind. Choose somebody else.")


def shows_child(told: Told) -> bool:
    """Return whether the door of a sending, or its words, show that a child may have told it."""
    return told.channel == YOUNG_CHANNEL or suggests_child(_text(told))


def signs_of(told: Told, *, child: bool) -> dict[AlertKind, str]:
    """Return the alerts that a sending calls for, each with why, in our own lists' words; feedback calls for none.

    `child` is whether the teller may be one, by this or by anything else that came from the same source.
    """
    if told.kind not in {"report", "message"}:
        return {}
    text = _text(told)
    unread = unread_sign(told, child=child)
    found = {
        AlertKind.THREAT_TO_LIFE: [sign.why for sign in threat_to_life(text)],
        AlertKind.CHILD_HARM: [sign.why for sign in harm_signs(text, teller_is_child=child)],
    }
    return {kind: "; ".join(dict.fromkeys(why))[:200] for kind, why in found.items() if why} | unread


def lists_read(told: Told) -> bool:
    """Return whether our lists could read a sending: told in English, and plainly in English."""
    return reads_as_english(_text(told), told.language)


def unread_sign(told: Told, *, child: bool) -> dict[AlertKind, str]:
    """Return the alert that a sending calls for because our lists cannot read its language; empty when they can.

    A person is called whatever it says. What a few words of its language may mean only says what they may find.
    """
    if lists_read(told):
        return {}
    dangers = may_say(_text(told), language=told.language)
    kind = AlertKind.UNREAD_CHILD if child or "child" in dangers else AlertKind.UNREAD
    why = [f"Nobody could look for danger: it is in {name_of(told.language)}", *(WHY[danger] for danger in dangers)]
    return {kind: "; ".join(why)[:200]}


def _text(told: Told) -> str:
    return "\n".join(told.answers.values())


def priority_of(signs: dict[AlertKind, str]) -> tuple[Report.Priority, str]:
    """Return the place in the queue that the signs give a report, and why."""
    for kind, priority in (
        (AlertKind.THREAT_TO_LIFE, Report.Priority.THREAT_TO_LIFE),
        (AlertKind.CHILD_HARM, Report.Priority.CHILD_HARM),
    ):
        if kind in signs:
            return priority, signs[kind]
    for kind in UNREAD_KINDS:
        if kind in signs:
            return _priority_of_unread(signs[kind]), signs[kind]
    return Report.Priority.ROUTINE, ""


def _priority_of_unread(why: str) -> Report.Priority:
    """Return the place of a report that our lists cannot read: further forward for what it may say."""
    if any(WHY[danger] in why for danger in ("life", "weapon", "held")):
        return Report.Priority.THREAT_TO_LIFE
    return Report.Priority.CHILD_HARM if WHY["child"] in why else Report.Priority.UNREAD


def raise_alerts(report: Report, signs: dict[AlertKind, str], *, now: datetime) -> None:
    """Add the alerts of a report that has just come in; part of the action that takes it in."""
    for kind, why in signs.items():
        Alert.objects.create(report=report, kind=kind, why=why, raised_at=now)


def raise_for_child(source_key: str, *, now: datetime) -> None:
    """Raise the alerts that earlier sendings of a teller call for, now that they show a child; part of taking one in.

    What calls for one was noted when each came in, however many there are, and stands though its words were deleted.
    """
    told = Report.objects.filter(source_key=source_key).exclude(harm_if_child="")
    for report in told.exclude(alerts__kind=AlertKind.CHILD_HARM):
        raise_alerts(report, {AlertKind.CHILD_HARM: report.harm_if_child}, now=now)
        if report.priority > Report.Priority.CHILD_HARM:
            report.priority, report.priority_why = Report.Priority.CHILD_HARM, report.harm_if_child
            report.save(update_fields=["priority", "priority_why"])


@action("take alert")
def take_alert(actor: Actor, alert_id: int, *, now: datetime) -> Alert:
    """Say that this person has the alert: nobody is paged about it any more, nor about reports that say the very same.

    One that looks alike and says another word, such as another house, goes on paging: it may be the true one.

    Raises:
        TakenAlready: somebody else has it.
        Alert.DoesNotExist: there is none for this person's role.
    """
    alert = (
        Alert.objects.select_for_update(of=("self",))
        .select_related("acknowledged_by")
        .get(pk=alert_id, kind__in=kinds_for(actor.role))
    )
    if alert.acknowledged_by is not None and alert.acknowledged_by_id != actor.person:
        raise TakenAlready(alert.acknowledged_by.name)
    together = 0
    if alert.acknowledged_at is None:
        alert.acknowledged_by_id, alert.acknowledged_at = actor.person, now
        alert.save(update_fields=["acknowledged_by", "acknowledged_at"])
        others = Alert.objects.filter(kind=alert.kind, acknowledged_at__isnull=True)
        more = others.filter(report__in=same_words_as(alert.report_id)).values_list("pk", flat=True)
        together = Alert.objects.filter(pk__in=list(more)).update(acknowledged_by_id=actor.person, acknowledged_at=now)
    seconds = int((alert.acknowledged_at - alert.raised_at).total_seconds())
    touch("alert", alert.pk, kind=alert.kind, report=alert.report_id or 0, seconds=seconds, same=together)
    return alert


@action("take alerts of reports")
def take_alerts_of(actor: Actor, reports: Sequence[int], *, now: datetime) -> int:
    """Say that this person has those alerts of these reports that nobody has, as by `take_alert`; return how many."""
    kinds = kinds_for(actor.role)
    open_ = Alert.objects.filter(report__in=list(reports), kind__in=kinds, acknowledged_at__isnull=True)
    taken = [take_alert(actor, alert_id, now=now).pk for alert_id in list(open_.values_list("pk", flat=True))]
    touch("alerts", len(taken), alerts=taken)
    return len(taken)


@action("page")
def note_paging(actor: Actor, pagings: Sequence[Paging], *, now: datetime) -> None:
    """Keep one try to reach somebody, about one alert or several of a kind that went out as one call."""
    first = pagings[0]
    for paging in pagings:
        paging.at = now
    Paging.objects.bulk_create(pagings)
    touch(
        "alert",
        first.alert_id,
        first.why,
        staff=first.staff_id or 0,
        way=first.way,
        sent=first.sent,
        turn=first.turn,
        alerts=len(pagings),
    )


@action("put on duty")
def put_on_duty(actor: Actor, duty: Duty, *, now: datetime) -> Duty:
    """Put somebody on the rota.

    Raises:
        NotForDuty: their role does not answer alerts of that kind, or their account is closed.
    """
    staff = Staff.objects.get(pk=duty.staff_id)
    if not staff.is_active or staff.role not in ANSWERED_BY[AlertKind(duty.kind)]:
        raise NotForDuty
    duty.save(force_insert=True)
    touch(
        "duty",
        duty.pk,
        staff=staff.pk,
        kind=duty.kind,
        starts=duty.starts_at.isoformat(),
        ends=duty.ends_at.isoformat(),
    )
    return duty


@action("take off duty")
def take_off_duty(actor: Actor, duty_id: int, *, now: datetime) -> None:
    """End a turn of duty now; one that has not begun is removed."""
    duty = Duty.objects.select_for_update().get(pk=duty_id)
    touch("duty", duty.pk, staff=duty.staff_id, kind=duty.kind)
    if duty.starts_at >= now:
        duty.delete()
        return
    duty.ends_at = min(duty.ends_at, now)
    duty.save(update_fields=["ends_at"])
