"""The hatch inwards: sealed files that the front leaves and the desk takes.

"Received" is said only after the file's bytes and the folder's new name are both on the disk. Names are
random and times are erased, so that neither order nor hour of arrival can be read from a listing.

The front forks for every request, so an object's memory does not outlive it: a failed fsync leaves a
`STOPPED` file in the folder, which every later child finds. A person removes it after the disk was looked at.
"""

import errno
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from lastpiece.tell.disk import DISK, Disk, drop, write_all, write_whole
from lastpiece.tell.sealing import ENVELOPE_SIZES, LARGEST

STOPPED = "STOPPED"
_NAME = re.compile(r"[0-9a-f]{32}\.sealed")
PARTS = ("tmp", "new", "quarantine")
_WHY_STOPPED = b"A write to this disk failed. Look at the disk, then remove this file.\n"
_MIXED_AT_ONCE = 256
"""Envelopes that lie there twice while they are mixed, so that a large spool does not fill the disk by it."""
_LONGEST_REASON = 1000
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_PASSING = _NO_ROOM | {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR, errno.ENOENT}
"""Errors outside an fsync that end when their cause does; whatever else goes wrong stops the spool.

`ENOENT` is a draft that a restarted front swept away while a child of the front before it was still writing.
"""


class Shuffler(Protocol):
    """What brings names into another order: a `random.Random`, or the operating system's randomness."""

    def shuffle(self, names: list[str], /) -> None:
        """Shuffle in place."""


class SpoolRefused(RuntimeError):
    """The report was not stored and must not be acknowledged."""

    def __init__(self, sentence: str = "Your report could not be saved. Nothing was sent. Try again.") -> None:
        super().__init__(sentence)


class SpoolFull(SpoolRefused):
    """There is no room for it, for now."""

    def __init__(self) -> None:
        super().__init__("Your report could not be saved because this site has no room left. Try again later.")


class SpoolStopped(SpoolRefused):
    """An earlier failure of the disk stopped the spool; it stays stopped until a person has looked."""

    def __init__(self) -> None:
        super().__init__("This site cannot save reports at the moment. Nothing was sent.")


class EnvelopeNotInSpool(ValueError):
    """The name is not a waiting envelope's, or it is no longer there."""

    def __init__(self) -> None:
        super().__init__("There is no such sealed file in the spool.")


