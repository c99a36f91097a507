"""Small forms of the proofs in `benchmarks/front/`: nothing acknowledged is lost, nothing told is left behind."""

from pathlib import Path

import pytest
from tests.factories.killed_front import tell_while_killing
from tests.factories.needle_hunt import hunt
from tests.factories.needles import MemoryClosed
from tests.factories.proofs import home_with_keys


def test_nothing_told_is_left_in_folders_logs_or_memory_after_the_answer(tmp_path: Path) -> None:
    try:
        found = hunt(home_with_keys(tmp_path))
    except MemoryClosed:
        pytest.skip("This user may not read the memory of its own processes here; run as root or relax ptrace_scope.")
    assert found.during > 0
    assert found.in_files == ()
    assert found.in_memory == 0


def test_a_front_killed_again_and_again_loses_no_acknowledged_report(tmp_path: Path) -> None:
    reports = [{"what": f"Report {number} of an invented street."} for number in range(12)]
    outcome = tell_while_killing(home_with_keys(tmp_path), reports, kills=3, tellers=4, page_by_page=False)
    assert len(outcome.told) == 12
    assert outcome.kills >= 1  # the tellers may be done before the last one is due
    assert outcome.lost == 0
    assert outcome.distinct == 12
