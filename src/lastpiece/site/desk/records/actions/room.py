"""Room that runs out: alarms that page somebody, and the quarantine's end. No report is refused or dropped by it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Alert, AlertKind, Quarantined
from lastpiece.site.desk.records.queries.room import ENOUGH, Level, alarms
from lastpiece.tell.spool import Spool

AGAIN = timedelta(days=1)
"""An alarm that somebody has, and whose cause is still there so long after, is raised anew."""
AT_ONCE = 5000
_NO_REASON = "Found in the quarantine without a reason."


class MayBeTrue(Exception):
    """A file whose key is away was to be deleted at once."""

    def __init__(self) -> None:
        super().__init__("The key of these files is away. One of them may be a true report: they stay for 7 days.")


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
    # Nobody knows any more whether their key was here: they count as if it was away, until they are tried again.
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
    return _taken_off(Quarantined.objects.filter(at__lte=before), "set aside long ago")


@action("delete rubbish")
def delete_rubbish(actor: Actor, state: Quarantined.State, *, now: datetime) -> list[str]:
    """Take what can be no report here off the list, however new, for its files to be removed; return their names.

    Raises:
        MayBeTrue: their key is away; one of them may be a true report.
    """
    if state == Quarantined.State.AWAY:
        raise MayBeTrue
    return _taken_off(Quarantined.objects.filter(state=state, at__lte=now), f"at once: {state.label}")


@action("rubbish gives way")
def give_way(actor: Actor, *, size: int, now: datetime) -> list[str]:
    """Take the oldest that can never be opened off the list, `size` bytes of them, and return their names."""
    found, left = [], size
    for pk, taken in _never().order_by("at", "pk").values_list("pk", "size")[:AT_ONCE]:
        if left <= 0:
            break
        found.append(pk)
        left -= taken
    return _taken_off(_never().filter(pk__in=found), "they can never be opened, and took more room than they may")


@action("try quarantine again")
def try_quarantine_again(actor: Actor, *, now: datetime) -> list[str]:
    """Take what was set aside off the list, for it to wait in the spool again, and return their names."""
    return _taken_off(Quarantined.objects.filter(at__lte=now), "to be opened again")


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


def throw_away_rubbish(spool: Spool, state: Quarantined.State, *, actor: Actor, now: datetime) -> int:
    """Remove for good what can be no report here, and return how many files; the audit says so first.

    Raises:
        MayBeTrue: their key is away.
    """
    gone = 0
    while names := delete_rubbish(actor, state, now=now):
        for name in names:
            spool.throw_away(name)
        gone += len(names)
        if not Quarantined.objects.filter(state=state, at__lte=now).exists():
            break  # no empty row in the log
    return gone


def keep_rubbish_within(spool: Spool, most: int, *, actor: Actor, now: datetime) -> int:
    """Let the oldest that can never be opened go while they take more than `most` bytes; return how many went."""
    gone = 0
    while (size := _never().aggregate(size=Sum("size"))["size"] or 0) > most:
        names = give_way(actor, size=size - most * 9 // 10, now=now)
        for name in names:
            spool.throw_away(name)
        gone += len(names)
    return gone


def put_back_to_wait(spool: Spool, *, actor: Actor, now: datetime) -> int:
    """Let what was set aside, at most `AT_ONCE` files, be tried again by the collector, and return how many."""
    names = try_quarantine_again(actor, now=now)
    for name in names:
        spool.try_again(name)
    return len(names)


def _never() -> QuerySet[Quarantined]:
    return Quarantined.objects.filter(state=Quarantined.State.NEVER)


def _taken_off(these: QuerySet[Quarantined], why: str) -> list[str]:
    rows = list(these.order_by("at", "pk")[:AT_ONCE])
    Quarantined.objects.filter(pk__in=[row.pk for row in rows]).delete()
    reasons = Counter(row.reason for row in rows)
    counted = [f"{count} x {reason}"[:120] for reason, count in reasons.most_common(20)]
    touch("spool files", len(rows), why, reasons=counted, oldest=rows[0].at.isoformat() if rows else "")
    return [row.name for row in rows]
