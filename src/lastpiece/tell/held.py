"""Sealed chunks that wait for Send: the front holds them in the spool's `held/`, where no desk looks.

Nothing readable is ever in them. Which chunks belong together is known only to who has the file's random id,
which is in the teller's page: the names on the disk are hashes of it. There is a folder a day, so that what was
never sent can be swept by its day without the disk keeping anything finer.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from lastpiece.tell.chunk import INDEX_BYTES
from lastpiece.tell.disk import DISK, Disk, drop, write_all
from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import Spool, SpoolRefused, SpoolStopped

HELD = "held"
KEPT_DAYS = 2
"""What was added on one day is swept on the second day after it: it stays 24 to 48 hours."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARKED = ".moved"


class FileGone(LookupError):
    """Chunks that were to be sent are no longer held."""

    def __init__(self) -> None:
        super().__init__("This file is no longer here. Files that are not sent are deleted after a day. Add it again.")


class Held:
    """The folder of a spool in which sealed chunks wait, as it stands on one day."""

    def __init__(self, spool: Spool, today: date, *, disk: Disk = DISK) -> None:
        self.spool = spool
        self.today = today
        self.folder = spool.folder / HELD
        self._disk = disk

    def __repr__(self) -> str:
        return f"Held({str(self.folder)!r})"

    def keep(self, envelope: bytes, file_id: bytes, index: int) -> None:
        """Hold a sealed chunk; when this returns, it would survive a power cut.

        Raises:
            SpoolStopped: an earlier failure stopped the spool.
            SpoolFull: no room; nothing was kept.
            SpoolRefused: it could not be kept.
        """
        if len(envelope) not in ENVELOPE_SIZES:
            raise SpoolRefused
        path = self._day_folder(0) / held_name(file_id, index)
        with self._refusing():
            self._ready()
            try:
                self._write(path, envelope)
            except (OSError, SpoolRefused):
                drop(self._disk, path)
                raise

    def release(self, file_id: bytes, chunks: int) -> None:
        """Move a file's chunks to where the desk takes them, so that a power cut between any two steps loses none.

        A marker says that all were there when the moving began: when Send is pressed again after a cut, or twice at
        once, a chunk that is no longer held was moved then, and perhaps taken by the desk already. It lies beside the
        chunks and is swept before them, so a chunk that was swept is never taken for one that was moved.

        Raises:
            FileGone: chunks are missing and were not moved before, or were swept meanwhile.
            SpoolRefused: the disk refused.
        """
        marker, names = _marker_name(file_id), [held_name(file_id, index) for index in range(chunks)]
        with self._refusing():
            self._ready()
            if self._path_of(marker) is None:
                if not all(map(self._bring_to_today, names)) and self._path_of(marker) is None:
                    raise FileGone
                self._mark(self._day_folder(0) / marker)
            if not self._move(names) and self._path_of(marker) is None:
                raise FileGone

    def drop(self, file_id: bytes, chunks: int) -> None:
        """Delete a file's chunks for good, because its teller took it back; none is no error."""
        for index in range(chunks):
            path = self._path_of(held_name(file_id, index))
            if path is not None:
                drop(self._disk, path)

    def sweep(self) -> int:
        """Delete what was added two days ago or earlier and never sent, and return how many; one in use stays.

        Raises:
            OSError: the folder cannot be read.
        """
        swept = 0
        for day in self._names(self.folder):
            if _DAY.fullmatch(day) and day <= (self.today - timedelta(days=KEPT_DAYS)).isoformat():
                for name in sorted(self._names(self.folder / day), key=lambda name: not name.endswith(_MARKED)):
                    drop(self._disk, self.folder / day / name)
                    swept += 1
                drop_folder(self.folder / day)
        return swept

    def _ready(self) -> None:
        if self.spool.stopped:
            raise SpoolStopped
        self._disk.make_folder(self._day_folder(0))
        self._disk.make_folder(self.spool.folder / "new")

    def _day_folder(self, ago: int) -> Path:
        return self.folder / (self.today - timedelta(days=ago)).isoformat()

    def _path_of(self, name: str) -> Path | None:
        paths = (self._day_folder(ago) / name for ago in range(KEPT_DAYS + 1))
        return next((path for path in paths if self._disk.exists(path)), None)

    def _write(self, path: Path, content: bytes) -> None:
        descriptor = self._disk.create(path)
        try:
            write_all(self._disk, descriptor, content)
            self._disk.date(descriptor, 0)
            with self._syncing():
                self._disk.sync(descriptor)
        finally:
            self._disk.close(descriptor)
        with self._syncing():
            self._disk.sync_folder(path.parent)

    def _bring_to_today(self, name: str) -> bool:
        """Let a chunk lie where the marker will lie; return False when it is not held."""
        path, today = self._path_of(name), self._day_folder(0) / name
        return path is not None and (path == today or self._renamed(path, today) or self._disk.exists(today))

    def _mark(self, marker: Path) -> None:
        with contextlib.suppress(FileExistsError):  # Send was pressed twice at once, and the other was quicker
            self._write(marker, b"")

    def _move(self, names: list[str]) -> bool:
        """Move what is still held of these, and return whether that was all of them."""
        new, moved = self.spool.folder / "new", 0
        for name in names:
            path = self._path_of(name)
            moved += path is not None and self._renamed(path, new / name)
        with self._syncing():
            self._disk.sync_folder(new)  # even when a Send before moved them all: it may have been cut off before this
        return moved == len(names)

    def _renamed(self, old: Path, new: Path) -> bool:
        """Rename a file; return False when somebody else was quicker."""
        try:
            self._disk.rename(old, new)
        except FileNotFoundError:
            return False
        return True

    @contextlib.contextmanager
    def _syncing(self) -> Iterator[None]:
        """Stop the spool when a sync fails: what was written before can no longer be believed."""
        try:
            yield
        except OSError as error:
            raise self.spool.refusal(error, syncing=True) from error

    @contextlib.contextmanager
    def _refusing(self) -> Iterator[None]:
        """Make a sentence of whatever the disk says."""
        try:
            yield
        except OSError as error:
            raise self.spool.refusal(error, syncing=False) from error

    def _names(self, folder: Path) -> list[str]:
        try:
            return self._disk.names(folder)
        except FileNotFoundError:
            return []


def held_name(file_id: bytes, index: int) -> str:
    """Return the name of a chunk on the disk: it says nothing to who does not have the file's id."""
    return _digest(b"lastpiece/held-chunk/1" + file_id + index.to_bytes(INDEX_BYTES)) + ".sealed"


def drop_folder(folder: Path) -> None:
    """Remove an empty folder; one that somebody still writes to stays until the next sweep."""
    try:
        folder.rmdir()
    except OSError:
        return


def _marker_name(file_id: bytes) -> str:
    return _digest(b"lastpiece/held-moved/1" + file_id) + _MARKED


def _digest(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()[:32]
