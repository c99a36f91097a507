"""Every file that a verb of `keys` or `front` reads or writes: when it cannot, one sentence names it, and it fails."""

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy, copytree, which

import pytest
from tests.factories.proofs import SITE, environment
from tests.factories.servers import LASTPIECE
from typer.testing import CliRunner

from lastpiece.command.contents import app
from lastpiece.site.settings import env
from lastpiece.tell import offline, rotation
from lastpiece.tell.root_key import read_root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with keys, a request and its certificates, and beside it the same of another site's desk."""
    folder = tmp_path_factory.mktemp("made")
    now = datetime.now(UTC)  # noqa: TID251 - the commands under test read the clock
    for home in (folder / "ours", folder / "theirs"):
        front, desk = home / "front", home / "desk"
        places = rotation.Places(home / "root", desk / "keys", desk / "board", front, front / "board", front / "spool")
        rotation.make(places, site=SITE, now=now, days=14)
        asked = offline.ask(places, site=SITE, now=now, days=14)
        (home / "request.json").write_bytes(asked.encode())
        (home / "certificates.json").write_bytes(offline.answer(asked, read_root(places.root_file)))
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of that home, and this process lives in it."""
    folder = tmp_path / "home"
    copytree(made / "ours", folder)
    for name, place in (("ROOT", "root"), ("DESK", "desk"), ("FRONT", "front")):
        monkeypatch.setattr(env, f"{name}_FOLDER", folder / place)
    monkeypatch.setattr(env, "BOARD", folder / "front" / "board")
    monkeypatch.setattr(env, "SPOOL", folder / "front" / "spool")
    monkeypatch.chdir(folder)
    return folder


def said(home: Path, *words: str, bound: tuple[str, ...] = ()) -> str:
    """Run a verb that must fail, and return its one sentence."""
    if not bound and words[:2] not in SETS_UP_THE_SITE:
        ran = CliRunner().invoke(app, words)
        assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1), ran.stderr
        return ran.stderr.strip()
    done = subprocess.run(
        [*bound, LASTPIECE, *words],
        env=environment(home),
        cwd=home,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1, done
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


SETS_UP_THE_SITE = {("front", "capture"), ("front", "hand-in")}
"""These load the whole public site, so they have a process to themselves."""
READERS = {
    "certificates": ("keys", "rotate", "--certificates"),
    "request": ("keys", "epoch"),
    "shares": ("keys", "recover", "--drill"),
    "carried": ("front", "hand-in"),
    "pack": ("front", "check-pack"),
}


def words_for(reader: str, file: str) -> tuple[str, ...]:
    return (*READERS[reader], file, *(("out.json",) if reader == "request" else ()))


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_is_not_there_or_is_a_folder_is_named_with_the_reason(reader: str, home: Path) -> None:
    (home / "folder").mkdir()
    for file in ("nowhere", "folder"):
        sentence = said(home, *words_for(reader, file))
        assert sentence.startswith(file)
        assert "cannot be read: " in sentence
    assert not (home / "out.json").exists()


def unprivileged() -> tuple[str, ...]:
    """Return what makes even root ask for the right to read, as everybody else must."""
    if os.geteuid() != 0:
        return ()
    if which("setpriv") is None:
        pytest.skip("Root reads everything, and there is no setpriv here to hinder it: install util-linux.")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


@pytest.mark.parametrize("reader", ["certificates", "carried", "pack"])
def test_a_file_that_may_not_be_read_is_named_in_one_sentence(reader: str, home: Path) -> None:
    file = home / "unreadable"
    if reader == "pack":
        file.mkdir()
    else:
        file.touch()
    file.chmod(0)
    sentence = said(home, *words_for(reader, "unreadable"), bound=unprivileged())
    assert sentence.startswith("unreadable")
    assert "cannot be read: permission denied" in sentence.lower()


@pytest.mark.parametrize("reader", ["certificates", "request", "shares"])
@pytest.mark.parametrize("content", ["empty", "wrong", "cut short", "another's"])
def test_a_file_that_holds_something_else_is_refused_and_nothing_is_changed(
    reader: str, content: str, home: Path, made: Path
) -> None:
    name = "certificates.json" if reader == "certificates" else "request.json"
    whole = (home / name).read_bytes()
    other = "request.json" if reader == "shares" else "certificates.json"
    held = {"empty": b"", "wrong": b"\xff\x00scrawl", "cut short": whole[:300]}
    (home / "given").write_bytes(held.get(content, (made / "theirs" / other).read_bytes()))
    before = sorted((home / "desk" / "keys").iterdir())
    assert said(home, *words_for(reader, "given")).endswith(".")
    assert sorted((home / "desk" / "keys").iterdir()) == before
    assert not (home / "out.json").exists()


FULL = ("prlimit", "--fsize=64:64")
"""No file may grow beyond 64 bytes: every write of more fails, as on a full disk."""


@pytest.mark.skipif(which("prlimit") is None, reason="No prlimit here: install util-linux.")
@pytest.mark.parametrize(
    "words",
    [
        ("keys", "epoch", "request.json", "out"),
        ("keys", "rotate", "--request", "out"),
        ("keys", "poster", "out"),
        ("front", "capture", "out"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_what_a_full_disk_does_not_take_is_named_and_no_half_of_it_stays(words: tuple[str, ...], home: Path) -> None:
    (home / "new").mkdir()
    rotates = words[1] == "rotate"  # it writes its keys first, so it is the request's own folder that takes nothing
    place, bound = ("/proc/out", ()) if rotates else ("new/out", FULL)
    sentence = said(home, *(place if word == "out" else word for word in words), bound=bound)
    assert sentence.startswith(f"{place} cannot be written: ")
    assert list((home / "new").iterdir()) == []


@pytest.mark.skipif(which("prlimit") is None, reason="No prlimit here: install util-linux.")
def test_keys_that_a_full_disk_does_not_take_are_named(tmp_path: Path) -> None:
    sentence = said(tmp_path, "keys", "make", bound=("prlimit", "--fsize=10:10"))
    assert sentence.startswith("Keys cannot be written: ")
    assert f"({tmp_path}/root/root.key)" in sentence
    assert not (tmp_path / "desk" / "keys").exists()


def test_without_a_public_root_the_poster_names_each_place_where_one_may_stand(home: Path) -> None:
    for folder in ("front", "desk/keys"):
        (home / folder / "root.pub").unlink()
    sentence = said(home, "keys", "poster", "sheet.pdf")
    for folder in ("front", "desk/keys", "root"):
        assert str(home / folder / "root.pub") in sentence
    assert "Copy root.pub there" in sentence
    assert not (home / "sheet.pdf").exists()


def test_the_poster_is_made_at_a_desk_that_has_neither_front_nor_root(home: Path) -> None:
    (home / "front" / "root.pub").unlink()
    assert CliRunner().invoke(app, ["keys", "poster", "sheet.pdf"]).exit_code == 0
    assert (home / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_front_without_its_root_says_what_to_copy_and_where(home: Path) -> None:
    words = ("front", "capture", "bus.html")
    pinned = home / "front" / "root.pub"
    pinned.unlink()
    assert said(home, *words).startswith(f"There is no public root at {pinned}. Copy root.pub there")
    pinned.write_text("scrawl")
    assert said(home, *words) == (f"The public root {pinned} is damaged or may not be read. Copy root.pub there again.")


@pytest.mark.parametrize("name", ["board.json", "root.pub", "epoch"])
@pytest.mark.parametrize("how", ["missing", "empty", "cut short", "a folder"])
def test_a_key_file_of_the_desk_that_is_not_right_is_named_with_its_folder(name: str, how: str, home: Path) -> None:
    keys = home / "desk" / "keys"
    file = next(keys.glob("epoch-*")) if name == "epoch" else keys / name
    spoil(file, how)
    sentence = said(home, "keys", "show")
    if (name, how) == ("epoch", "missing"):
        assert sentence == "No key is valid today, so the front takes no reports. Run `lastpiece keys rotate`."
    else:
        assert str(file) in sentence
        assert "backup" in sentence


def spoil(file: Path, how: str) -> None:
    content = file.read_bytes()
    file.unlink()
    if how == "a folder":
        file.mkdir()
    elif how != "missing":
        file.write_bytes(content[: 20 if how == "cut short" else 0])


def test_anothers_board_key_is_not_shown_as_ours(home: Path, made: Path) -> None:
    copy(made / "theirs" / "desk" / "keys" / "board.json", home / "desk" / "keys" / "board.json")
    sentence = said(home, "keys", "show")
    assert sentence == f"{home / 'desk' / 'keys' / 'board.json'}: The key is not signed by the root this site trusts."


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (("keys", "show"), "desk/board"),
        (("keys", "rotate"), "desk/board"),
        (("front", "capture", "x.html"), "front/board"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else given,
)
def test_a_damaged_board_is_named(words: tuple[str, ...], where: str, home: Path) -> None:
    for manifest in ("manifest.json", "manifest-before.json"):
        (home / where / manifest).write_text("{")
    sentence = said(home, *words)
    assert sentence.startswith("The board is damaged")
    assert str(home / where) in sentence


def test_shares_are_not_put_where_a_file_stands_and_the_root_is_not_made(home: Path) -> None:
    (home / "root" / "root.key").unlink()
    (home / "sheets").write_text("a file")
    sentence = said(home, "keys", "root", "--shares", "--into", "sheets")
    assert sentence == "sheets is not a folder, so no shares can be put into it. Nothing was written."
    assert not (home / "root" / "root.key").exists()


UNREADABLE: dict[str, Callable[[Path], Path]] = {
    "keys": lambda home: home / "desk" / "keys",
    "board": lambda home: home / "desk" / "board",
}


@pytest.mark.parametrize("folder", UNREADABLE)
def test_keys_that_may_not_be_read_are_not_said_to_be_unwritten(folder: str, home: Path) -> None:
    closed = UNREADABLE[folder](home)
    closed.chmod(0)
    try:
        sentence = said(home, "keys", "show", bound=unprivileged())
    finally:
        closed.chmod(0o700)
    assert "written" not in sentence
    assert str(closed) in sentence
