"""Reading messages to tellers, and whether a child may read them."""

from lastpiece.assess.questions import YOUNG_CHANNEL, suggests_child
from lastpiece.site.desk.records.models import Message, Report
from lastpiece.site.desk.records.queries.originals import OriginalDeleted, answers_of

MOST_READ = 50
"""So many of a teller's newest texts are looked at for signs of a child."""


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

    It opens what they wrote: for actions, which check and log who asks.
    """
    if came_by_young_door(report):
        return True
    told = Report.objects.filter(source_key=report.source_key).order_by("-id").values_list("pk", flat=True)
    return any(suggests_child(_words(pk)) for pk in told[:MOST_READ])


def _words(report_id: int) -> str:
    try:
        return "\n".join(answers_of(report_id).values())
    except OriginalDeleted:
        return ""
