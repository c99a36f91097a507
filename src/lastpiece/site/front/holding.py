"""Files that were added and not sent yet: sealed a chunk at a time as they come in, and held in the spool.

No file is ever whole in memory or readable on the disk, and none is parsed here.
"""

import hashlib
import secrets
import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from lastpiece.site.front import hatch
from lastpiece.site.front.current import current_pack
from lastpiece.site.settings import env
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.certificate import Certificate
from lastpiece.tell.chunk import FILE_ID_BYTES, LONGEST_CONTENT, LONGEST_FILE, Chunk
from lastpiece.tell.held import Held
from lastpiece.tell.sealing import ENVELOPE_SIZES, LARGEST, seal
from lastpiece.tell.spool import Spool, SpoolRefused

RESERVE = env.RESERVE_MB * 1024 * 1024
"""Bytes of the disk that only reports may use: files never crowd out what people wrote."""
SECOND_LARGEST = max(ENVELOPE_SIZES - {LARGEST})


class NoRoom(Exception):
    """No file can be taken now; what was written can still be sent."""

    def __init__(self) -> None:
        super().__init__("No files can be taken at the moment.")


class TooLarge(Exception):
    """A file is longer than one may be."""

    def __init__(self) -> None:
        super().__init__("A file is longer than 20 MB.")


def held(now: datetime) -> Held:
    """Return what is held, as it stands today."""
    return Held(Spool(env.SPOOL), timezone.localdate(now))


def room_for_files() -> bool:
    """Return whether the disk has room for more than reports."""
    return _free() > RESERVE


def room_for(size: int) -> bool:
    """Return whether an envelope of that size may be taken: the largest are parts of files, the next nearly always.

    Nobody sees whether one of the second size is a small file or a very long report, so half the reserve is for both,
    and the other half for what nearly everybody sends.
    """
    if size == LARGEST:
        return room_for_files()
    return size < SECOND_LARGEST or _free() > RESERVE // 2


def _free() -> int:
    folder = next(path for path in (env.SPOOL, *env.SPOOL.parents, Path("/")) if path.exists())
    return shutil.disk_usage(folder).free


def sweep(now: datetime) -> None:
    """Delete what was added and not sent for a day or two; a folder that cannot be read is left to the next time."""
    try:
        held(now).sweep()
    except OSError:
        return


def release(files: tuple[Attachment, ...], now: datetime) -> None:
    """Move the files' chunks to where the desk takes them.

    Raises:
        FileGone: a file is no longer held; those before it were moved, and moving them again does no harm.
        FrontClosed: the disk refused.
    """
    here = held(now)
    for file in files:
        try:
            here.release(file.id, file.chunks)
        except SpoolRefused as problem:
            raise hatch.FrontClosed(str(problem)) from problem


@dataclass(slots=True)
class Sealing:
    """One file as it comes in: a chunk is sealed and held as soon as it is full, and then forgotten."""

    here: Held
    certificate: Certificate
    id: bytes = field(default_factory=lambda: secrets.token_bytes(FILE_ID_BYTES), repr=False)
    size: int = 0
    chunks: int = 0
    _rest: bytearray = field(default_factory=bytearray, repr=False)
    _digest: "hashlib._Hash" = field(default_factory=hashlib.sha256, repr=False)

    def add(self, part: bytes) -> None:
        """Take the next bytes.

        Raises:
            TooLarge: they go beyond what a file may hold.
            NoRoom: the disk has no room for files, or refused.
        """
        self.size += len(part)
        if self.size > LONGEST_FILE:
            raise TooLarge
        self._digest.update(part)
        self._rest += part
        while len(self._rest) >= LONGEST_CONTENT:
            self._hold(bytes(self._rest[:LONGEST_CONTENT]))
            del self._rest[:LONGEST_CONTENT]

    def end(self, name: str) -> Attachment:
        """Hold what is left and return the entry for the report; raise as `add` does."""
        if self._rest:
            self._hold(bytes(self._rest))
            self._rest.clear()
        return Attachment(self.id, name, self.size, self._digest.digest(), self.chunks)

    def drop(self) -> None:
        """Delete what was held of it."""
        self.here.drop(self.id, self.chunks)

    def _hold(self, content: bytes) -> None:
        if not room_for_files():
            raise NoRoom
        envelope = seal(Chunk(self.id, self.chunks, content).encode(), self.certificate, site=current_pack().site_id)
        try:
            self.here.keep(envelope, self.id, self.chunks)
        except SpoolRefused as problem:
            raise NoRoom from problem
        self.chunks += 1
