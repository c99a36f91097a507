"""The demonstration's home: one folder that nothing real ever shares, loaded whole or not at all."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lastpiece import site

MARK = ".lastpiece-demo"
"""A file that says: everything in this folder is invented and may be thrown away."""

LOADED = "loaded.json"
"""Written last, so that a home without it was interrupted and is begun afresh."""

_LOCK = "running"


class HomeTaken(Exception):
    """Another demonstration runs in this home."""

    def __init__(self, home: Path, process: str) -> None:
        who = f" (process {process})" if process else ""
        super().__init__(f"A demonstration is running in {home} already{who}. Stop it, or choose another --home.")


class HomeNotOurs(Exception):
    """The folder holds something else."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"{home} is not a demonstration's folder, so it is left alone. Choose an empty one.")


@dataclass(frozen=True, slots=True)
class SignIn:
    """How one invented member of staff signs in; `secret` is a base32 TOTP secret."""

    username: str
    name: str
    role: str
    password: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loaded home holds.

    Attributes:
        asked: What it was loaded from: seed, number of reports, version of the tables.
        loaded_on: The day, ISO.
        staff: The sign-ins.
        words: Seven words of invented tellers who have an answer waiting.
        waiting: How many reports wait to be assessed.
    """

    asked: Mapping[str, Any]
    loaded_on: str
    reports: int
    waiting: int
    staff: tuple[SignIn, ...]
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder and what is in it."""

    folder: Path

    def loaded(self, asked: Mapping[str, Any]) -> Loaded | None:
        """Return what is loaded, if it is whole and was made from the same wishes by the same version."""
        found = self.anything_loaded()
        return found if found is not None and found.asked == asked else None

    def anything_loaded(self) -> Loaded | None:
        """Return what is loaded, whatever it was made from; None when there is nothing whole."""
        try:
            kept = json.loads((self.folder / LOADED).read_text(encoding="utf-8"))
            staff = tuple(SignIn(**row) for row in kept.pop("staff"))
            return Loaded(staff=staff, words=tuple(kept.pop("words")), **kept)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def keep(self, loaded: Loaded) -> None:
        """Write down that loading is complete."""
        draft = self.folder / f"{LOADED}.part"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(asdict(loaded), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / LOADED)

    def clear(self) -> None:
        """Throw away everything in the home except its mark and its lock."""
        (self.folder / LOADED).unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if path.name in {MARK, _LOCK}:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


@contextmanager
def held(folder: Path) -> Iterator[Home]:
    """Make the home if need be and hold it, so that no second demonstration uses it.

    Raises:
        HomeTaken: another one holds it.
        HomeNotOurs: the folder holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / MARK).exists():
        if any(folder.iterdir()):
            raise HomeNotOurs(folder)
        folder.chmod(0o700)
        (folder / MARK).write_text("Everything in this folder is invented.\n", encoding="utf-8")
    with (folder / _LOCK).open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise HomeTaken(folder, lock.read().strip()) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield Home(folder)


def environment(folder: Path) -> dict[str, str]:
    """Return the environment in which everything of the demonstration runs: none of the real settings reach it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LASTPIECE_")}
    kept = {"LASTPIECE_BROWSER": os.environ["LASTPIECE_BROWSER"]} if "LASTPIECE_BROWSER" in os.environ else {}
    return {**inherited, **kept, "LASTPIECE_HOME": str(folder), "LASTPIECE_DEMO": "true"}


def version() -> str:
    """Return a mark that changes with the tables and the way of loading, so that an old home is made anew."""
    here = Path(__file__).parent
    tables = sorted((Path(site.__file__).parent / "desk/records/migrations").glob("*.py"))
    digest = hashlib.sha256()
    for path in (*tables, *sorted(here.glob("demo_*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
