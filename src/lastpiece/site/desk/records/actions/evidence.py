"""Taking the teller's own file out of the desk as evidence: with a reason, and never without a row in the log."""

import hashlib
from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.reading import SHORTEST_REASON
from lastpiece.site.desk.records.models import Staff
from lastpiece.site.desk.records.queries.evidence import file_to_take_out
from lastpiece.site.desk.records.queries.files import file_of


class WhyMissing(Exception):
    """No reason, or hardly one, was given for taking a file out."""

    def __init__(self) -> None:
        super().__init__(f"Write who needs it and what for, in at least {SHORTEST_REASON} characters.")


@action("take out file")
def take_out_file(actor: Actor, report_id: int, number: int, reason: str, *, now: datetime) -> bytes:
    """Return the file as the teller sent it; the log keeps its SHA-256, so that a court can tell it is the same.

    Raises:
        WhyMissing: the reason is empty or too short.
        NotYoursToTakeOut, OriginalDeleted, FileMissing: as `file_to_take_out` says.
        FileIncomplete, FileAltered: parts have not arrived, or it is not the file that the report names.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise WhyMissing
    staff = Staff.objects.get(pk=actor.person)
    file_to_take_out(staff, report_id, number, now=now)
    content = file_of(report_id, number).content
    digest = hashlib.sha256(content).hexdigest()
    touch("report", report_id, reason[:300], file=number, size=len(content), sha256=digest)
    return content
