"""How much of its disk the spool takes: what waits for the desk, what waits for Send and what was set aside."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lastpiece.tell.held import HELD


@dataclass(frozen=True, slots=True)
class Lying:
    """So many files lie in a folder and those below it; `size` is their bytes."""

    files: int
    size: int


@dataclass(frozen=True, slots=True)
class DiskRoom:
    """A disk: its bytes, those that are free, and the number by which the system tells it from another."""

    size: int
    free: int
    device: int

    @property
    def percent_used(self) -> float:
        """Return how much of it is in use, 0 to 100."""
        return 100 * (1 - self.free / self.size) if self.size else 100.0

    def percent(self, size: int) -> float:
        """Return what share of the disk so many bytes are, 0 to 100."""
        return 100 * size / self.size if self.size else 100.0


@dataclass(frozen=True, slots=True)
class SpoolRoom:
    """What lies in a spool, and the disk it is on."""

    disk: DiskRoom
    waiting: Lying
    held: Lying
    set_aside: Lying


def disk_of(folder: Path) -> DiskRoom:
    """Return the disk that a folder is on, or would be on if it were made.

    Raises:
        OSError: the disk cannot be asked.
    """
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    return DiskRoom(usage.used + usage.free, usage.free, there.stat().st_dev)  # as df counts: without what is root's


def spool_room(folder: Path) -> SpoolRoom:
    """Measure a spool; a folder that is not there holds nothing.

    Raises:
        OSError: a folder cannot be read.
    """
    return SpoolRoom(
        disk_of(folder), lying_in(folder / "new"), lying_in(folder / HELD), lying_in(folder / "quarantine")
    )


def lying_in(folder: Path) -> Lying:
    """Count the sealed files in a folder and those below it; one that goes away meanwhile is not counted."""
    files = size = 0
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            below = lying_in(Path(entry.path))
            files, size = files + below.files, size + below.size
        elif entry.name.endswith(".sealed"):
            try:
                size += entry.stat(follow_symlinks=False).st_size
            except FileNotFoundError:
                continue
            files += 1
    return Lying(files, size)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except FileNotFoundError:
        return
