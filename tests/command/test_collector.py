"""`lastpiece desk collect` as it runs for months: it pages, outlives trouble and ends cleanly."""

import os
import signal
import time
from pathlib import Path

import pytest
from tests.factories.paged_desk import collector, desk_with_pager, sealed, seconds_to_page
from tests.factories.proofs import lastpiece

from lastpiece.tell.sealing import ENVELOPE_SIZES
from lastpiece.tell.spool import Spool

EVENTUALLY_S = 60


def until(home: Path, words: str) -> str:
    log, deadline = home / "desk.log", time.monotonic() + EVENTUALLY_S
    while time.monotonic() < deadline:
        if words in log.read_text():
            return log.read_text()
        time.sleep(0.1)
    pytest.fail(f"The collector did not say “{words}”:\n{log.read_text()}")


def test_a_threat_to_life_pages_a_person_within_a_minute_and_trouble_is_outlived(tmp_path: Path) -> None:
    pager = desk_with_pager(tmp_path)
    with collector(tmp_path, pager) as (process, _):
        assert seconds_to_page(tmp_path, pager, 1) < EVENTUALLY_S
        given = pager.with_name("pager.sh.paged").read_text()
        assert "LASTPIECE_ALERT_KIND=threat_to_life" in given
        assert "LASTPIECE_PAGE_TO=ann@nenshire.example" in given
        assert "needle" not in given

        Spool(tmp_path / "front" / "spool").put(os.urandom(min(ENVELOPE_SIZES)))  # a damaged envelope
        until(tmp_path, "1 set aside")

        keys, away = tmp_path / "desk" / "keys", tmp_path / "desk" / "away"
        envelope = sealed(tmp_path, "A van by the garages, needle too.", 2)
        keys.rename(away)
        Spool(tmp_path / "front" / "spool").put(envelope)
        until(tmp_path, "Collector:")
        away.rename(keys)
        said = until(tmp_path, "works again")
        assert "Collector:" in said
        assert "needle" not in said
        assert "Traceback" not in said
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert "Stopped." in until(tmp_path, "Stopped.")
    assert lastpiece(tmp_path, "desk", "collect", "--once", "--json")["read"] == 0