class Spool:
    """A folder of sealed reports: `tmp/` while they are written, `new/` when they are safe, `quarantine/`."""

    def __init__(self, folder: Path, *, disk: Disk = DISK) -> None:
        self.folder = folder
        self._disk = disk
        self._stopped = False
        self._marker, self._new, self._tmp = folder / STOPPED, folder / "new", folder / "tmp"
        self._parts = tuple(folder / part for part in PARTS)

    def __repr__(self) -> str:
        return f"Spool({str(self.folder)!r})"

    @property
    def stopped(self) -> bool:
        """True after a failed fsync, in this process or another, until a person removes `STOPPED`."""
        return self._stopped or self._disk.exists(self._marker)

    def put(self, envelope: bytes) -> str:
        """Store an envelope and return its random name; when this returns, it would survive a power cut.

        Raises:
            SpoolStopped: an earlier failure stopped the spool.
            SpoolFull: no room; nothing was stored.
            SpoolRefused: it could not be stored, or may have been but must not be acknowledged.
        """
        if len(envelope) not in ENVELOPE_SIZES:
            raise SpoolRefused
        if self.stopped:
            raise SpoolStopped
        name = f"{secrets.token_hex(16)}.sealed"
        draft = self._tmp / name
        syncing = False
        try:
            for part in self._parts:
                self._disk.make_folder(part)
            descriptor = self._disk.create(draft)
            try:
                write_all(self._disk, descriptor, envelope)
                self._disk.date(descriptor, 0)
                syncing = True
                self._disk.sync(descriptor)
                syncing = False
            finally:
                self._disk.close(descriptor)
            self._disk.rename(draft, self._new / name)
            syncing = True
            self._disk.sync_folder(self._new)
        except OSError as error:
            drop(self._disk, draft)
            raise self.refusal(error, syncing=syncing) from error
        return name

    def refusal(self, error: OSError, *, syncing: bool) -> SpoolRefused:
        """Choose the refusal, and stop the spool unless the cause can pass by itself.

        After a failed fsync the page cache can no longer be believed, so it is never tried again.
        """
        if syncing or error.errno not in _PASSING:
            self._stopped = True
            self._leave_marker()
        return SpoolFull() if error.errno in _NO_ROOM else SpoolRefused()

    def _leave_marker(self) -> None:
        try:
            write_whole(self._marker, _WHY_STOPPED, disk=self._disk)
        except OSError:
            return  # a disk that cannot take the marker cannot take a report either

    def sweep(self) -> int:
        """Remove drafts that were never acknowledged and return how many; the front does so when it starts."""
        left = [self._tmp / name for name in self._names("tmp")]
        for draft in left:
            drop(self._disk, draft)
        return len(left)

    def waiting(self, rng: Shuffler | None = None) -> list[str]:
        """Return the names of the envelopes that wait, shuffled, so that nobody learns the order of arrival."""
        names = sorted(name for name in self._names("new") if _NAME.fullmatch(name))
        (rng or secrets.SystemRandom()).shuffle(names)
        return names

    def small_first(self, rng: Shuffler | None = None) -> list[str]:
        """Return the names of the envelopes that wait, by size and shuffled within each: reports are seldom large."""
        return sorted(self.waiting(rng), key=self.size)

    def size(self, name: str) -> int:
        """Return an envelope's bytes where it waits; 0 when it is gone.

        Raises:
            EnvelopeNotInSpool: it is no envelope's name.
        """
        return self._disk.size(self._waiting_file(name))

    def size_aside(self, name: str) -> int:
        """Return the bytes of an envelope in quarantine; 0 when it is gone."""
        return self._disk.size(self._aside_file(name))

    def mix(self, rng: Shuffler | None = None) -> int:
        """Write every waiting envelope anew, in an order of chance and under another name, and return how many.

        A file system keeps numbers and times of its own, which tell in what order files were made and cannot be set:
        from then on they tell the order of this. A desk that takes the old file meanwhile finds the copy a known one.

        Raises:
            SpoolRefused: a copy could not be stored; every envelope still waits under one name at least.
        """
        names, mixed = self.waiting(rng), 0
        for start in range(0, len(names), _MIXED_AT_ONCE):
            copied = [name for name in names[start : start + _MIXED_AT_ONCE] if self._copied(name)]
            for name in copied:  # all after the last copy: a copy must not get the number of a file removed before it
                self.remove(name)
            mixed += len(copied)
        return mixed

    def _copied(self, name: str) -> bool:
        try:
            envelope = self.read(name)
        except EnvelopeNotInSpool:
            return False  # the desk was quicker, or it was no file of ours
        if len(envelope) not in ENVELOPE_SIZES:
            return False
        self.put(envelope)
        return True

    def read(self, name: str) -> bytes:
        """Return a waiting envelope's bytes, cut off one byte above the largest envelope there can be.

        Raises:
            EnvelopeNotInSpool: no such envelope waits.
        """
        try:
            return self._disk.read(self._waiting_file(name), LARGEST)
        except OSError as error:
            raise EnvelopeNotInSpool from error

    def remove(self, name: str) -> None:
        """Remove an envelope for good, after what it held was committed; one that is gone is no error."""
        path = self._waiting_file(name)
        if self._disk.exists(path):
            self._disk.remove(path)
            self._disk.sync_folder(path.parent)

    def quarantine(self, name: str, reason: str) -> None:
        """Set an envelope aside with the reason beside it; it is never thrown away.

        Raises:
            EnvelopeNotInSpool: no such envelope waits.
        """
        path = self._waiting_file(name)
        if not self._disk.exists(path):
            raise EnvelopeNotInSpool
        aside = self.folder / "quarantine"
        self._disk.make_folder(aside)
        write_whole(aside / f"{name}.reason.txt", reason.encode("utf-8") + b"\n", disk=self._disk)
        self._disk.rename(path, aside / name)
        self._disk.sync_folder(aside)
        self._disk.sync_folder(path.parent)

    def set_aside(self) -> list[str]:
        """Return the names of the envelopes in quarantine.

        Raises:
            OSError: the folder cannot be read.
        """
        return [name for name in self._names("quarantine") if _NAME.fullmatch(name)]

    def why_set_aside(self, name: str) -> str:
        """Return the reason that stands beside an envelope in quarantine, empty when none does."""
        try:
            return self._disk.read(self._beside(name), _LONGEST_REASON).decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def try_again(self, name: str) -> None:
        """Let an envelope that was set aside wait again, after its key came back; one that is gone is no error."""
        path = self._aside_file(name)
        if self._disk.exists(path):
            self._disk.rename(path, self._new / name)
            self._disk.sync_folder(self._new)
            drop(self._disk, self._beside(name))
            self._disk.sync_folder(path.parent)

    def throw_away(self, name: str) -> None:
        """Remove an envelope in quarantine for good, and its reason; one that is gone is no error."""
        path = self._aside_file(name)
        for each in (path, self._beside(name)):
            if self._disk.exists(each):
                self._disk.remove(each)

    def everything(self) -> Iterator[bytes]:
        """Yield every envelope that is safe or set aside, to see which keys are still needed.

        What is no regular file (a link, a folder) was not put there by `put` and is passed over.
        """
        for part in ("new", "quarantine"):
            for name in self._names(part):
                path = self.folder / part / name
                if _NAME.fullmatch(name) and not path.is_symlink() and path.is_file():
                    yield self._disk.read(path, LARGEST)

    def _names(self, part: str) -> list[str]:
        try:
            return self._disk.names(self.folder / part)
        except FileNotFoundError:
            return []

    def _aside_file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):  # a name is never a path
            raise EnvelopeNotInSpool
        return self.folder / "quarantine" / name

    def _beside(self, name: str) -> Path:
        return self._aside_file(name).with_name(f"{name}.reason.txt")

    def _waiting_file(self, name: str) -> Path:
        if not _NAME.fullmatch(name):  # a name is never a path
            raise EnvelopeNotInSpool
        return self._new / name
