"""Whoever holds the front's disk guesses no better than blindly who told what, and wins as soon as something leaks."""

from pathlib import Path

import pytest
from tests.factories.unlinkability import LEAKS, SURE, Leak, play


def test_the_disk_does_not_tell_who_told_a_report_nor_whose_a_mailbox_is(tmp_path: Path) -> None:
    score = play(tmp_path, 40)
    assert score.rounds == 40
    assert score.smallest > SURE, score.p_values()


@pytest.mark.parametrize("leak", LEAKS)
def test_the_adversary_wins_when_a_leak_is_planted(tmp_path: Path, leak: Leak) -> None:
    assert play(tmp_path, 12, leak=leak).smallest < SURE
