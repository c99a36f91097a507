"""The root's two files: the private one that lives offline, and the public one that front and desk pin."""

import base64
from pathlib import Path

from lastpiece.tell.certificate import Root
from lastpiece.tell.disk import DISK, PRIVATE, PUBLIC, write_whole

ROOT_FILE = "root.key"
PINNED_FILE = "root.pub"
_KEY_BYTES = 32


class RootMissing(ValueError):
    """The root key's file is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no root key at {path}. Put in the disk that holds it, or make a root with `lastpiece keys root`."
        )


class RootElsewhere(RootMissing):
    """A desk that has its keys cannot reach the root they stand on."""

    def __init__(self, path: Path) -> None:
        ValueError.__init__(
            self,
            f"There is no root key at {path}. Put in the disk that holds it; or, if the root stays on its own machine, "
            "run `lastpiece keys rotate --request FILE` and take the file there. Nothing was changed.",
        )


class RootDamaged(ValueError):
    """The root key's file cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The root key at {path} is damaged or may not be read. Restore it from its backup.")


class PinnedMissing(RootMissing):
    """The file of the root's public key is not there."""

    def __init__(self, *paths: Path) -> None:
        ValueError.__init__(
            self,
            f"There is no public root at {' nor at '.join(map(str, paths))}. Copy {PINNED_FILE} there from the desk's "
            "keys or the root's disk, or run `lastpiece keys make` at the desk.",
        )


class PinnedDamaged(RootDamaged):
    """The file of the root's public key cannot be read."""

    def __init__(self, path: Path) -> None:
        ValueError.__init__(
            self, f"The public root {path} is damaged or may not be read. Copy {PINNED_FILE} there again."
        )


def read_root_public(path: Path) -> bytes:
    """Read a pinned root's 32-byte public key.

    Raises:
        PinnedMissing: no file.
        PinnedDamaged: not a key.
    """
    try:
        return _read(path)
    except RootMissing:
        raise PinnedMissing(path) from None
    except RootDamaged:
        raise PinnedDamaged(path) from None


def write_root_public(path: Path, public: bytes) -> None:
    """Pin a root's public key in a file that anyone may read.

    Raises:
        OSError: as the system says.
    """
    DISK.make_folder(path.parent)
    write_whole(path, base64.b64encode(public) + b"\n", mode=PUBLIC)


def read_root(path: Path) -> Root:
    """Read the private root.

    Raises:
        RootMissing: no file.
        RootDamaged: not a key.
    """
    return Root(_read(path))


def write_root(path: Path, root: Root) -> None:
    """Write the private root, for its owner alone.

    Raises:
        OSError: as the system says.
    """
    DISK.make_folder(path.parent)
    write_whole(path, base64.b64encode(root.seed) + b"\n", mode=PRIVATE)


def _read(path: Path) -> bytes:
    try:
        raw = base64.b64decode(path.read_bytes().strip(), validate=True)
    except (FileNotFoundError, NotADirectoryError):
        raise RootMissing(path) from None
    except (OSError, ValueError):
        raise RootDamaged(path) from None
    if len(raw) != _KEY_BYTES:
        raise RootDamaged(path)
    return raw
