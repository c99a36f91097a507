"""What the desk published is shown; anything else is refused, and nobody ever sees a half."""

import threading
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.sealing_keys import NOW, ROOT, SITE, board_signer

from lastpiece.tell import board as boards
from lastpiece.tell.board import (
    MANIFEST,
    Board,
    BoardDamaged,
    BoardMissing,
    BoardNotSigned,
    BoardRolledBack,
    DocumentNameWrong,
    post,
    publish,
    read_board,
)
from lastpiece.tell.certificate import Root
from lastpiece.tell.disk import Disk

SIGNER = board_signer()
DAY = date(2026, 11, 20)
DOCUMENTS = {"public.json": b'{"week": 1}', "mail-2026-11-20.bin": b"sealed" * 100}


def read(folder: Path, *, floor: int = 0, seen: Path | None = None) -> Board:
    return read_board(folder, ROOT.public, site=SITE, now=NOW, floor=floor, seen=seen)


def test_what_was_published_is_read(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS, SIGNER, serial=7, on=DAY)
    board = read(tmp_path)
    assert (dict(board.documents), board.serial, board.published_on) == (DOCUMENTS, 7, DAY)
    assert board.documents.get("nothing.json") is None
    assert "week" not in repr(board)


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(BoardMissing):
        read(tmp_path / "none")


@pytest.mark.parametrize(
    "signer",
    [board_signer(root=Root.make()), board_signer(site="sedgeshire"), board_signer(now=NOW - timedelta(days=400))],
    ids=["another root", "another site", "expired"],
)
def test_a_board_by_another_hand_is_refused(tmp_path: Path, signer: boards.BoardSigner) -> None:
    publish(tmp_path, DOCUMENTS, signer, serial=1, on=DAY)
    with pytest.raises(BoardNotSigned, match="not signed by this site's desk"):
        read(tmp_path)


def test_a_certified_key_cannot_lend_its_certificate(tmp_path: Path) -> None:
    class Impostor:
        key = board_signer().key
        certificate = SIGNER.certificate

    publish(tmp_path, DOCUMENTS, Impostor(), serial=1, on=DAY)
    with pytest.raises(BoardNotSigned):
        read(tmp_path)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_changed_byte_anywhere_gives_another_board(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("board")
    publish(folder, DOCUMENTS, SIGNER, serial=1, on=DAY)
    path = data.draw(st.sampled_from(sorted(path for path in folder.rglob("*") if path.is_file())))
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        board = read(folder)
        found = dict(board.documents)
    except (BoardDamaged, BoardNotSigned):
        return
    assert (found, board.serial) == (DOCUMENTS, 1)


def test_a_missing_document_is_noticed_when_it_is_asked_for(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS, SIGNER, serial=1, on=DAY)
    for path in (tmp_path / "documents").iterdir():
        path.unlink()
    with pytest.raises(BoardDamaged):
        read(tmp_path).documents["public.json"]


def test_an_old_board_put_back_is_refused_even_after_a_restart(tmp_path: Path) -> None:
    folder, seen = tmp_path / "board", tmp_path / "seen" / "serial"
    publish(folder, DOCUMENTS, SIGNER, serial=8, on=DAY)
    old = (folder / MANIFEST).read_bytes()
    publish(folder, DOCUMENTS, SIGNER, serial=9, on=DAY)
    assert read(folder, seen=seen).serial == 9
    (folder / MANIFEST).write_bytes(old)
    with pytest.raises(BoardRolledBack, match=r"number 8.*number 9"):
        read(folder, seen=seen)
    with pytest.raises(BoardRolledBack):
        read(folder, floor=9)
    assert read(folder).serial == 8


def test_a_remembered_serial_never_falls(tmp_path: Path) -> None:
    folder, seen = tmp_path / "board", tmp_path / "serial"
    for serial in (5, 6):
        publish(folder, DOCUMENTS, SIGNER, serial=serial, on=DAY)
        read(folder, seen=seen)
    assert seen.read_text() == "6\n"


@pytest.mark.parametrize("name", ["../root.pub", "A.json", "", ".hidden", "a/b"])
def test_a_documents_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentNameWrong):
        publish(tmp_path, {name: b""}, SIGNER, serial=1, on=DAY)


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class InterruptedDisk(Disk):
    """The real disk, interrupted at its `at`-th call."""

    def __init__(self, at: int) -> None:
        self.left = at

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Interrupted

    def create(self, path: Path, mode: int = 0o600) -> int:
        self._count()
        return super().create(path, mode)

    def write(self, descriptor: int, content: bytes | memoryview) -> int:
        self._count()
        return super().write(descriptor, content)

    def sync(self, descriptor: int) -> None:
        self._count()
        super().sync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        self._count()
        super().rename(old, new)
        self._count()

    def remove(self, path: Path) -> None:
        self._count()
        super().remove(path)


