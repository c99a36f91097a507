"""Reading how much room is left, what takes it, and what lies in the quarantine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count, F, Max, Min, Sum

from lastpiece.site.desk.records.models import Alert, AlertKind, Quarantined
from lastpiece.site.desk.records.queries.files import unnamed_size
from lastpiece.site.settings import env
from lastpiece.tell.room import DiskRoom, SpoolRoom, disk_of, spool_room

MB = 1024 * 1024
ENOUGH = 0.9
"""An alarm is over when no more than so much of its limit is reached, so that it does not come and go."""
_UNNAMED_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on somebody is paged, and what is kept; each as in the setting of that name."""

    disk_percent: float
    share_percent: float
    files: int
    unnamed_size: int
    quarantine_days: int
    rubbish_percent: float


@dataclass(frozen=True, slots=True)
class RoomTaken:
    """The spool, None while it cannot be reached, the desk's disk, and what unnamed files take at the desk."""

    spool: SpoolRoom | None
    desk: DiskRoom
    unnamed: int


@dataclass(frozen=True, slots=True)
class Level:
    """One thing that may run out: its code, how far its limit is reached (1 is all of it), and a sentence."""

    about: str
    reached: float
    sentence: str


@dataclass(frozen=True, slots=True)
class QuarantineReason:
    """Files that were set aside for one reason."""

    reason: str
    state: str
    size: int
    count: int
    oldest: datetime
    newest: datetime


def limits_set() -> Limits:
    """Return the limits as they are set."""
    unnamed = env.UNNAMED_MB * MB
    return Limits(env.ALARM_DISK, env.ALARM_SHARE, env.ALARM_FILES, unnamed, env.QUARANTINE_DAYS, env.RUBBISH_SHARE)


def room_taken(spool: Path, desk: Path) -> RoomTaken:
    """Measure; a spool on a host that is away does not keep the desk from being looked at.

    Raises:
        OSError: the desk's own disk cannot be asked.
    """
    try:
        lying = spool_room(spool) if spool.exists() else None
    except OSError:
        lying = None
    return RoomTaken(lying, disk_of(desk), unnamed_size())


def levels(taken: RoomTaken, limits: Limits) -> Iterator[Level]:
    """Yield each thing that may run out, with how far it has."""
    spool, desk = taken.spool, taken.desk
    if spool is not None:
        yield _disk("spool disk", "The disk of the spool", spool.disk, limits)
        yield _lying(
            "waiting", "Sealed reports that wait in the spool", spool.waiting.files, spool.waiting.size, spool, limits
        )
        yield _lying(
            "held", "Parts of files that are held until Send", spool.held.files, spool.held.size, spool, limits
        )
        yield _lying(
            "quarantine", "Sealed files in the quarantine", spool.set_aside.files, spool.set_aside.size, spool, limits
        )
    if spool is None or spool.disk.device != desk.device:
        yield _disk("desk disk", "The disk of the desk", desk, limits)
    yield Level(
        "unnamed",
        taken.unnamed / (limits.unnamed_size * _UNNAMED_SHARE),
        f"Parts of files that no report names take {megabytes(taken.unnamed)} of {megabytes(limits.unnamed_size)}.",
    )


def _disk(about: str, name: str, disk: DiskRoom, limits: Limits) -> Level:
    used = disk.percent_used
    return Level(about, used / limits.disk_percent, f"{name} is {used:.0f} % full, {megabytes(disk.free)} are left.")


def _lying(about: str, name: str, files: int, size: int, spool: SpoolRoom, limits: Limits) -> Level:  # noqa: PLR0917 - internal
    share = spool.disk.percent(size)
    reached = max(files / limits.files, share / limits.share_percent)
    return Level(about, reached, f"{name}: {files:,}, {megabytes(size)}, {share:.0f} % of the disk.")


def megabytes(size: int) -> str:
    """Return bytes as people say them."""
    return f"{size / MB / 1024:,.1f} GB" if size >= 1024 * MB else f"{size / MB:,.1f} MB"


def alarms() -> list[Alert]:
    """Return the alarms about room that are not over, those that nobody has first."""
    rows = Alert.objects.filter(kind=AlertKind.ROOM, over_at__isnull=True).select_related("acknowledged_by")
    return list(rows.order_by(F("acknowledged_at").desc(nulls_first=True), "raised_at"))


def quarantine() -> list[QuarantineReason]:
    """Return what lies in the quarantine by its reason, the most frequent first."""
    rows = Quarantined.objects.order_by().values("reason", "state")
    counted = rows.annotate(count=Count("pk"), size=Sum("size"), oldest=Min("at"), newest=Max("at")).order_by(
        "-count", "reason", "state"
    )
    return [QuarantineReason(**row) for row in counted]
