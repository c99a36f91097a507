"""What the verbs of `lastpiece keys` share: the folders, the site, and one sentence for every anticipated failure."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lastpiece.command.speaking import fail
from lastpiece.site.pack.loading import Pack, PackWrong, load_pack
from lastpiece.site.settings import env
from lastpiece.tell import offline, rotation, shares
from lastpiece.tell.board import BoardDamaged, BoardMissing, BoardNotSigned, BoardRolledBack
from lastpiece.tell.certificate import CertificateWrong
from lastpiece.tell.opening import KeysDamaged, KeysMissing
from lastpiece.tell.root_key import RootDamaged, RootMissing


class FileThere(Exception):
    """A file that must never be overwritten is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Nothing was overwritten.")


_ANTICIPATED = (
    FileThere,
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
    BoardMissing,
    BoardDamaged,
    BoardNotSigned,
    BoardRolledBack,
    CertificateWrong,
    PackWrong,
)


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn every anticipated failure into one sentence."""
    try:
        yield
    except _ANTICIPATED as error:
        fail(str(error))
    except FileNotFoundError as error:
        fail(f"There is no file {error.filename}.")
    except IsADirectoryError as error:
        fail(f"{error.filename} is a folder, not a file.")
    except OSError as error:
        fail(f"Keys cannot be written: {error.strerror} ({error.filename}). Nothing was overwritten.")


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


def pack() -> Pack:
    """Return the force pack in use; raise `PackWrong`."""
    return load_pack(Path(env.PACK) if env.PACK else None)


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)  # noqa: TID251 - a command reads the clock


def say(line: str) -> None:
    """Print one line on standard output."""
    sys.stdout.write(line + "\n")