def test_publishing_interrupted_at_any_step_leaves_the_old_board_or_the_new(tmp_path: Path) -> None:
    new = {"public.json": b"new", "extra.json": b"more"}
    outcomes = set()
    for at in range(1, 50):
        folder = tmp_path / str(at)
        publish(folder, DOCUMENTS, SIGNER, serial=1, on=DAY)
        disk = InterruptedDisk(at)
        with suppress(Interrupted):
            publish(folder, new, SIGNER, serial=2, on=DAY, disk=disk)
        found = read(folder)
        assert (found.serial, dict(found.documents)) in ((1, DOCUMENTS), (2, new))
        outcomes.add((found.serial, disk.left > 0))
    assert outcomes == {(1, False), (2, False), (2, True)}  # interrupted before, after, and at last not at all


def test_a_front_that_links_its_documents_elsewhere_makes_the_desk_remove_nothing_there(tmp_path: Path) -> None:
    keys, board = tmp_path / "keys", tmp_path / "board"
    keys.mkdir()
    (keys / "storage.json").write_bytes(b"precious")
    board.mkdir()
    (board / "documents").symlink_to(keys)
    with pytest.raises(OSError, match="link"):
        publish(board, DOCUMENTS, SIGNER, serial=1, on=DAY)
    assert [path.name for path in keys.iterdir()] == ["storage.json"]


def test_what_lies_beside_the_documents_and_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, DOCUMENTS, SIGNER, serial=1, on=DAY)
    (tmp_path / "documents" / "storage.json").write_bytes(b"precious")
    publish(tmp_path, {}, SIGNER, serial=2, on=DAY)
    publish(tmp_path, {}, SIGNER, serial=3, on=DAY)
    assert [path.name for path in (tmp_path / "documents").iterdir()] == ["storage.json"]


def test_a_reader_may_finish_with_the_board_before_while_a_new_one_comes(tmp_path: Path) -> None:
    publish(tmp_path, {"public.json": b"one"}, SIGNER, serial=1, on=DAY)
    reader = read(tmp_path)
    publish(tmp_path, {"public.json": b"two"}, SIGNER, serial=2, on=DAY)
    assert reader.documents["public.json"] == b"one"
    publish(tmp_path, {"public.json": b"three"}, SIGNER, serial=3, on=DAY)
    assert len(list((tmp_path / "documents").iterdir())) == 2  # and older ones are cleared away


def test_posting_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    copy, front = tmp_path / "copy", tmp_path / "front"

    def put_up(changes: dict[str, bytes | None]) -> Board:
        return post(copy, front, changes, SIGNER, root_public=ROOT.public, on=DAY, now=NOW)

    put_up({"a.json": b"a", "b.json": b"b"})
    put_up({"a.json": None, "c.json": b"c"})
    assert (read(front).serial, dict(read(front).documents)) == (2, {"b.json": b"b", "c.json": b"c"})
    (front / MANIFEST).write_bytes(b"scrawl")
    put_up({})
    assert read(front).serial == read(copy).serial == 3


def test_a_desk_made_anew_goes_on_from_the_number_that_its_front_has_seen(tmp_path: Path) -> None:
    front, seen = tmp_path / "front", tmp_path / "seen" / "serial"
    publish(front, DOCUMENTS, SIGNER, serial=57, on=DAY)
    read(front, seen=seen)
    post(tmp_path / "new", front, {"a.json": b"a"}, SIGNER, root_public=ROOT.public, on=DAY, now=NOW)
    assert (read(front, seen=seen).serial, dict(read(front).documents)) == (58, {"a.json": b"a"})


def test_two_postings_at_once_lose_nothing(tmp_path: Path) -> None:
    def put_up(number: int) -> None:
        changes = {f"{number}.json": b"x"}
        post(tmp_path / "copy", tmp_path / "front", changes, SIGNER, root_public=ROOT.public, on=DAY, now=NOW)

    threads = [threading.Thread(target=put_up, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    board = read(tmp_path / "front")
    assert board.serial == 12
    assert set(board.documents) == {f"{number}.json" for number in range(12)}
