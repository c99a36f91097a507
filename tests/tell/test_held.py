"""What waits for Send is sealed, survives a cut, moves whole, and is swept when nobody sends it."""

import errno
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.factories.pulled_plug import FaultyDisk, ModelDisk, PlugPulled

from lastpiece.tell.disk import Disk
from lastpiece.tell.held import KEPT_DAYS, FileGone, Held, held_name
from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import Spool, SpoolFull, SpoolRefused, SpoolStopped

DAY = date(2026, 11, 20)
ID = bytes(range(16))
ENVELOPE = b"e" * min(ENVELOPE_SIZES)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def two_held(spool: Spool, day: date = DAY) -> Held:
    held = Held(spool, day)
    for index in range(2):
        held.keep(ENVELOPE, ID, index)
    return held


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.sealed"))


def test_what_is_released_waits_for_the_desk_and_nothing_stays_held(spool: Spool) -> None:
    two_held(spool).release(ID, 2)
    assert sorted(spool.waiting()) == sorted(held_name(ID, index) for index in range(2))
    assert not set(names(spool.folder / "held")) & set(spool.waiting())


def test_names_say_nothing_of_the_file_and_times_nothing_of_the_hour(spool: Spool) -> None:
    two_held(spool)
    files = [path for path in spool.folder.rglob("*") if path.is_file()]
    assert all(ID.hex() not in path.name for path in files)
    assert {path.stat().st_mtime for path in files} == {0}


def test_what_was_added_yesterday_is_sent_today(spool: Spool) -> None:
    two_held(spool, DAY - timedelta(days=1))
    Held(spool, DAY).release(ID, 2)
    assert len(spool.waiting()) == 2


def test_a_second_send_finds_what_the_first_moved_and_the_desk_took(spool: Spool) -> None:
    two_held(spool).release(ID, 2)
    for name in spool.waiting():
        spool.remove(name)
    Held(spool, DAY).release(ID, 2)
    assert spool.waiting() == []


def test_a_file_with_a_missing_chunk_is_not_sent_in_part(spool: Spool) -> None:
    held = two_held(spool)
    with pytest.raises(FileGone):
        held.release(ID, 3)
    assert spool.waiting() == []


def test_a_file_that_was_taken_back_is_gone(spool: Spool) -> None:
    held = two_held(spool)
    held.drop(ID, 2)
    assert names(spool.folder) == []
    with pytest.raises(FileGone):
        held.release(ID, 2)


def test_only_what_is_old_is_swept(spool: Spool) -> None:
    two_held(spool, DAY)
    assert Held(spool, DAY + timedelta(days=KEPT_DAYS - 1)).sweep() == 0
    assert Held(spool, DAY + timedelta(days=KEPT_DAYS)).sweep() == 2
    assert list((spool.folder / "held").iterdir()) == []


def test_a_foreign_folder_among_the_days_is_left_alone(spool: Spool) -> None:
    (spool.folder / "held" / "notes").mkdir(parents=True)
    assert Held(spool, DAY).sweep() == 0
    assert (spool.folder / "held" / "notes").is_dir()


@pytest.mark.parametrize("at", range(1, 9))
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_while_a_file_is_added_leaves_no_half_and_says_so(
    tmp_path: Path, at: int, number: int
) -> None:
    disk = FaultyDisk(at, number)
    spool = Spool(tmp_path / "spool", disk=disk)
    held = Held(spool, DAY, disk=disk)
    spool.folder.mkdir()
    try:
        held.keep(ENVELOPE, ID, 0)
    except SpoolRefused:
        if not spool.stopped:
            with pytest.raises(FileGone):
                Held(Spool(spool.folder), DAY).release(ID, 1)
        return
    assert disk.calls < at, "a failure was not noticed"


def test_a_full_disk_says_so_and_the_room_is_given_back(tmp_path: Path) -> None:
    calls_before_writing = 3
    disk = FaultyDisk(calls_before_writing + 2, errno.ENOSPC)
    spool = Spool(tmp_path / "spool", disk=disk)
    with pytest.raises(SpoolFull):
        Held(spool, DAY, disk=disk).keep(ENVELOPE, ID, 0)
    assert names(spool.folder) == []
    assert not spool.stopped


@pytest.mark.parametrize("at", range(1, 12))
def test_a_send_that_was_cut_off_anywhere_is_finished_by_the_next(tmp_path: Path, at: int) -> None:
    spool = Spool(tmp_path / "spool")
    two_held(spool)
    disk = FaultyDisk(at, errno.ENOMEM)
    try:
        Held(Spool(spool.folder, disk=disk), DAY, disk=disk).release(ID, 2)
    except SpoolRefused:
        (spool.folder / "STOPPED").unlink(missing_ok=True)
    Held(spool, DAY).release(ID, 2)
    assert len(spool.waiting()) == 2


