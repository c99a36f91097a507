"""`lastpiece import`, run as people run it: stopped, killed, on a full disk, and again.

What each file's rows become is tested in `tests/site/desk/test_imports.py`, on both databases.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.factories.street_files import crime_row, street_file

LASTPIECE = str(Path(sys.executable).with_name("lastpiece"))
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "LASTPIECE_HOME": str(home)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk folder with tables, made once."""
    home = tmp_path_factory.mktemp("prepared")
    subprocess.run([LASTPIECE, "desk", "migrate"], env=environment(home), check=True, capture_output=True)
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "home"))


@pytest.fixture
def run(home: Path) -> Run:
    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [LASTPIECE, *map(str, arguments)]
        return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False, timeout=200)

    return call


def counts(done: subprocess.CompletedProcess[str]) -> tuple[int, int, int, int]:
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return found["read"], found["added"], found["rejected"], found["already"]


def stored(home: Path) -> int:
    with closing(sqlite3.connect(home / "desk" / "lastpiece.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM records_crime").fetchone()[0])


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_stopped_in_the_middle_a_second_run_adds_exactly_the_rest(
    stop: signal.Signals, run: Run, home: Path, tmp_path: Path
) -> None:
    path = street_file(tmp_path / "streets", [crime_row(number) for number in range(15_000)] + ["a bad row"])
    process = subprocess.Popen(
        [LASTPIECE, "import", "crimes", str(path)], env=environment(home), stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 120
    while stored(home) == 0 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(stop)
    _, said = process.communicate(timeout=120)
    before = stored(home)
    assert 0 < before < 15_000
    assert before % 5_000 == 0, "a batch is in the database whole or not at all"
    if stop == signal.SIGINT:
        assert process.returncode == 130
        assert "Stopped. Nothing is half-written" in said
    assert not list((home / "desk").glob("rejects/[!.]*")), "a reject file appears whole, when the import ends"
    assert counts(run("import", "crimes", path, "--json")) == (15_001, 15_000 - before, 1, before)
    assert stored(home) == 15_000


def test_a_full_disk_is_told_and_the_import_goes_on_afterwards(home: Path, run: Run, tmp_path: Path) -> None:
    path = street_file(tmp_path / "streets", [crime_row(number) for number in range(12_000)])
    # A limit on the size of a file stands in for a full disk: SQLite reports both as a write that failed.
    limited = f"ulimit -f 3000; trap '' XFSZ; exec {LASTPIECE} import crimes {path}"
    done = subprocess.run(
        ["bash", "-c", limited], env=environment(home), capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 1
    assert "Nothing is half-written" in done.stderr
    assert "Traceback" not in done.stderr
    before = stored(home)
    assert before < 12_000
    assert before % 5_000 == 0
    assert counts(run("import", "crimes", path, "--json")) == (12_000, 12_000 - before, 0, before)


def test_a_file_that_is_not_there_is_told_in_one_sentence(run: Run, tmp_path: Path) -> None:
    done = run("import", "crimes", tmp_path / "elsewhere")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "is not there" in done.stderr


def test_without_keys_a_report_is_not_imported_in_clear(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "tips.csv"
    path.write_text("what\ntold\n")
    done = run("import", "reports", path, "--channel", "101")
    assert done.returncode == 1
    assert "lastpiece keys make" in done.stderr
    assert "Traceback" not in done.stderr
