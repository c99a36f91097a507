"""What takes the room of a spool, counted as it lies."""

from pathlib import Path

import pytest

from lastpiece.tell.room import DiskRoom, Lying, disk_of, lying_in, spool_room
from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import EnvelopeNotInSpool, Spool

SMALL = min(ENVELOPE_SIZES)


def test_what_waits_is_held_and_was_set_aside_is_counted_apart(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    names = [spool.put(bytes(SMALL)) for _ in range(5)]
    spool.quarantine(names[0], "It does not open.")
    day = spool.folder / "held" / "2026-11-20"
    day.mkdir(parents=True)
    (day / f"{'a' * 32}.sealed").write_bytes(bytes(100))
    found = spool_room(spool.folder)
    assert (found.waiting, found.set_aside, found.held) == (Lying(4, 4 * SMALL), Lying(1, SMALL), Lying(1, 100))
    assert found.disk.size > found.disk.free > 0


def test_a_spool_that_is_not_there_holds_nothing_and_is_on_some_disk(tmp_path: Path) -> None:
    found = spool_room(tmp_path / "not" / "made")
    assert found.waiting == Lying(0, 0)
    assert found.disk.device == disk_of(tmp_path).device


def test_a_link_out_of_the_spool_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.sealed").write_bytes(b"x" * 99)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "loop").symlink_to(tmp_path / "outside")
    assert lying_in(tmp_path / "new") == Lying(0, 0)


def test_shares_are_of_the_whole_disk() -> None:
    disk = DiskRoom(size=1000, free=100, device=1)
    assert disk.percent_used == pytest.approx(90)
    assert disk.percent(200) == pytest.approx(20)


def test_what_was_set_aside_waits_again_or_goes_for_good_and_no_name_is_a_path(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    first, second = spool.put(bytes(SMALL)), spool.put(bytes(SMALL))
    for name in (first, second):
        spool.quarantine(name, "It does not open.")
    assert (sorted(spool.set_aside()), spool.why_set_aside(first)) == (sorted([first, second]), "It does not open.")
    spool.try_again(first)
    spool.throw_away(second)
    assert (spool.waiting(), spool.set_aside()) == ([first], [])
    assert list((spool.folder / "quarantine").iterdir()) == []
    for again in (spool.try_again, spool.throw_away):
        again(second)
        with pytest.raises(EnvelopeNotInSpool):
            again("../new/" + first)
    assert spool.waiting() == [first]
