"""Taking sealed reports out of the spool: opened, kept and only then removed, one transaction each.

A file is removed after its report is committed. If the collector dies in between, the file is still there and
its nonce is already in the database, so the next run keeps one copy and removes the file. What cannot be opened
is set aside in the spool's quarantine with the reason, and the rest goes on.

Parts of files that no report names give way only at the end of a run, when every report that lay in the spool has
named its own. Until then they may take up to twice their room; what is beyond waits in the spool for the run's end.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import DataError, IntegrityError
from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.files import delete_unnamed, drop_unnamed, receive_chunk
from lastpiece.site.desk.records.actions.intake import note_quarantine, receive
from lastpiece.site.desk.records.actions.mailboxes import close_mailbox
from lastpiece.site.desk.records.models import Quarantined
from lastpiece.site.desk.records.queries.files import ROW_SIZE, is_named, unnamed, unnamed_size
from lastpiece.site.desk.records.queries.room import MB
from lastpiece.site.settings import env
from lastpiece.tell.chunk import Chunk, ChunkDamaged, is_chunk
from lastpiece.tell.opening import EnvelopeDamaged, EpochUnknown, Keyring, SealNotOpened, open_sealed
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
    later: list[str] | None = field(default_factory=list)
    """Parts left in the spool until every report of the run was taken; None once all were."""
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

    Small ones come first, because reports are small: in a flood of parts of files they wait for none.

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
    run = _Run(spool, keyring, site, clock, Collected())
    keyring.storage_key()  # with its keys away (a disk that is not mounted) a desk would set every report aside
    for names in run.turns():
        for name in names:
            if stop():
                return run.done
            run.take(name)
            on_each()
    if unnamed(timezone.localdate(clock())).exists():
        delete_unnamed(COLLECTOR, now=clock())
    if run.trouble is not None:
        raise run.trouble
    return run.done


@dataclass(slots=True)
class _Run:
    spool: Spool
    keyring: Keyring
    site: str
    clock: Callable[[], datetime]
    done: Collected
    trouble: OSError | None = None

    def turns(self) -> Iterable[list[str]]:
        """Yield what lies there, what came meanwhile, and then, with every report taken, the parts left for later."""
        first = self.spool.small_first()
        yield first
        known = set(first)
        yield [name for name in self.spool.small_first() if name not in known]
        _drop_beyond(self.done, now=self.clock())
        later, self.done.later = self.done.later or [], None
        yield later
        _drop_beyond(self.done, now=self.clock())

    def take(self, name: str) -> None:
        try:
            _take(name, self.spool, self.keyring, site=self.site, clock=self.clock, done=self.done)
        except (DataError, IntegrityError):  # one file that nobody foresaw must not keep back the others
            self.done.reasons[UNKEPT] += 1
        except OSError as error:
            self.trouble = self.trouble or error


def _take(
    name: str, spool: Spool, keyring: Keyring, *, site: str, clock: Callable[[], datetime], done: Collected
) -> None:
    state = Quarantined.State.AWAY
    try:
        plain = open_sealed(spool.read(name), keyring, site=site)
        state = Quarantined.State.UNREAD
        if is_chunk(plain):
            _take_chunk(Chunk.decode(plain), name, spool, now=clock(), done=done)
            return
        told = Report.decode(plain)
    except EnvelopeNotInSpool:
        return  # another collector was quicker
    except (ChunkDamaged, EnvelopeDamaged, EpochUnknown, ReportDamaged) as error:
        state = Quarantined.State.NEVER if isinstance(error, SealNotOpened) else state
        _set_aside(name, spool, str(error), state=state, clock=clock, done=done)
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
    if _beyond(2, done) and not is_named(chunk.file_id):
        if done.later is not None:
            done.later.append(name)
            return
        _drop_beyond(done, now=now)  # every report that lay in the spool has named its own
    receive_chunk(COLLECTOR, chunk, now=now)
    spool.remove(name)
    done.kinds["parts of files"] += 1
    done.parts_size = unnamed_size() if done.parts_size < 0 else done.parts_size + len(chunk.content) + ROW_SIZE


def _beyond(times: int, done: Collected) -> bool:
    """Tell whether parts that no report names take more than so many times the room they may.

    Counted up here and asked of the database only when that is reached: a flood of parts costs no more than its own.
    While parts are left for later nothing is added, and the answer stands.
    """
    most = env.UNNAMED_MB * MB * times
    if done.later:
        return True
    if done.parts_size > most:
        done.parts_size = unnamed_size()
    return done.parts_size > most


def _drop_beyond(done: Collected, *, now: datetime) -> None:
    """Drop the oldest parts that no report names when they take more room than they may."""
    done.parts_size = unnamed_size()
    if done.parts_size > env.UNNAMED_MB * MB:
        done.reasons[DROPPED] += drop_unnamed(COLLECTOR, most=env.UNNAMED_MB * MB * 9 // 10, now=now)
        done.parts_size = unnamed_size()


def _take_in(told: Report, *, now: datetime) -> bool:
    """Do what a sending asks for, and return whether it was new."""
    if told.kind == "close":
        return close_mailbox(COLLECTOR, told, now=now)
    return receive(COLLECTOR, told, now=now).added


def _set_aside(
    name: str, spool: Spool, why: str, *, state: Quarantined.State, clock: Callable[[], datetime], done: Collected
) -> None:
    size = spool.size(name)
    try:
        spool.quarantine(name, why)
    except EnvelopeNotInSpool:
        return
    note_quarantine(COLLECTOR, name, why, state=state, size=size, now=clock())
    done.read += 1
    done.rejected += 1
    done.reasons[why] += 1
