"""Room that runs out: alarms that page somebody, and the quarantine's end. No report is refused or dropped by it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Alert, AlertKind, Quarantined
from lastpiece.site.desk.records.queries.room import ENOUGH, Level, alarms
from lastpiece.tell.spool import Spool

AGAIN = timedelta(days=1)
"""An alarm that somebody has, and whose cause is still there so long after, is raised anew."""
AT_ONCE = 5000
_NO_REASON = "Found in the quarantine without a reason."


@action("raise room alert")
def raise_room_alert(actor: Actor, level: Level, *, now: datetime) -> Alert:
    """Raise an alarm about room, in place of one that somebody has had for long."""
    _open_about(level.about).update(over_at=now)
    alert = Alert.objects.create(kind=AlertKind.ROOM, about=level.about, why=level.sentence[:200], raised_at=now)
    touch("alert", alert.pk, level.sentence, about=level.about)
    return alert


@action("end room alert")
def end_room_alert(actor: Actor, level: Level, *, now: datetime) -> None:
    """Say that there is room again."""
    ended = _open_about(level.about).update(over_at=now)
    touch("alert", ended, level.sentence, about=level.about)


def watch_levels(levels: Sequence[Level], *, actor: Actor, now: datetime) -> int:
    """Raise the alarms that these levels call for, end those that are over, and return how many were raised."""
    known = {alert.about: alert for alert in alarms()}
    raised = 0
    for level in levels:
        alert = known.get(level.about)
        if level.reached >= 1 and (alert is None or _long_had(alert, now)):
            raise_room_alert(actor, level, now=now)
            raised += 1
        elif alert is not None and level.reached < ENOUGH:
            end_room_alert(actor, level, now=now)
    return raised


def _open_about(about: str) -> QuerySet[Alert]:
    return Alert.objects.filter(kind=AlertKind.ROOM, about=about, over_at__isnull=True)


def _long_had(alert: Alert, now: datetime) -> bool:
    return alert.acknowledged_at is not None and now - alert.acknowledged_at >= AGAIN


@action("find in quarantine")
def find_in_quarantine(actor: Actor, found: Sequence[tuple[str, str]], *, now: datetime) -> int:
    """Write down files that lie in the quarantine and stand in no table: a collector died before it could."""
    rows = [Quarantined(name=name, reason=(why or _NO_REASON)[:300], at=now) for name, why in found]
    Quarantined.objects.bulk_create(rows, ignore_conflicts=True)
    touch("spool files", len(rows))
    return len(rows)


def look_into_quarantine(spool: Spool, *, actor: Actor, now: datetime) -> int:
    """Let the table say what lies in the quarantine, and return how many files it did not know."""
    there = set(spool.set_aside())
    known = set(Quarantined.objects.values_list("name", flat=True))
    unknown = sorted(there - known)[:AT_ONCE]
    if unknown:
        find_in_quarantine(actor, [(name, spool.why_set_aside(name)) for name in unknown], now=now)
    return len(unknown)


@action("empty quarantine")
def empty_quarantine(actor: Actor, *, before: datetime, now: datetime) -> list[str]:
    """Take what was set aside before a time off the list, for its files to be removed, and return their names."""
    return _taken_off(before, "set aside long ago")


@action("try quarantine again")
def try_quarantine_again(actor: Actor, *, now: datetime) -> list[str]:
    """Take what was set aside off the list, for it to wait in the spool again, and return their names."""
    return _taken_off(now, "to be opened again")


def throw_away(spool: Spool, *, days: int, actor: Actor, now: datetime) -> int:
    """Remove for good what was set aside `days` days ago or earlier, and return how many files.

    The audit says so before the first file goes; a file that is then left over is found again and waits its time anew.
    """
    due, gone = now - timedelta(days=days), 0
    while Quarantined.objects.filter(at__lte=due).exists():
        for name in empty_quarantine(actor, before=due, now=now):
            spool.throw_away(name)
            gone += 1
    return gone


def put_back_to_wait(spool: Spool, *, actor: Actor, now: datetime) -> int:
    """Let what was set aside, at most `AT_ONCE` files, be tried again by the collector, and return how many."""
    names = try_quarantine_again(actor, now=now)
    for name in names:
        spool.try_again(name)
    return len(names)


def _taken_off(before: datetime, why: str) -> list[str]:
    rows = list(Quarantined.objects.filter(at__lte=before).order_by("at", "pk")[:AT_ONCE])
    Quarantined.objects.filter(pk__in=[row.pk for row in rows]).delete()
    reasons = Counter(row.reason for row in rows)
    counted = [f"{count} x {reason}"[:120] for reason, count in reasons.most_common(20)]
    touch("spool files", len(rows), why, reasons=counted, oldest=rows[0].at.isoformat() if rows else "")
    return [row.name for row in rows]
