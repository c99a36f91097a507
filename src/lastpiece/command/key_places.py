"""What the verbs of `lastpiece keys` share: the folders, the site, and one sentence for every anticipated failure."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lastpiece.command.places import FileUnread, FileUnwritten
from lastpiece.command.speaking import fail
from lastpiece.site.pack.loading import Pack, PackWrong, load_pack
from lastpiece.site.settings import env
from lastpiece.tell import offline, rotation, shares
from lastpiece.tell.board import BoardDamaged, BoardMissing, BoardNotSigned, BoardRolledBack
from lastpiece.tell.certificate import CertificateWrong
from lastpiece.tell.opening import KeysDamaged, KeysMissing
from lastpiece.tell.root_key import PINNED_FILE, RootDamaged, RootMissing, read_root_public


class FileThere(Exception):
    """A file that must never be overwritten is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Nothing was overwritten.")


_OF_THE_BOARD = (BoardMissing, BoardDamaged, BoardNotSigned, BoardRolledBack)
_ANTICIPATED = (
    FileThere,
    FileUnread,
    FileUnwritten,
    rotation.KeysExist,
    rotation.RootDiffers,
    offline.RequestDamaged,
    offline.AnswerDamaged,
    offline.AnswerForeign,
    shares.SharesWrong,
    shares.SplitWrong,
    KeysMissing,
    KeysDamaged,
    RootMissing,
    RootDamaged,
    CertificateWrong,
    PackWrong,
)


@contextmanager
def said_plainly(*, only_reading: bool = False) -> Iterator[None]:
    """Turn every anticipated failure into one sentence that names the file."""
    try:
        yield
    except _ANTICIPATED as error:
        fail(str(error))
    except _OF_THE_BOARD as error:
        where = places()
        fail(f"{error} Look at {where.copy}." if only_reading else f"{error} Look at {where.copy} and {where.board}.")
    except OSError as error:
        doing = "read" if only_reading else "written"
        ending = "" if only_reading else " Nothing was overwritten."
        fail(f"Keys cannot be {doing}: {error.strerror} ({error.filename or places().keys}).{ending}")


def places() -> rotation.Places:
    """Return the folders that the settings name."""
    return rotation.Places(
        root=env.ROOT_FOLDER,
        keys=env.DESK_FOLDER / "keys",
        copy=env.DESK_FOLDER / "board",
        front=env.FRONT_FOLDER,
        board=env.BOARD,
        spool=env.SPOOL,
    )


def pinned_places() -> tuple[Path, ...]:
    """Return where a public root may be pinned: at the front, at the desk, beside the root."""
    folders = places()
    return folders.pinned_file, folders.keys / PINNED_FILE, folders.root_file.with_name(PINNED_FILE)


def pinned() -> tuple[Path, bytes] | None:
    """Return the first public root that is pinned here, and where.

    Raises:
        RootDamaged: it cannot be read.
    """
    for path in pinned_places():
        try:
            return path, read_root_public(path)
        except RootMissing:
            continue
    return None


def pack() -> Pack:
    """Return the force pack in use; raise `PackWrong`."""
    return load_pack(Path(env.PACK) if env.PACK else None)


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)  # noqa: TID251 - a command reads the clock


def say(line: str) -> None:
    """Print one line on standard output."""
    sys.stdout.write(line + "\n")