class RacedDisk(Disk):
    """The real disk; before its `at`-th call somebody else does something."""

    def __init__(self, at: int, meanwhile: Callable[[], object]) -> None:
        self.left, self.meanwhile = at, meanwhile

    def _call(self) -> None:
        self.left -= 1
        if not self.left:
            self.meanwhile()

    def exists(self, path: Path) -> bool:
        self._call()
        return super().exists(path)

    def create(self, path: Path, mode: int = 0o600) -> int:
        self._call()
        return super().create(path, mode)

    def rename(self, old: Path, new: Path) -> None:
        self._call()
        super().rename(old, new)


@pytest.mark.parametrize("at", range(1, 20))
@pytest.mark.parametrize("added", [0, 1])
def test_send_pressed_twice_at_once_stops_nothing_and_loses_nothing(spool: Spool, at: int, added: int) -> None:
    two_held(spool, DAY - timedelta(days=added))
    disk = RacedDisk(at, lambda: Held(Spool(spool.folder), DAY).release(ID, 2))
    Held(Spool(spool.folder, disk=disk), DAY, disk=disk).release(ID, 2)
    assert not spool.stopped
    assert sorted(spool.waiting()) == sorted(held_name(ID, index) for index in range(2))


@pytest.mark.parametrize("at", range(1, 20))
def test_a_file_that_is_swept_while_it_is_sent_is_whole_or_gone(spool: Spool, at: int) -> None:
    """The Send began before midnight, or is pressed again: it never says that half a file is safe."""
    two_held(spool, DAY - timedelta(days=KEPT_DAYS))
    disk = RacedDisk(at, lambda: Held(Spool(spool.folder), DAY).sweep())
    for _ in range(2):
        try:
            Held(Spool(spool.folder, disk=disk), DAY, disk=disk).release(ID, 2)
        except (FileGone, SpoolRefused):
            continue
        assert len(spool.waiting()) == 2
    assert not spool.stopped


def test_what_was_swept_after_a_send_that_was_cut_off_is_not_taken_for_moved(spool: Spool) -> None:
    (spool.folder / "new").mkdir(parents=True)
    two_held(spool, DAY - timedelta(days=1))
    moving_the_second = 10
    disk = FaultyDisk(moving_the_second, errno.ENOMEM)
    with pytest.raises(SpoolRefused):
        Held(Spool(spool.folder, disk=disk), DAY, disk=disk).release(ID, 2)
    assert len(spool.waiting()) == 1
    later = Held(spool, DAY + timedelta(days=KEPT_DAYS))
    later.sweep()
    with pytest.raises(FileGone):
        later.release(ID, 2)


def test_nothing_is_held_by_a_spool_that_stopped(spool: Spool) -> None:
    spool.folder.mkdir()
    (spool.folder / "STOPPED").touch()
    with pytest.raises(SpoolStopped):
        Held(spool, DAY).keep(ENVELOPE, ID, 0)


def test_only_whole_envelopes_are_held(spool: Spool) -> None:
    with pytest.raises(SpoolRefused):
        Held(spool, DAY).keep(b"not an envelope", ID, 0)


CUTS = 1_500


def told_until_the_plug_is_pulled(disk: ModelDisk, spool: Spool) -> bool:
    """Hold two chunks and send them; return whether the teller was told that they are safe."""
    held = Held(spool, DAY, disk=disk)
    try:
        for index in range(2):
            held.keep(ENVELOPE, ID, index)
        held.release(ID, 2)
    except PlugPulled:
        return False
    return True


def test_what_was_released_survives_every_power_cut() -> None:
    folder, acknowledged = Path("/spool"), 0
    for seed in range(CUTS):
        rng = Random(seed)
        disk = ModelDisk(rng, cut_at=rng.randint(1, 60))
        if not told_until_the_plug_is_pulled(disk, Spool(folder, disk=disk)):
            continue
        acknowledged += 1
        left = disk.after_the_cut()
        assert [left.get(folder / "new" / held_name(ID, index)) for index in range(2)] == [ENVELOPE] * 2
    assert CUTS / 20 < acknowledged < CUTS, "the plug was pulled both before and after"


def test_leaving_out_the_sync_of_the_folder_loses_files_in_the_same_test(monkeypatch: pytest.MonkeyPatch) -> None:
    folder, lost = Path("/spool"), 0
    monkeypatch.setattr(ModelDisk, "sync_folder", lambda _self, _folder: None)
    for seed in range(200):
        disk = ModelDisk(Random(seed))
        assert told_until_the_plug_is_pulled(disk, Spool(folder, disk=disk))
        left = disk.after_the_cut()
        lost += any(left.get(folder / "new" / held_name(ID, index)) != ENVELOPE for index in range(2))
    assert lost > 100
