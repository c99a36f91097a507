"""The plug is pulled at every moment of storing, taking in and posting, on the real code and a disk that forgets."""

import os

import pytest
from tests.factories.power_cuts import LAST_CALL, NoFileSync, NoFolderSync, OneWrite, cut_many, cut_on_all_cores
from tests.factories.pulled_plug import ModelDisk

CUTS = 20_000
FEW = 1_500


def test_nothing_acknowledged_or_posted_is_lost_in_twenty_thousand_power_cuts() -> None:
    done = cut_on_all_cores(ModelDisk, CUTS, workers=min(2, os.cpu_count() or 1))
    assert done.cuts == CUTS
    assert done.acknowledged > CUTS
    assert done.posts > CUTS // 100
    assert (done.lost, done.torn, done.posts_lost) == (0, 0, 0)


@pytest.mark.parametrize("careless", [NoFileSync, NoFolderSync, OneWrite])
def test_the_simulator_catches_a_spool_that_leaves_out_either_sync_or_believes_one_write(
    careless: type[ModelDisk],
) -> None:
    done = cut_many(careless, range(FEW))
    assert done.lost > done.acknowledged // 10
    assert done.posts_lost > 0


def test_the_last_cut_comes_after_the_end_so_that_every_call_is_hit() -> None:
    assert 0 < cut_many(ModelDisk, range(300)).posts < 300
    assert LAST_CALL > 30
