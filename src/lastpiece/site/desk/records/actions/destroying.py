"""Destroying a report's words for good: the key that opens them goes, and all that was made from the words with it.

The report's row, its items of information and the log stay: they hold none of the teller's words. Copies of files are
made anew for each look and kept nowhere, so there are none to delete.
"""

from dataclasses import dataclass
from datetime import datetime

from lastpiece.site.desk.records.actions.alike import forget_sketch
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.reading import SHORTEST_REASON
from lastpiece.site.desk.records.models import Alert, Attachment, DataKey, FileChunk, Opening, Report
from lastpiece.site.desk.records.queries.originals import OriginalDeleted


class StillNeeded(Exception):
    """The words may not go yet."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The words of this report are not destroyed: {why}")


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What went with the key: parts of files, and whether a sketch of the words."""

    chunks: int
    sketch: bool


@action("destroy original")
def destroy_original(actor: Actor, report_id: int, reason: str, *, now: datetime) -> Destroyed:
    """Delete the key of a report's words and files, what is left of the files, and the sketch of the words.

    Raises:
        StillNeeded: no reason is given, nobody has assessed it yet, or an alert of it is open.
        OriginalDeleted: it was done before.
        Report.DoesNotExist: there is no such report.
    """
    reason = " ".join(reason.split())
    report = Report.objects.select_for_update().get(pk=report_id)
    if why := _needed(report, reason):
        raise StillNeeded(why)
    if not DataKey.objects.filter(pk=report_id).delete()[0]:
        raise OriginalDeleted
    Opening.objects.filter(report=report, closed_at__isnull=True).update(closed_at=now)
    done = Destroyed(chunks=_delete_parts(report_id), sketch=forget_sketch(report_id))
    touch("report", report_id, reason[:300], chunks=done.chunks, sketch=done.sketch)
    return done


def _needed(report: Report, reason: str) -> str:
    if len(reason) < SHORTEST_REASON:
        return f"write why, in at least {SHORTEST_REASON} characters."
    if report.state in {Report.State.WAITING, Report.State.ASSESSING}:
        return "nobody has assessed it yet."
    if Alert.objects.filter(report=report, acknowledged_at__isnull=True).exists():
        return "nobody has its alert yet."
    return ""


def _delete_parts(report_id: int) -> int:
    """Delete the parts of this report's files, but those of a file that a report with a key names too."""
    named = Attachment.objects.filter(report_id=report_id).values("file_id")
    kept = Attachment.objects.filter(report__in=DataKey.objects.values("report_id")).values("file_id")
    return FileChunk.objects.filter(file_id__in=named).exclude(file_id__in=kept).delete()[0]
