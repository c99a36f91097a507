"""A report is "received" only when it is whole and safe; everything else is refused, in words."""

import contextlib
import errno
import os
import stat
from pathlib import Path
from random import Random

import pytest
from tests.factories.pulled_plug import FaultyDisk

from lastpiece.tell.sealing import ENVELOPE_SIZES, LARGEST
from lastpiece.tell.spool import STOPPED, EnvelopeNotInSpool, Spool, SpoolFull, SpoolRefused, SpoolStopped

ENVELOPE = os.urandom(min(ENVELOPE_SIZES))


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


def whole_files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (folder / "new").iterdir()] if (folder / "new").is_dir() else []


def test_what_is_put_can_be_read_and_is_gone_when_removed(spool: Spool) -> None:
    name = spool.put(ENVELOPE)
    assert spool.waiting() == [name]
    assert spool.read(name) == ENVELOPE
    spool.remove(name)
    spool.remove(name)  # a second time is no error
    assert spool.waiting() == []
    assert list((spool.folder / "tmp").iterdir()) == []


def test_a_file_tells_neither_order_nor_time_and_only_its_owner_reads_it(spool: Spool) -> None:
    name = spool.put(ENVELOPE)
    status = (spool.folder / "new" / name).stat()
    assert status.st_mtime == status.st_atime == 0
    assert stat.S_IMODE(status.st_mode) == 0o600
    assert stat.S_IMODE((spool.folder / "new").stat().st_mode) == 0o700


