"""Simulated power cuts: reports are told and taken in on a model disk, and the plug is pulled at a moment of chance.

After each cut, whatever was acknowledged must be whole in the spool or committed at the desk; and what `write_whole`
said to have replaced must be the new content, and otherwise the old or the new one, never a mixture.
"""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

from tests.factories.pulled_plug import ModelDisk, PlugPulled

from lastpiece.tell.disk import write_whole
from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import Spool

FOLDER = Path("/spool")
NEW = FOLDER / "new"
BOARD = Path("/board/manifest.json")
SIZE = min(ENVELOPE_SIZES)
REPORTS = 3
LAST_CALL = 34
"""Reports told in one life of the disk, and the last call at which the power may go: a little after the end."""
_ENVELOPES = [Random(number).randbytes(SIZE) for number in range(REPORTS)]
_PAGES = [b"board 1" * 40, b"board 2" * 40]
BATCH = 2_500


class NoFileSync(ModelDisk):
    """The same disk under a spool that leaves out the file's fsync."""

    def sync(self, descriptor: int) -> None:  # noqa: ARG002 - leaving it out is the point
        self._call()


class NoFolderSync(ModelDisk):
    """The same disk under a spool that leaves out the folder's fsync."""

    def sync_folder(self, folder: Path) -> None:  # noqa: ARG002 - leaving it out is the point
        self._call()


class OneWrite(ModelDisk):
    """The same disk under a spool that writes once and believes it."""

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        """Take perhaps a part, and say that it was all."""
        super().write(descriptor, content)
        return len(content)


@dataclass(slots=True)
class Cuts:
    """How many cuts there were, and what they did."""

    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    posts: int = 0
    posts_lost: int = 0

    def __iadd__(self, other: "Cuts") -> Self:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


def cut_once(kind: type[ModelDisk], seed: int) -> Cuts:
    """Live until the power goes, restart, and count what is missing."""
    rng = Random(seed)
    disk = kind(rng, cut_at=rng.randint(1, LAST_CALL))
    spool = Spool(FOLDER, disk=disk)
    acknowledged: dict[str, bytes] = {}
    committed: set[str] = set()
    posted = _live(disk, spool, acknowledged, committed)
    found = disk.after_the_cut()
    waiting = {path.name: content for path, content in found.items() if path.parent == NEW}
    return Cuts(
        cuts=1,
        acknowledged=len(acknowledged),
        lost=sum(waiting.get(name) != told for name, told in acknowledged.items() if name not in committed),
        torn=sum(content not in _ENVELOPES for content in waiting.values()),
        posts=int(posted),
        posts_lost=int(found.get(BOARD) != _PAGES[1] if posted else found.get(BOARD) not in _PAGES),
    )


def cut_many(kind: type[ModelDisk], seeds: Iterable[int]) -> Cuts:
    """Cut the power once for every seed."""
    total = Cuts()
    for seed in seeds:
        total += cut_once(kind, seed)
    return total


def cut_on_all_cores(kind: type[ModelDisk], cuts: int, *, workers: int) -> Cuts:
    """Cut the power for seeds 0 to `cuts`, shared out over processes."""
    total = Cuts()
    batches = [range(start, min(start + BATCH, cuts)) for start in range(0, cuts, BATCH)]
    with ProcessPoolExecutor(workers) as pool:
        for part in pool.map(cut_many, [kind] * len(batches), batches):
            total += part
    return total


def _live(disk: ModelDisk, spool: Spool, acknowledged: dict[str, bytes], committed: set[str]) -> bool:
    """Tell, take in and post until the power goes or all is done; return whether the second board was posted."""
    cut_at, disk.cut_at = disk.cut_at, 10**9
    write_whole(BOARD, _PAGES[0], disk=disk)
    disk.names_safe, disk.calls, disk.cut_at = dict(disk.names_seen), 0, cut_at  # the first board is long since safe
    disk.names_seen[BOARD].safe = _PAGES[0]
    try:
        for envelope in _ENVELOPES:
            acknowledged[spool.put(envelope)] = envelope
            if disk.rng.random() < 0.5:
                name = disk.rng.choice(spool.waiting(disk.rng))
                spool.read(name)
                committed.add(name)  # the database's own promise
                spool.remove(name)
        write_whole(BOARD, _PAGES[1], disk=disk)
    except PlugPulled:
        return False
    return True
