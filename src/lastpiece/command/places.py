"""Where an answer may be written: checked before the work, so that nothing that is there is lost to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileUnread(Exception):
    """A file that somebody named cannot be read."""

    def __init__(self, path: Path, why: str | None) -> None:
        super().__init__(f"{path} cannot be read: {(why or 'the system does not say why').lower()}.")


class FileUnwritten(Exception):
    """An answer cannot take the name that somebody gave it."""

    def __init__(self, path: Path, why: str | None) -> None:
        super().__init__(f"{path} cannot be written: {(why or 'the system does not say why').lower()}.")


def given(path: Path) -> bytes:
    """Return what is in a file that somebody named.

    Raises:
        FileUnread: it cannot be read; the sentence names it.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnread(path, error.strerror) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name the file when what is done cannot write it.

    Raises:
        FileUnwritten: the system refused; the sentence names it.
    """
    try:
        yield
    except OSError as error:
        raise FileUnwritten(path, error.strerror) from error


def why_not_written(path: Path) -> str | None:
    """Return why no answer can take the name `path`, or None when one can.

    An answer takes its name only when it is whole, by replacing what bears it. Replacing a device such as
    `/dev/full` or `/dev/stdout` would take it from every program of the machine.
    """
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return "its folder is not there"
    if path.is_symlink() and not path.exists():
        return "it is a link that leads nowhere"
    if path.exists() and not path.is_file():
        return "it is a device or a pipe, not a file"
    return None
