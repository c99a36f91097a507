"""Taking sealed reports out of the spool: opened, kept and only then removed, one transaction each.

A file is removed after its report is committed. If the collector dies in between, the file is still there and
its nonce is already in the database, so the next run keeps one copy and removes the file. What cannot be opened
is set aside in the spool's quarantine with the reason, and the rest goes on.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import DataError, IntegrityError
from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.files import delete_unnamed, drop_unnamed, receive_chunk
from lastpiece.site.desk.records.actions.intake import note_quarantine, receive
from lastpiece.site.desk.records.actions.mailboxes import close_mailbox
from lastpiece.site.desk.records.queries.files import ROW_SIZE, unnamed, unnamed_size
from lastpiece.site.desk.records.queries.room import MB
from lastpiece.site.settings import env
from lastpiece.tell.chunk import Chunk, ChunkDamaged, is_chunk
from lastpiece.tell.opening import EnvelopeDamaged, EpochUnknown, Keyring, open_sealed
from lastpiece.tell.report import Report, ReportDamaged
from lastpiece.tell.spool import EnvelopeNotInSpool, Spool

COLLECTOR = Actor.job("collector")
DROPPED = "Parts of files that no report names took more room than they may; the oldest were dropped."
UNKEPT = "The database would not keep what this file holds; it waits in the spool."


@dataclass(slots=True)
class Collected:
    """How many files one run read, and what became of them."""

    read: int = 0
    added: int = 0
    already: int = 0
    rejected: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    parts_size: int = -1
    """At most so many bytes of parts of files that no report names are at the desk; -1 before it was asked."""
    reasons: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, object]:
        """Return the run as the commands print it."""
        return {
            "read": self.read,
            "added": self.added,
            "rejected": self.rejected,
            "already": self.already,
            "notes": {**self.kinds, **self.reasons},
        }


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)  # noqa: TID251 - a job reads the clock


def collect(
    spool: Spool,
    keyring: Keyring,
    *,
    site: str,
    clock: Callable[[], datetime] = now_utc,
    on_each: Callable[[], None] = lambda: None,
    stop: Callable[[], bool] = lambda: False,
) -> Collected:
    """Take every waiting file, in an order that says nothing about when it came; delete files nobody named for a week.

    Args:
        spool: Where the front left them.
        keyring: The desk's private keys.
        site: The site the reports are sealed for.
        clock: Gives the time of each action.
        on_each: Called after each file, for a progress bar.
        stop: Asked before each file; what is left then waits for the next run.

    Raises:
        KeysMissing, KeysDamaged: the keys are away or cannot be read; nothing was lost, and files not yet taken stay.
        DatabaseError: the database is away or full; the report in hand was kept whole or not at all.
        OSError: a file could not be removed or set aside. All others were taken first: a spool that cannot be written
            to keeps back no threat to life, and what is still there is known the next time.
    """
    done, trouble = Collected(), None
    keyring.storage_key()  # with its keys away (a disk that is not mounted) a desk would set every report aside
    for name in spool.waiting():
        if stop():
            return done
        try:
            _take(name, spool, keyring, site=site, clock=clock, done=done)
        except (DataError, IntegrityError):  # one file that nobody foresaw must not keep back the others
            done.reasons[UNKEPT] += 1
        except OSError as error:
            trouble = trouble or error
        on_each()
    if unnamed(timezone.localdate(clock())).exists():
        delete_unnamed(COLLECTOR, now=clock())
    if trouble is not None:
        raise trouble
    return done


def _take(
    name: str, spool: Spool, keyring: Keyring, *, site: str, clock: Callable[[], datetime], done: Collected
) -> None:
    try:
        plain = open_sealed(spool.read(name), keyring, site=site)
        if is_chunk(plain):
            _take_chunk(Chunk.decode(plain), name, spool, now=clock(), done=done)
            return
        told = Report.decode(plain)
    except EnvelopeNotInSpool:
        return  # another collector was quicker
    except (ChunkDamaged, EnvelopeDamaged, EpochUnknown, ReportDamaged) as error:
        _set_aside(name, spool, str(error), clock=clock, done=done)
        return
    added = _take_in(told, now=clock())
    spool.remove(name)
    done.read += 1
    if added:
        done.added += 1
        done.kinds[told.kind] += 1
    else:
        done.already += 1


def _take_chunk(chunk: Chunk, name: str, spool: Spool, *, now: datetime, done: Collected) -> None:
    receive_chunk(COLLECTOR, chunk, now=now)
    spool.remove(name)
    done.kinds["parts of files"] += 1
    _keep_within(len(chunk.content) + ROW_SIZE, done, now=now)


def _keep_within(added: int, done: Collected, *, now: datetime) -> None:
    """Drop the oldest parts that no report names when they take more room than they may.

    Counted up here and asked of the database only when that is reached: a flood of parts costs no more than its own.
    """
    most = env.UNNAMED_MB * MB
    done.parts_size = done.parts_size + added if done.parts_size >= 0 else unnamed_size()
    if done.parts_size > most:
        done.parts_size = unnamed_size()
        if done.parts_size > most:
            done.reasons[DROPPED] += drop_unnamed(COLLECTOR, most=most * 9 // 10, now=now)
            done.parts_size = unnamed_size()


def _take_in(told: Report, *, now: datetime) -> bool:
    """Do what a sending asks for, and return whether it was new."""
    if told.kind == "close":
        return close_mailbox(COLLECTOR, told, now=now)
    return receive(COLLECTOR, told, now=now).added


def _set_aside(name: str, spool: Spool, why: str, *, clock: Callable[[], datetime], done: Collected) -> None:
    try:
        spool.quarantine(name, why)
    except EnvelopeNotInSpool:
        return
    note_quarantine(COLLECTOR, name, why, now=clock())
    done.read += 1
    done.rejected += 1
    done.reasons[why] += 1
