"""The few things we ask of a disk, in one place, so that a test can pull the plug between any two of them."""

import os
import secrets
import stat
from pathlib import Path

PRIVATE = 0o600
PUBLIC = 0o644


class Disk:
    """The operating system's own files. Every method raises `OSError` as the system does."""

    def make_folder(self, folder: Path, mode: int = 0o700) -> None:
        """Make a folder and those above it that are missing, and make their names last."""
        if folder.is_dir():
            return
        if not folder.parent.is_dir():
            self.make_folder(folder.parent, mode)
        folder.mkdir(mode=mode, exist_ok=True)
        self.sync_folder(folder.parent)

    def create(self, path: Path, mode: int = PRIVATE) -> int:
        """Create a file that must not exist, and return its descriptor."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        """Write some of `content` and return how many bytes were taken: it may be fewer than all."""
        return os.write(descriptor, content)

    def date(self, descriptor: int, seconds: int) -> None:
        """Set a file's access and modification times."""
        os.utime(descriptor, (seconds, seconds))

    def sync(self, descriptor: int) -> None:
        """Wait until a file's content is on the disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in one step, in place of any file of that name."""
        old.rename(new)

    def sync_folder(self, folder: Path) -> None:
        """Wait until a folder's names are on the disk."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def names(self, folder: Path) -> list[str]:
        """Return the names in a folder, in the system's order."""
        return [path.name for path in folder.iterdir()]

    def exists(self, path: Path) -> bool:
        """Tell whether a name exists."""
        return os.path.lexists(path)

    def size(self, path: Path) -> int:
        """Return a file's bytes, following no link; 0 when there is none."""
        try:
            return path.lstat().st_size
        except FileNotFoundError:
            return 0

    def read(self, path: Path, limit: int) -> bytes:
        """Read a regular file, at most `limit` bytes and one more, following no link."""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - from a descriptor, to follow no link
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise IsADirectoryError(path)
            return file.read(limit + 1)

    def remove(self, path: Path) -> None:
        """Remove a file's name."""
        path.unlink()


DISK = Disk()


def write_all(disk: Disk, descriptor: int, content: bytes) -> None:
    """Write every byte, however few the system takes at a time.

    A single short write on a nearly full disk is not an error to the system, but it is half a report.

    Raises:
        OSError: as the system says.
    """
    left = memoryview(content)
    while left:
        left = left[disk.write(descriptor, left) :]


def write_whole(path: Path, content: bytes, *, mode: int = PRIVATE, disk: Disk = DISK) -> None:
    """Put `content` at `path`, whole or not at all, and return when it would survive a power cut.

    Raises:
        OSError: as the system says, naming `path`; then the old file, if any, is untouched.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = disk.create(draft, mode)
    try:
        try:
            write_all(disk, descriptor, content)
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.rename(draft, path)
    except BaseException as error:  # Ctrl-C too leaves no draft behind
        drop(disk, draft)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise
    disk.sync_folder(path.parent)


def drop(disk: Disk, path: Path) -> None:
    """Remove a draft if it can be removed; a draft that stays behind is never read."""
    try:
        disk.remove(path)
    except OSError:
        return
