"""Reading messages to tellers."""

from lastpiece.site.desk.records.models import Message


def list_answers() -> list[Message]:
    """Return the messages to tellers, those that wait for release first, then the newest."""
    rows = Message.objects.filter(direction=Message.Direction.OUT).select_related("report", "drafted_by", "released_by")
    waiting = list(rows.filter(state=Message.State.DRAFTED).order_by("id"))
    return waiting + list(rows.exclude(state=Message.State.DRAFTED).order_by("-id")[:50])
