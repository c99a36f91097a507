"""Files as evidence: whoever may take the teller's own file out of the desk, and which files there are to take."""

from dataclasses import dataclass
from datetime import datetime

from lastpiece.site.desk.records.models import Alert, AlertKind, Attachment, Role, Staff
from lastpiece.site.desk.records.queries.files import FileMissing
from lastpiece.site.desk.records.queries.originals import OriginalClosed, opened_original


class NotYoursToTakeOut(Exception):
    """This person may not take files of this report out."""

    def __init__(self) -> None:
        super().__init__(
            "A file is taken out by the assessor who has the report open, or by the safeguarding lead who has its "
            "alert of harm to a child."
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A file as it is listed for somebody who may take it out: never its name, which is the teller's own words."""

    report: int
    number: int
    size: int
    use_place: bool


def holds_alert(staff: Staff, report_id: int) -> bool:
    """Return whether this safeguarding lead has said “I have it” of harm to a child in the report."""
    rows = Alert.objects.filter(report_id=report_id, kind=AlertKind.CHILD_HARM, acknowledged_by=staff)
    return staff.role == Role.SAFEGUARDING_LEAD and rows.exists()


def files_held(staff: Staff, report_id: int) -> tuple[Held, ...]:
    """Return the files that the holder of the report's alert may take out, none for anybody else."""
    if not holds_alert(staff, report_id):
        return ()
    rows = Attachment.objects.filter(report_id=report_id)
    return tuple(Held(report_id, row.number, row.size, row.use_place) for row in rows)


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
    if not holds_alert(staff, report_id):
        try:
            opened_original(staff.pk, report_id, now=now)
        except OriginalClosed as closed:
            raise NotYoursToTakeOut from closed
    return Held(report_id, number, row.size, row.use_place)
