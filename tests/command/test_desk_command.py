"""`lastpiece desk` as its users run it, with a home of its own each time."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LASTPIECE = str(Path(sys.executable).with_name("lastpiece"))
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("LASTPIECE", "DJANGO"))
        }
        environment |= {"LASTPIECE_HOME": str(tmp_path), **more}
        return subprocess.run(
            [LASTPIECE, *words], env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


@pytest.fixture
def ready(run: Run) -> Run:
    assert run("keys", "make").returncode == 0
    assert run("desk", "migrate").returncode == 0
    return run


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr.strip()


@pytest.mark.parametrize("verb", [("serve",), ("collect",)])
def test_without_a_database_it_says_how_to_make_one(verb: tuple[str, ...], run: Run) -> None:
    assert "lastpiece desk migrate" in sentence(run("desk", *verb))


def test_without_keys_it_says_how_to_make_them(run: Run) -> None:
    assert run("desk", "migrate").returncode == 0
    assert "lastpiece keys make" in sentence(run("desk", "serve"))


def test_an_unreachable_database_is_said_without_its_password(run: Run) -> None:
    address = "postgres://desk:secretword@127.0.0.1:1/none"
    for verb in ("migrate", "serve"):
        said = sentence(run("desk", verb, LASTPIECE_DATABASE_URL=address))
        assert "cannot be reached" in said
        assert "secretword" not in said


def test_a_database_that_is_another_file_and_a_board_that_is_damaged_are_named(ready: Run, tmp_path: Path) -> None:
    board, database = tmp_path / "desk" / "board", tmp_path / "desk" / "lastpiece.sqlite3"
    (board / "manifest.json").write_text("{", encoding="utf-8")
    said = sentence(ready("desk", "publish"))
    assert said.startswith("The board is damaged")
    assert str(board) in said
    database.write_text("no database " * 500, encoding="utf-8")
    assert f"cannot be reached (sqlite: {database})" in sentence(ready("desk", "publish"))


def test_a_port_in_use_is_said(ready: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in sentence(ready("desk", "serve", "--port", port))


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1"])
def test_an_address_that_is_not_this_machines_is_said(ready: Run, host: str) -> None:
    for port in ("0", "8001"):
        assert f"Cannot listen on {host}" in sentence(ready("desk", "serve", "--host", host, "--port", port))


def test_a_home_that_is_a_file_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = sentence(run("desk", "migrate", LASTPIECE_HOME=str(tmp_path / "file")))
    assert "cannot be used: Not a directory" in said


def test_collecting_from_an_empty_spool_reads_nothing(ready: Run) -> None:
    done = ready("desk", "collect", "--once", "--json")
    assert json.loads(done.stdout) == {"read": 0, "added": 0, "rejected": 0, "already": 0, "notes": {}}


def test_staff_are_added_once_and_with_a_role_that_exists(ready: Run, tmp_path: Path) -> None:
    words = (
        "desk",
        "staff",
        "add",
        "ann",
        "--name",
        "Ann Example",
        "--email",
        "ann@nenshire.example",
        "--json",
        "--role",
    )
    made = json.loads(ready(*words, "analyst").stdout)
    assert (made["username"], made["role"]) == ("ann", "analyst")
    assert len(made["password"]) >= 16
    assert "username or e-mail" in sentence(ready(*words, "analyst"))
    assert "is not a role" in sentence(ready(*words, "chief"))
    assert (tmp_path / "desk").stat().st_mode & 0o077 == 0


def test_destroying_the_words_of_a_report_that_is_not_there_is_said(ready: Run) -> None:
    assert sentence(ready("desk", "destroy", "7", "--reason", "Kept long enough")) == "There is no report 7."
