"""Where an answer may be written: checked before the work, so that nothing that is there is lost to it."""

from pathlib import Path


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
