"""Reading messages to tellers, and whether a child may read them."""

from lastpiece.assess.questions import YOUNG_CHANNEL
from lastpiece.site.desk.records.models import Message, Report


def list_answers() -> list[Message]:
    """Return the messages to tellers, those that wait for release first, then the newest."""
    rows = Message.objects.filter(direction=Message.Direction.OUT).select_related("report", "drafted_by", "released_by")
    waiting = list(rows.filter(state=Message.State.DRAFTED).order_by("id"))
    return waiting + list(rows.exclude(state=Message.State.DRAFTED).order_by("-id")[:50])


def came_by_young_door(report: Report) -> bool:
    """Return whether this report, or another of the same teller, came by the young people's door."""
    return Report.objects.filter(source_key=report.source_key, channel=YOUNG_CHANNEL).exists()


def may_be_child(report: Report) -> bool:
    """Return whether the teller of a report may be a child, by the door they came by or by any of their own words.

    Each text was looked at when it came in, so none is too old to count, and one whose words were deleted still does.
    """
    return Report.objects.filter(source_key=report.source_key, by_child=True).exists()
