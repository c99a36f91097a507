"""Watching the room: whoever fills a disk is noticed, and somebody is paged, long before a report has no room."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.room import (
    keep_rubbish_within,
    look_into_quarantine,
    throw_away,
    watch_levels,
)
from lastpiece.site.desk.records.queries.room import Limits, levels, room_taken
from lastpiece.tell.spool import Spool

WATCHER = Actor.job("room")


def watch_room(spool: Path, *, within: Limits, now: datetime) -> int:
    """Look at the disks, raise and end alarms, empty the quarantine of what is old or too much; return the raised.

    Raises:
        OSError: a disk cannot be looked at.
    """
    taken = room_taken(spool, Path(settings.KEYRING_FOLDER).parent)
    raised = watch_levels(list(levels(taken, within)), actor=WATCHER, now=now)
    if spool.exists():
        look_into_quarantine(Spool(spool), actor=WATCHER, now=now)
        if within.quarantine_days:
            throw_away(Spool(spool), days=within.quarantine_days, actor=WATCHER, now=now)
    if taken.spool is not None:
        most = int(taken.spool.disk.size * within.rubbish_percent / 100)
        keep_rubbish_within(Spool(spool), most, actor=WATCHER, now=now)
    return raised
