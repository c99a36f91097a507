"""What one person must see first: what cannot wait, what is late, what is new, what is theirs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from lastpiece.site.desk.records.models import (
    Alert,
    AlertKind,
    AuditRow,
    Item,
    Message,
    Notice,
    Opening,
    Paging,
    Release,
    Report,
    Role,
    Staff,
)
from lastpiece.site.desk.records.queries.alerts import collapsed_alerts, kinds_for, open_alerts, unmanned
from lastpiece.site.desk.records.queries.alike import collapsed
from lastpiece.site.desk.records.queries.judging import waiting
from lastpiece.site.desk.records.queries.originals import OPEN_FOR
from lastpiece.site.desk.records.queries.room import alarms

_FIRST = 10
"""Rows of a list on the first page; look-alikes are one."""


@dataclass(frozen=True, slots=True)
class Today:
    """The first page's rows and counts."""

    notices: list[Notice]
    alerts: list[Alert]
    """The oldest of each group of look-alikes."""
    more_alerts: bool
    alert_count: int
    unmanned: list[AlertKind]
    unreached: bool
    """An alert is open that nobody could be paged about."""
    threats: list[Report]
    late: list[Report]
    late_count: int
    waiting: int
    mine: list[Report]
    open_original: Opening | None
    from_tellers: list[Message]
    feedback: list[Report]
    to_release: list[Message]
    to_approve: list[Release]
    own_drafts: list[Release]
    links: int
    new_reports: int
    new_items: int
    new_rows: int
    """Rows of the log."""
    quarantined: int
    room: list[Alert]
    """Alarms about room that somebody has and that are not over."""
    left_at: datetime | None


def today_for(staff: Staff, *, now: datetime, today: date, promise: timedelta) -> Today:
    """Return what this person's first page shows.

    Args:
        staff: The person.
        now: The time.
        today: The local day.
        promise: Within which time reports are looked at. Told days are all the desk knows, so it counts in days.
    """
    kinds = kinds_for(staff.role)
    alerts, speaking = open_alerts(kinds), collapsed_alerts(kinds)
    queue = Report.objects.filter(kind=Report.Kind.REPORT, state=Report.State.WAITING)
    late = queue.filter(told_on__lt=today - timedelta(days=ceil(promise / timedelta(days=1))))
    left_at = _left_at(staff)
    since = left_at or now - timedelta(days=1)
    unread = Report.objects.filter(state__in=(Report.State.WAITING, Report.State.ASSESSING))
    drafted = Message.objects.filter(state=Message.State.DRAFTED).exclude(drafted_by=staff)
    pages = Release.objects.filter(state=Release.State.DRAFTED).defer("document").order_by("drafted_at")
    pages = pages.select_related("campaign", "drafted_by")
    return Today(
        notices=list(Notice.objects.filter(staff=staff, read_at__isnull=True)),
        alerts=speaking[:_FIRST],
        more_alerts=len(speaking) > _FIRST,
        alert_count=alerts.count(),
        unmanned=unmanned(kinds, now=now),
        unreached=Paging.objects.filter(alert__in=alerts, sent=False).exists()
        and not Paging.objects.filter(alert__in=alerts, sent=True).exists(),
        threats=list(collapsed(queue.filter(priority=Report.Priority.THREAT_TO_LIFE))[:10]),
        late=list(collapsed(late)[:5]),
        late_count=late.count(),
        waiting=queue.count(),
        mine=list(Report.objects.filter(state=Report.State.ASSESSING, assessor=staff)),
        open_original=Opening.objects.filter(staff=staff, closed_at__isnull=True, opened_at__gt=now - OPEN_FOR).first(),
        from_tellers=list(
            Message.objects.filter(told_in__in=unread.filter(kind=Report.Kind.MESSAGE)).select_related("report")[:10]
        ),
        feedback=list(unread.filter(kind=Report.Kind.FEEDBACK)[:10]),
        to_release=list(drafted.select_related("drafted_by", "report")[:10]),
        to_approve=list(pages.exclude(drafted_by=staff)[:10]),
        own_drafts=list(pages.filter(drafted_by=staff)[:10]),
        links=waiting().count() if staff.role == Role.ANALYST else 0,
        new_reports=_count_since("receive", since),
        new_items=Item.objects.filter(written_at__gt=since, report__state=Report.State.ASSESSED).count(),
        new_rows=AuditRow.objects.filter(at__gt=since).count(),
        quarantined=_count_since("quarantine", now - timedelta(days=7)),
        room=[alarm for alarm in alarms() if alarm.acknowledged_at is not None],
        left_at=left_at,
    )


def _count_since(verb: str, since: datetime) -> int:
    return AuditRow.objects.filter(verb=verb, at__gt=since).count()


def _left_at(staff: Staff) -> datetime | None:
    """Return when the person last did anything before the present sign-in."""
    signed_in = AuditRow.objects.filter(actor=staff, verb="sign in").values_list("at", flat=True).first()
    rows = AuditRow.objects.filter(actor=staff)
    if signed_in is not None:
        rows = rows.filter(at__lt=signed_in)
    return rows.values_list("at", flat=True).first()
