"""Disks that fail: one whose plug is pulled, and one that fails at its n-th call.

The first is a model of what POSIX promises and no more: what was written but not synced may be there whole, in part,
as zeros or not at all; a name that was given but whose folder was not synced may be there or not, in any combination.
"""

import errno
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from lastpiece.tell.disk import Disk


class PlugPulled(BaseException):  # not an Exception: no code under test may catch a power cut
    """The power went."""


@dataclass
class Inode:
    """A file's content as the running system sees it and as it is on the platter."""

    seen: bytearray = field(default_factory=bytearray)
    safe: bytes = b""


@dataclass
class ModelDisk(Disk):
    """An in-memory disk that loses whatever was not synced, and can be cut off at its `cut_at`-th call."""

    rng: Random
    cut_at: int = 10**9
    calls: int = 0
    names_seen: dict[Path, Inode] = field(default_factory=dict)
    names_safe: dict[Path, Inode] = field(default_factory=dict)
    open_files: list[Inode] = field(default_factory=list)

    def _call(self) -> None:
        self.calls += 1
        if self.calls >= self.cut_at:
            raise PlugPulled

    def make_folder(self, folder: Path, mode: int = 0o700) -> None:
        """Folders are taken to be there: they are made once, long before."""

    def create(self, path: Path, mode: int = 0o600) -> int:  # noqa: ARG002 - the disk's own words; modes are not modelled
        """Create a file."""
        self._call()
        if path in self.names_seen:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        inode = Inode()
        self.names_seen[path] = inode
        self.open_files.append(inode)
        return len(self.open_files) - 1

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        """Take all, or only some, of what is given."""
        self._call()
        taken = len(content) if self.rng.random() < 0.7 else self.rng.randint(1, len(content))
        self.open_files[descriptor].seen += content[:taken]
        return taken

    def date(self, descriptor: int, seconds: int) -> None:  # noqa: ARG002 - the disk's own words
        """Dates are not modelled."""
        self._call()

    def sync(self, descriptor: int) -> None:
        """Make a file's content safe."""
        self._call()
        inode = self.open_files[descriptor]
        inode.safe = bytes(inode.seen)

    def close(self, descriptor: int) -> None:
        """Closing promises nothing."""

    def rename(self, old: Path, new: Path) -> None:
        """Give another name."""
        self._call()
        self.names_seen[new] = self.names_seen.pop(old)

    def sync_folder(self, folder: Path) -> None:
        """Make a folder's names safe."""
        self._call()
        for path in [path for path in self.names_safe if path.parent == folder]:
            del self.names_safe[path]
        self.names_safe |= {path: inode for path, inode in self.names_seen.items() if path.parent == folder}

    def names(self, folder: Path) -> list[str]:
        """List a folder."""
        return [path.name for path in self.names_seen if path.parent == folder]

    def exists(self, path: Path) -> bool:
        """Tell whether a name is there."""
        return path in self.names_seen

    def read(self, path: Path, limit: int) -> bytes:
        """Read a file."""
        if path not in self.names_seen:
            raise FileNotFoundError(errno.ENOENT, "missing", str(path))
        return bytes(self.names_seen[path].seen[: limit + 1])

    def remove(self, path: Path) -> None:
        """Remove a name."""
        self._call()
        del self.names_seen[path]

    def after_the_cut(self) -> dict[Path, bytes]:
        """Return what a restart finds: each unsynced change is there or not, by the toss of a coin."""
        found: dict[Path, Inode] = {}
        for path in self.names_safe.keys() | self.names_seen.keys():
            safe, seen = self.names_safe.get(path), self.names_seen.get(path)
            inode = safe if safe is seen or self.rng.random() < 0.5 else seen
            if inode is not None:
                found[path] = inode
        return {path: self._content(inode) for path, inode in found.items()}

    def _content(self, inode: Inode) -> bytes:
        unsafe = bytes(inode.seen[len(inode.safe) :])
        if not unsafe:
            return inode.safe
        fates = (b"", unsafe, unsafe[: self.rng.randrange(len(unsafe))], bytes(len(unsafe)))
        return inode.safe + self.rng.choice(fates)


class FaultyDisk(Disk):
    """The real disk, but its `at`-th call fails with `number`; a write that fails so has taken half before."""

    def __init__(self, at: int, number: int) -> None:
        self.at = at
        self.number = number
        self.calls = 0

    def _call(self) -> bool:
        self.calls += 1
        return self.calls == self.at

    def _fail_now(self, path: object = None) -> None:
        if self._call():
            raise OSError(self.number, "planted", str(path))

    def create(self, path: Path, mode: int = 0o600) -> int:
        """Create, or fail."""
        self._fail_now(path)
        return super().create(path, mode)

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        """Write a part; at the planted call, a part and then nothing."""
        if self._call():
            super().write(descriptor, content[: len(content) // 2])
            raise OSError(self.number, "planted")
        return super().write(descriptor, content[: max(1, len(content) // 2)] if len(content) > 1000 else content)

    def date(self, descriptor: int, seconds: int) -> None:
        """Date, or fail."""
        self._fail_now()
        super().date(descriptor, seconds)

    def sync(self, descriptor: int) -> None:
        """Sync, or fail."""
        self._fail_now()
        super().sync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close, and perhaps say that it failed."""
        super().close(descriptor)
        self._fail_now()

    def rename(self, old: Path, new: Path) -> None:
        """Rename, or fail."""
        self._fail_now(old)
        super().rename(old, new)

    def sync_folder(self, folder: Path) -> None:
        """Sync, or fail."""
        self._fail_now(folder)
        super().sync_folder(folder)

    def remove(self, path: Path) -> None:
        """Remove, or fail."""
        self._fail_now(path)
        super().remove(path)