def test_the_order_of_waiting_is_the_order_of_the_dice_given(spool: Spool) -> None:
    names = {spool.put(ENVELOPE) for _ in range(30)}
    first, again, other = (spool.waiting(Random(seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert set(first) == names
    assert spool.waiting() != spool.waiting()


def test_bytes_that_are_no_envelope_are_refused_without_stopping(spool: Spool) -> None:
    with pytest.raises(SpoolRefused):
        spool.put(b"short")
    assert not spool.stopped


@pytest.mark.parametrize("name", ["../board/manifest.json", "x.sealed", "", "/etc/passwd", "A" * 32 + ".sealed"])
def test_a_name_is_never_a_path(spool: Spool, name: str) -> None:
    for use in (spool.read, spool.remove, lambda name: spool.quarantine(name, "why")):
        with pytest.raises(EnvelopeNotInSpool):
            use(name)


def test_a_link_in_the_spool_is_not_followed(spool: Spool, tmp_path: Path) -> None:
    spool.put(ENVELOPE)
    (tmp_path / "secret").write_bytes(b"secret")
    (spool.folder / "new" / ("a" * 32 + ".sealed")).symlink_to(tmp_path / "secret")
    with pytest.raises(EnvelopeNotInSpool):
        spool.read("a" * 32 + ".sealed")


def test_a_huge_file_in_the_spool_is_not_read_whole(spool: Spool) -> None:
    spool.put(ENVELOPE)
    huge = spool.folder / "new" / ("b" * 32 + ".sealed")
    with huge.open("wb") as file:
        file.truncate(1 << 33)
    assert len(spool.read(huge.name)) == LARGEST + 1


def test_quarantine_keeps_the_file_and_says_why(spool: Spool) -> None:
    name = spool.put(ENVELOPE)
    spool.quarantine(name, "Not for this site.")
    assert spool.waiting() == []
    assert (spool.folder / "quarantine" / name).read_bytes() == ENVELOPE
    assert (spool.folder / "quarantine" / f"{name}.reason.txt").read_text() == "Not for this site.\n"
    assert list(spool.everything()) == [ENVELOPE]
    with pytest.raises(EnvelopeNotInSpool):
        spool.quarantine(name, "again")


def test_mixing_makes_every_waiting_file_anew_and_loses_none(spool: Spool) -> None:
    told = [os.urandom(min(ENVELOPE_SIZES)) for _ in range(12)]
    before = {spool.put(envelope) for envelope in told}
    (spool.folder / "new" / ("c" * 32 + ".sealed")).write_bytes(b"scrawl")
    assert spool.mix(Random(7)) == 12
    after = set(spool.waiting()) - {"c" * 32 + ".sealed"}
    assert not before & after
    assert sorted(spool.read(name) for name in after) == sorted(told)
    by_making = sorted(after, key=lambda name: (spool.folder / "new" / name).stat().st_ctime_ns)
    assert [told.index(spool.read(name)) for name in by_making] != list(range(12))


def test_a_mixing_that_fails_leaves_every_envelope_there(tmp_path: Path) -> None:
    told = [os.urandom(min(ENVELOPE_SIZES)) for _ in range(4)]
    for at in range(1, 60):
        folder = tmp_path / str(at)
        for envelope in told:
            Spool(folder).put(envelope)
        disk = FaultyDisk(at, errno.EIO)
        with contextlib.suppress(SpoolRefused, OSError):
            Spool(folder, disk=disk).mix()
        assert set(whole_files(folder)) == set(told)


def test_sweeping_removes_drafts_and_nothing_else(spool: Spool) -> None:
    name = spool.put(ENVELOPE)
    (spool.folder / "tmp" / "half.sealed").write_bytes(b"half")
    assert spool.sweep() == 1
    assert spool.waiting() == [name]


def test_a_draft_swept_away_by_a_restart_is_refused_and_stops_nothing(tmp_path: Path) -> None:
    class Restarting(FaultyDisk):
        def rename(self, old: Path, new: Path) -> None:
            Spool(tmp_path).sweep()
            super(FaultyDisk, self).rename(old, new)

    spool = Spool(tmp_path, disk=Restarting(0, 0))
    with pytest.raises(SpoolRefused):
        spool.put(ENVELOPE)
    assert not spool.stopped
    assert spool.waiting() == []


def test_a_spool_that_was_never_made_has_nothing_waiting(spool: Spool) -> None:
    assert spool.waiting() == []
    assert spool.sweep() == 0


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EMFILE, errno.EROFS, errno.EDQUOT])
def test_a_fault_at_any_call_never_acknowledges_an_unsaved_report(tmp_path: Path, number: int) -> None:
    at, refused = 1, 0
    while True:
        folder = tmp_path / str(at)
        Spool(folder).put(ENVELOPE)  # the folders are there
        disk = FaultyDisk(at, number)
        try:
            name = Spool(folder, disk=disk).put(ENVELOPE)
        except SpoolRefused:
            refused += 1
        else:
            assert (folder / "new" / name).read_bytes() == ENVELOPE
            if disk.calls < at:
                break
        assert all(content == ENVELOPE for content in whole_files(folder))
        at += 1
    assert refused >= 8  # create, the writes, date, two syncs, close, rename: each was hit


@pytest.mark.parametrize("at_sync", ["file", "folder"])
def test_a_failed_sync_stops_this_spool_and_every_later_process_until_a_person_looks(
    tmp_path: Path, at_sync: str
) -> None:
    class FailingSync(FaultyDisk):
        def sync(self, descriptor: int) -> None:
            if at_sync == "file" and self._call():
                raise OSError(errno.EIO, "planted")
            super(FaultyDisk, self).sync(descriptor)

        def sync_folder(self, folder: Path) -> None:
            if at_sync == "folder" and folder.name == "new" and self._call():
                raise OSError(errno.EIO, "planted")
            super(FaultyDisk, self).sync_folder(folder)

        def _fail_now(self, path: object = None) -> None:
            """Only syncs fail."""

        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            return super(FaultyDisk, self).write(descriptor, content)

    folder = tmp_path / "spool"
    first = Spool(folder, disk=FailingSync(1, errno.EIO))
    with pytest.raises(SpoolRefused):
        first.put(ENVELOPE)
    assert first.stopped
    with pytest.raises(SpoolStopped):
        Spool(folder).put(ENVELOPE)  # as a forked child would
    (folder / STOPPED).unlink()
    assert Spool(folder).put(ENVELOPE)
    with pytest.raises(SpoolStopped):
        first.put(ENVELOPE)  # but the object that saw it never trusts the disk again


def test_a_full_disk_refuses_and_accepts_again_when_there_is_room(tmp_path: Path) -> None:
    class Full(FaultyDisk):
        room = 2_000

        def write(self, descriptor: int, content: bytes | memoryview) -> int:
            if not self.room:
                raise OSError(errno.ENOSPC, "planted")
            taken = min(self.room, len(content))
            self.room -= taken
            return super(FaultyDisk, self).write(descriptor, content[:taken])

    disk = Full(0, errno.ENOSPC)
    spool = Spool(tmp_path / "spool", disk=disk)
    with pytest.raises(SpoolFull, match="no room"):
        spool.put(ENVELOPE)
    assert spool.waiting() == []
    assert list((spool.folder / "tmp").iterdir()) == []
    disk.room = 10**6
    assert spool.read(spool.put(ENVELOPE)) == ENVELOPE


def test_a_really_full_disk_refuses(tmp_path: Path) -> None:
    """The kernel's own ENOSPC, by writing to `/dev/full`."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("this machine's /dev/full is not the kernel's")

    class DevFull(FaultyDisk):
        def create(self, path: Path, mode: int = 0o600) -> int:
            super(FaultyDisk, self).close(super(FaultyDisk, self).create(path, mode))
            return os.open("/dev/full", os.O_WRONLY)

    with pytest.raises(SpoolFull):
        Spool(tmp_path / "spool", disk=DevFull(0, 0)).put(ENVELOPE)


def test_refusals_say_nothing_of_what_was_told() -> None:
    for refusal in (SpoolRefused(), SpoolFull(), SpoolStopped(), EnvelopeNotInSpool()):
        assert str(refusal).endswith(".")
