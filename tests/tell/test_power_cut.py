"""The plug is pulled at every moment of storing a report, on the real code and a disk that forgets."""

from pathlib import Path
from random import Random

import pytest
from tests.factories.pulled_plug import ModelDisk, PlugPulled

from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import Spool

FOLDER = Path("/spool")
CUTS = 2_000
SIZE = min(ENVELOPE_SIZES)


class NoFileSync(ModelDisk):
    """The same disk under a spool that leaves out the file's fsync."""

    def sync(self, descriptor: int) -> None:  # noqa: ARG002 - leaving it out is the point
        self._call()


class NoFolderSync(ModelDisk):
    """The same disk under a spool that leaves out the folder's fsync."""

    def sync_folder(self, folder: Path) -> None:  # noqa: ARG002 - leaving it out is the point
        self._call()


def acknowledged_and_found(disk: ModelDisk) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Store reports until the power goes or four are stored; return what was acknowledged and what a restart finds."""
    spool, acknowledged = Spool(FOLDER, disk=disk), dict[str, bytes]()
    try:
        for _ in range(4):
            envelope = disk.rng.randbytes(SIZE)
            acknowledged[spool.put(envelope)] = envelope
    except PlugPulled:
        pass
    found = {path.name: content for path, content in disk.after_the_cut().items() if path.parent == FOLDER / "new"}
    return acknowledged, found


def lost_of(kind: type[ModelDisk]) -> tuple[int, int]:
    """Return how many acknowledged reports were lost, and of how many, over all the cuts."""
    lost = told = 0
    for seed in range(CUTS):
        rng = Random(seed)
        acknowledged, found = acknowledged_and_found(kind(rng, cut_at=rng.randint(1, 40)))
        told += len(acknowledged)
        lost += sum(found.get(name) != envelope for name, envelope in acknowledged.items())
    return lost, told


def test_no_acknowledged_report_is_lost_in_two_thousand_power_cuts() -> None:
    lost, told = lost_of(ModelDisk)
    assert told > CUTS
    assert lost == 0


@pytest.mark.parametrize("careless", [NoFileSync, NoFolderSync])
def test_the_simulator_catches_a_spool_that_leaves_out_either_sync(careless: type[ModelDisk]) -> None:
    lost, told = lost_of(careless)
    assert lost > told // 10


def test_whatever_a_restart_finds_in_new_is_whole() -> None:
    for seed in range(CUTS):
        rng = Random(seed)
        _, found = acknowledged_and_found(ModelDisk(rng, cut_at=rng.randint(1, 40)))
        assert all(len(content) == SIZE and any(content) for content in found.values())
