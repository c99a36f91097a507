"""Files as evidence: whoever may take the teller's own file out of the desk, and which files there are to take."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lastpiece.site.desk.records.models import Alert, AlertKind, Attachment, AuditRow, Report, Role, Staff
from lastpiece.site.desk.records.queries.files import FileMissing
from lastpiece.site.desk.records.queries.originals import OriginalClosed, opened_original
from lastpiece.site.settings import env

ASK = "ask for file"
"""The verb of the row in the log that holds the reason, and lets the file be taken out once."""
TAKE = "take out file"
GIVEN_WITHIN = timedelta(minutes=15)
"""How long after the reason was written the file is given."""


class NotYoursToTakeOut(Exception):
    """This person may not take files of this report out."""

    def __init__(self) -> None:
        super().__init__(
            "A file is taken out by the assessor who has the report open, or by the safeguarding lead who said “I have "
            f"it” of its alert of harm to a child in the last {env.EVIDENCE_DAYS} days. An assessor can open it again."
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A file as it is listed for somebody who may take it out: never its name, which is the teller's own words.

    `alert` is the alert through which they may, None for the assessor who has the report open.
    """

    report: int
    number: int
    size: int
    use_place: bool
    alert: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A reason that stands in the log in row `row`: until when it gives the file, and when it did, None for not yet."""

    row: int
    reason: str = field(repr=False)
    until: datetime
    taken_at: datetime | None


def alert_held(staff: Staff, report_id: int, *, now: datetime) -> int | None:
    """Return the alert of harm to a child in the report of which this safeguarding lead has said “I have it”.

    It counts for `LASTPIECE_EVIDENCE_DAYS`, and after them while somebody is assessing the report.
    """
    if staff.role != Role.SAFEGUARDING_LEAD:
        return None
    rows = Alert.objects.filter(report_id=report_id, kind=AlertKind.CHILD_HARM, acknowledged_by=staff)
    if not Report.objects.filter(pk=report_id, state=Report.State.ASSESSING).exists():
        rows = rows.filter(acknowledged_at__gt=now - timedelta(days=env.EVIDENCE_DAYS))
    return rows.order_by("-pk").values_list("pk", flat=True).first()


def files_held(staff: Staff, report_id: int, *, now: datetime) -> tuple[Held, ...]:
    """Return the files that the holder of the report's alert may take out, none for anybody else."""
    alert = alert_held(staff, report_id, now=now)
    if alert is None:
        return ()
    rows = Attachment.objects.filter(report_id=report_id)
    return tuple(Held(report_id, row.number, row.size, row.use_place, alert) for row in rows)


def asked_for(staff: Staff, held: Held) -> Asked | None:
    """Return the newest reason that this person wrote for this file, None when they wrote none."""
    rows = AuditRow.objects.filter(kind="report", object_id=str(held.report), actor=staff)
    row = next((row for row in rows.filter(verb=ASK) if row.detail["file"] == held.number), None)
    if row is None:
        return None
    taken = next((each.at for each in rows.filter(verb=TAKE) if each.detail.get("asked") == row.pk), None)
    return Asked(row.pk, row.reason, row.at + GIVEN_WITHIN, taken)


def file_to_take_out(staff: Staff, report_id: int, number: int, *, now: datetime) -> Held:
    """Return the file this person may take out.

    Raises:
        NotYoursToTakeOut: they neither have the report open nor hold its alert.
        OriginalDeleted: its words and files have been deleted.
        FileMissing: it has no such file.
    """
    row = Attachment.objects.filter(report_id=report_id, number=number).first()
    if row is None:
        raise FileMissing
    alert = alert_held(staff, report_id, now=now)
    if alert is None:
        try:
            opened_original(staff.pk, report_id, now=now)
        except OriginalClosed as closed:
            raise NotYoursToTakeOut from closed
    return Held(report_id, number, row.size, row.use_place, alert)
