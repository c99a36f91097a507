"""Taking the teller's own file out of the desk as evidence: with a reason, and never without a row in the log.

Two steps, each a row. The reason is written first, so that the page that asked for it is left behind; the file is then
given once for it. A reason whose file nobody fetched says so by having no second row.
"""

import hashlib
from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.reading import SHORTEST_REASON
from lastpiece.site.desk.records.models import Attachment, Staff
from lastpiece.site.desk.records.queries.evidence import ASK, TAKE, asked_for, file_to_take_out
from lastpiece.site.desk.records.queries.files import file_of


class WhyMissing(Exception):
    """No reason, or hardly one, was given for taking a file out."""

    def __init__(self) -> None:
        super().__init__(f"Write who needs it and what for, in at least {SHORTEST_REASON} characters.")


class NotAskedFor(Exception):
    """No reason of this person's stands in the log that gives the file now."""

    def __init__(self) -> None:
        super().__init__("The file is given once for each reason, soon after it was written. Write a reason again.")


@action(ASK)
def ask_for_file(actor: Actor, report_id: int, number: int, reason: str, *, now: datetime) -> None:
    """Write the reason into the log beside the file's SHA-256, by which a court can tell that it is the same.

    Raises:
        WhyMissing: the reason is empty or too short.
        NotYoursToTakeOut, OriginalDeleted, FileMissing: as `file_to_take_out` says.
        FileIncomplete, FileAltered: parts have not arrived, or it is not the file that the report names.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise WhyMissing
    file_to_take_out(Staff.objects.get(pk=actor.person), report_id, number, now=now)
    _note(report_id, number, reason[:300], file_of(report_id, number).content)


@action(TAKE)
def take_out_file(actor: Actor, report_id: int, number: int, *, now: datetime) -> bytes:
    """Return the file as the teller sent it, once for the newest reason that this person wrote for it.

    Raises:
        NotAskedFor: there is no such reason, or it is too old, or it has given the file.
        NotYoursToTakeOut, OriginalDeleted, FileMissing: as `file_to_take_out` says.
        FileIncomplete, FileAltered: parts have not arrived, or it is not the file that the report names.
    """
    staff = Staff.objects.get(pk=actor.person)
    held = file_to_take_out(staff, report_id, number, now=now)
    Attachment.objects.select_for_update().get(report_id=report_id, number=number)  # two clicks wait for each other
    asked = asked_for(staff, held)
    if asked is None or asked.taken_at is not None or now >= asked.until:
        raise NotAskedFor
    content = file_of(report_id, number).content
    _note(report_id, number, asked.reason, content, asked=asked.row)
    return content


def _note(report_id: int, number: int, reason: str, content: bytes, **more: int) -> None:
    digest = hashlib.sha256(content).hexdigest()
    touch("report", report_id, reason, file=number, size=len(content), sha256=digest, **more)
