"""`lastpiece keys` from the outside: what it makes, and the sentence it says when it cannot."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
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


def test_a_root_is_made_split_drilled_lost_and_recovered(home: Path) -> None:
    made = keys("root", "--shares", "--into", str(home / "sheets"))
    assert (made.exit_code, made.stderr) == (0, "")
    mark = made.stdout.splitlines()[0]
    sheets = [str(home / "sheets" / f"share-{number}.txt") for number in (5, 2, 3)]
    assert (home / "sheets" / "share-2.txt").stat().st_mode & 0o777 == 0o600
    drill = keys("recover", "--drill", *sheets)
    assert drill.stdout == f"{mark}\nThe shares work. Nothing was written.\n"
    root_file = home / "root" / "root.key"
    private = root_file.read_bytes()
    refused = keys("recover", *sheets)
    assert (refused.exit_code, refused.stderr) == (1, f"{root_file} is there already. Nothing was overwritten.\n")
    root_file.unlink()
    keys("recover", "--drill", *sheets)
    assert not root_file.exists()
    assert keys("recover", *sheets).exit_code == 0
    assert root_file.read_bytes() == private


def test_shares_may_be_typed_and_too_few_are_refused_without_quoting_them(home: Path) -> None:
    shown = keys("root", "--shares").stdout.splitlines()
    shares = [line for line in shown if len(line.split()) == 33]
    assert len(shares) == 5
    typed = CliRunner().invoke(app, ["keys", "recover", "--drill"], input="\n".join(shares[1:4]))
    assert "The shares work." in typed.stdout
    few = CliRunner().invoke(app, ["keys", "recover", "--drill"], input="\n".join(shares[:2]))
    assert (few.exit_code, few.stderr.count("\n")) == (1, 1)
    assert "too few" in few.stderr


def test_shares_of_another_root_are_refused_where_a_root_is_pinned(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shares = [line for line in keys("root", "--shares").stdout.splitlines() if len(line.split()) == 33]
    live_in(home / "elsewhere", monkeypatch)
    assert keys("make").exit_code == 0
    done = CliRunner().invoke(app, ["keys", "recover"], input="\n".join(shares[:3]))
    assert done.exit_code == 1
    assert "another root" in done.stderr


def test_a_root_is_never_made_over_another_but_can_be_split_again(home: Path) -> None:
    first = keys("root").stdout
    again = keys("root")
    assert (again.exit_code, again.stdout) == (1, "")
    assert keys("root", "--shares").stdout.startswith(first)
    assert keys("root", "--shares", "--needed", "9").exit_code == 1


def test_a_desk_gets_its_keys_from_a_root_on_another_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stick = home / "stick"
    stick.mkdir()
    live_in(home / "safe", monkeypatch)
    mark = keys("root").stdout.splitlines()[0]
    live_in(home / "office", monkeypatch)
    pinned = str(home / "safe" / "root" / "root.pub")
    begun = keys("make", "--root-public", pinned, "--request", str(stick / "request.json"))
    assert (begun.exit_code, begun.stderr) == (0, "")
    live_in(home / "safe", monkeypatch)
    signed = keys("epoch", str(stick / "request.json"), str(stick / "certificates.json"))
    assert (signed.exit_code, signed.stdout.splitlines()[:2]) == (0, [mark, f"Site   {SITE}"])
    assert keys("epoch", str(stick / "request.json"), str(stick / "certificates.json")).exit_code == 1
    live_in(home / "office", monkeypatch)
    taken = keys("rotate", "--certificates", str(stick / "certificates.json"))
    assert (taken.exit_code, taken.stderr) == (0, "")
    assert mark in taken.stdout
    assert "in use" in taken.stdout
    assert not (home / "office" / "root").exists()
    alone = keys("rotate")
    assert alone.exit_code == 1
    assert "run `lastpiece keys rotate --request FILE`" in alone.stderr
    assert "keys make" not in alone.stderr, "it refuses: there are keys"
    assert keys("rotate", "--request", str(stick / "next.json")).exit_code == 0
    nowhere = keys("rotate", "--certificates", str(stick / "nowhere.json"))
    assert nowhere.stderr == f"{stick / 'nowhere.json'} cannot be read: no such file or directory.\n"
    assert keys("make", "--request", str(stick / "x.json")).exit_code == 1


@pytest.mark.parametrize("address", ["", "https://tell.nenshire.example"])
def test_the_poster_is_one_page_with_the_mark_and_the_address(home: Path, address: str) -> None:
    made = json.loads(keys("make", "--json").stdout)
    done = keys("poster", str(home / "sheet.pdf"), "--address", address)
    assert (done.exit_code, done.stderr) == (0, "")
    sheet = pypdfium2.PdfDocument(home / "sheet.pdf")
    assert len(sheet) == 1
    page = sheet[0]
    assert [round(side) for side in page.get_size()] == [595, 842]
    text = page.get_textpage().get_text_range()
    assert " ".join(made["root"].split()) in " ".join(text.split())
    assert ("tell.nenshire.example" in text) is bool(address)
    assert "999" in text


def test_a_poster_without_a_root_or_with_an_unsafe_address_is_refused(home: Path) -> None:
    assert keys("poster", str(home / "sheet.pdf")).exit_code == 1
    assert keys("poster", str(home / "sheet.pdf"), "--address", "http://tell.example").exit_code == 1
    assert not (home / "sheet.pdf").exists()


@pytest.mark.parametrize("out", ["pipe", "folder", "nowhere/file"])
def test_what_is_not_a_file_is_neither_replaced_nor_written(home: Path, out: str) -> None:
    os.mkfifo(home / "pipe")
    (home / "folder").mkdir()
    assert keys("root").exit_code == 0
    root_public = str(home / "root" / "root.pub")
    for refused in (
        keys("make", "--root-public", root_public, "--request", str(home / out)),
        keys("poster", str(home / out)),
    ):
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith(f"{home / out} cannot be written: ")
    assert not (home / "desk" / "keys").exists()
    assert keys("make").exit_code == 0
    assert keys("rotate", "--request", str(home / out)).exit_code == 1
    assert (home / "pipe").is_fifo()
    assert not (home / "nowhere").exists()
    read = keys("rotate", "--certificates", str(home / "folder"))
    assert (read.exit_code, read.stderr) == (1, f"{home / 'folder'} cannot be read: is a directory.\n")
