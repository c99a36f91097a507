"""`lastpiece keys` from the outside: what it makes, and the sentence it says when it cannot."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.factories.proofs import SITE, lastpiece
from typer.testing import CliRunner, Result

from lastpiece.command.contents import app
from lastpiece.site.settings import env
from lastpiece.tell import rotation
from lastpiece.tell.opening import Keyring

LONG_AGO = datetime.now(UTC) - timedelta(days=60)  # noqa: TID251 - the command under test reads the clock


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    live_in(tmp_path, monkeypatch)
    return tmp_path


def live_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "ROOT_FOLDER", folder / "root")
    monkeypatch.setattr(env, "DESK_FOLDER", folder / "desk")
    monkeypatch.setattr(env, "FRONT_FOLDER", folder / "front")
    monkeypatch.setattr(env, "BOARD", folder / "front" / "board")
    monkeypatch.setattr(env, "SPOOL", folder / "front" / "spool")


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["keys", *arguments])


def places(home: Path) -> rotation.Places:
    desk, front = home / "desk", home / "front"
    return rotation.Places(
        root=home / "root",
        keys=desk / "keys",
        copy=desk / "board",
        front=front,
        board=front / "board",
        spool=front / "spool",
    )


def test_made_keys_are_shown_rotated_and_never_made_again(home: Path) -> None:
    made = json.loads(keys("make", "--json").stdout)
    assert [epoch["state"] for epoch in made["epochs"]] == ["in use"]
    assert len(made["root"].split()) == 16
    rotated = json.loads(keys("rotate", "--days", "7", "--json").stdout)
    assert sorted(epoch["state"] for epoch in rotated["epochs"]) == ["in use", "replaced"]
    assert rotated["board"]["serial"] == 2
    again = keys("make")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "already" in again.stderr
    shown = keys("show")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert made["root"] in shown.stdout


def test_a_desk_without_keys_is_told_how_to_make_them(home: Path) -> None:
    for verb in ("show", "rotate"):
        done = keys(verb)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == "The desk has no keys. Run `lastpiece keys make`.\n"


def test_an_expired_key_is_shown_with_a_sentence_and_a_failing_code(home: Path) -> None:
    rotation.make(places(home), site=SITE, now=LONG_AGO, days=14)
    shown = keys("show", "--json")
    assert shown.exit_code == 1
    assert [epoch["state"] for epoch in json.loads(shown.stdout)["epochs"]] == ["expired"]
    assert shown.stderr == "No key is valid today, so the front takes no reports. Run `lastpiece keys rotate`.\n"
    rotated = json.loads(keys("rotate", "--keep-days", "30", "--json").stdout)
    assert len(rotated["destroyed"]) == 1
    assert len(Keyring(home / "desk" / "keys").epochs()) == 1


def test_a_missing_root_names_where_it_was_looked_for(home: Path) -> None:
    assert keys("make").exit_code == 0
    (home / "root" / "root.key").rename(home / "in-the-safe")
    done = keys("rotate")
    assert done.exit_code == 1
    assert str(home / "root" / "root.key") in done.stderr
    assert keys("show").exit_code == 0


def test_a_folder_that_cannot_be_written_is_one_sentence_and_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("not a folder")
    live_in(home / "file" / "below", monkeypatch)
    done = keys("make")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("Keys cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_a_damaged_key_file_is_named(home: Path) -> None:
    assert keys("make").exit_code == 0
    (home / "desk" / "keys" / "board.json").write_text("scrawl")
    done = keys("show")
    assert done.exit_code == 1
    assert "board.json is damaged" in done.stderr


def test_the_installed_command_makes_keys_in_its_home(home: Path) -> None:
    assert lastpiece(home, "keys", "make", "--json")["site"] == SITE
    assert (home / "root" / "root.key").stat().st_mode & 0o777 == 0o600
