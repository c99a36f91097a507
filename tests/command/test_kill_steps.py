"""A process killed at every named step of a report's way: nothing acknowledged is lost, and nothing comes twice."""

from pathlib import Path

from tests.factories.killed_at_steps import STEPS, kill_at_every_step

TIMES = 2


def test_reports_survive_a_kill_at_every_step_from_the_form_to_the_board(tmp_path: Path) -> None:
    done = kill_at_every_step(tmp_path, TIMES)
    assert len(STEPS) >= 15
    assert {step: done.kills[step] for step in STEPS} == dict.fromkeys(STEPS, TIMES)
    assert (done.told, done.lost, done.twice, done.waiting) == (len(STEPS) * TIMES, 0, 0, 0)
    assert done.files > 0
