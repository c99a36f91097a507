"""Opening an original: one at a time, with a reason, and always in the audit."""

from contextlib import suppress
from datetime import datetime

from lastpiece.site.desk.records.actions.alerting import TakenAlready, take_alert
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import UNREAD_KINDS, Alert, DataKey, Opening, Report
from lastpiece.site.desk.records.queries.originals import OriginalDeleted

SHORTEST_REASON = 8  # characters: enough for "my queue", too long for a dot


class ReasonMissing(Exception):
    """No reason, or hardly one, was given."""

    def __init__(self) -> None:
        super().__init__(f"Write why you open this report, in at least {SHORTEST_REASON} characters.")


class HeldByAnother(Exception):
    """Somebody else is assessing the report."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is assessing this report. Ask them to put it back, or take another one.")


@action("open original")
def open_report(actor: Actor, report_id: int, reason: str, *, now: datetime) -> None:
    """Open a report's own words for one member of staff; whatever they had open before is closed.

    A waiting report becomes theirs to assess.

    Raises:
        ReasonMissing: the reason is empty or too short.
        HeldByAnother: somebody else is assessing it.
        OriginalDeleted: the words have been deleted.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ReasonMissing
    report = Report.objects.select_for_update().get(pk=report_id)
    if not DataKey.objects.filter(pk=report_id).exists():
        raise OriginalDeleted
    _take(report, actor)
    _take_unread(report_id, actor, now=now)
    Opening.objects.filter(staff_id=actor.person, closed_at__isnull=True).update(closed_at=now)
    Opening.objects.create(report=report, staff_id=actor.person, opened_at=now)
    touch("report", report.pk, reason, state=report.state)


@action("put back")
def put_back(actor: Actor, report_id: int, *, now: datetime) -> None:
    """Close the original and let somebody else assess the report; items already written stay."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.state == Report.State.ASSESSING and report.assessor_id not in (None, actor.staff_id):
        raise HeldByAnother(str(report.assessor))
    if report.state == Report.State.ASSESSING:
        report.state, report.assessor = Report.State.WAITING, None
        report.save(update_fields=["state", "assessor"])
    close_opening(report_id, actor.person, now=now)
    touch("report", report.pk)


@action("mark read")
def mark_read(actor: Actor, report_id: int, *, now: datetime) -> None:
    """Take feedback or a message off its list; it needs no items of information."""
    report = Report.objects.select_for_update().exclude(kind=Report.Kind.REPORT).get(pk=report_id)
    report.state, report.assessor_id, report.assessed_at = Report.State.ASSESSED, actor.staff_id, now
    report.save(update_fields=["state", "assessor", "assessed_at"])
    close_opening(report_id, actor.person, now=now)
    touch("report", report.pk, kind=report.kind)


def close_opening(report_id: int, staff_id: int, *, now: datetime) -> None:
    """Close the report's original for this person; whoever else has it open keeps it until their time is up."""
    Opening.objects.filter(report_id=report_id, staff_id=staff_id, closed_at__isnull=True).update(closed_at=now)


def _take(report: Report, actor: Actor) -> None:
    if report.state == Report.State.ASSESSING and report.assessor_id not in (None, actor.staff_id):
        raise HeldByAnother(str(report.assessor))
    if report.state == Report.State.WAITING:
        report.state, report.assessor_id = Report.State.ASSESSING, actor.staff_id
        report.save(update_fields=["state", "assessor"])


def _take_unread(report_id: int, actor: Actor, *, now: datetime) -> None:
    """Take the alert that nobody could read a report: this person opens it now, so paging ends; part of opening it."""
    open_ = Alert.objects.filter(report_id=report_id, kind__in=UNREAD_KINDS, acknowledged_at__isnull=True)
    for alert_id in list(open_.values_list("pk", flat=True)):
        with suppress(TakenAlready):  # by somebody else, at this very moment: it is over all the same
            take_alert(actor, alert_id, now=now)
