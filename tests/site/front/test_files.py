"""Photos and files without a script: sealed as they come, listed, taken back, and sent with the report."""

import errno
import hashlib
import io
import json
import re
import shutil
from collections.abc import Mapping
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories.sealed_front import NOW, Desk
from tests.factories.tellers import Page

from lastpiece.site.front import holding
from lastpiece.site.front.forms import files as entries
from lastpiece.tell.chunk import LONGEST_CONTENT, LONGEST_FILE, MOST_FILES, Chunk, assembled, is_chunk
from lastpiece.tell.held import Held
from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import Report

NEEDLE = b"the boy with the xylophone case"
PHOTO = b"\xff\xd8" + NEEDLE + bytes(LONGEST_CONTENT)


def file(name: str = "van.jpg", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def post(visitor: Client, hidden: Mapping[str, str], at: str = "/tell", **more: Any) -> str:  # noqa: ANN401 - fields or files
    answer = visitor.post(at, {**hidden, **more})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def at_files(visitor: Client, door: str = "/tell", **answers: str) -> dict[str, str]:
    page = Page(visitor.get("/tell").content.decode())
    return {**page.hidden, "what": "A grey van.", **answers, "step": "files"}


def sent(desk: Desk) -> tuple[Report, dict[bytes, list[Chunk]]]:
    keyring = Keyring(desk.home / "desk" / "keys")
    plains = [open_sealed(desk.spool.read(name), keyring, site="nenshire") for name in desk.spool.waiting()]
    (report,) = (Report.decode(plain) for plain in plains if not is_chunk(plain))
    chunks: dict[bytes, list[Chunk]] = {}
    for chunk in sorted((Chunk.decode(plain) for plain in plains if is_chunk(plain)), key=lambda one: one.index):
        chunks.setdefault(chunk.file_id, []).append(chunk)
    return report, chunks


def held(desk: Desk) -> list[str]:
    return [path.name for path in (desk.home / "front" / "spool" / "held").rglob("*.sealed")]


def test_a_file_is_sealed_listed_and_sent_with_the_report(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="next", file=[file(), file("note.txt", b"short")])
    assert "van.jpg" in page
    assert "note.txt" in page
    assert desk.spool.waiting() == []
    check = post(visitor, {**Page(page).hidden, "step": "check"}, go="send")
    assert Page(check).words
    report, chunks = sent(desk)
    assert [entry.name for entry in report.attachments] == ["van.jpg", "note.txt"]
    for entry, content in zip(report.attachments, (PHOTO, b"short"), strict=True):
        parts = [chunk.content for chunk in chunks[entry.id]]
        assert len(parts) == entry.chunks
        assert assembled(parts, size=entry.size, sha256=entry.sha256) == content
    assert not report.attachments[0].use_place


def test_nothing_readable_is_ever_on_the_disk(desk: Desk, visitor: Client) -> None:
    post(visitor, at_files(visitor), go="next", file=file("xylophone.jpg"))
    files = [path for path in (desk.home / "front").rglob("*") if path.is_file()]
    assert held(desk)
    assert not any(NEEDLE in path.read_bytes() or "xylophone" in str(path) for path in files)


def test_a_file_just_added_is_shown_before_the_form_goes_on(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="next", file=file())
    assert Page(page).hidden["step"] == "files"
    assert Page(post(visitor, Page(page).hidden, go="next")).hidden["step"] == "contact"


def test_a_page_without_a_file_goes_on(desk: Desk, visitor: Client) -> None:
    for go in ("next", "skip"):
        assert Page(post(visitor, at_files(visitor), go=go)).hidden["step"] == "contact"
    assert Page(post(visitor, at_files(visitor), go="back")).hidden["step"] == "at_risk"
    assert Page(post(visitor, at_files(visitor), go="next", checking="yes")).hidden["step"] == "check"


def test_a_file_that_is_taken_back_is_deleted(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="add", file=[file(), file("keep.jpg", b"k")])
    key = json.loads(Page(page).hidden["files"])[0][0]
    page = post(visitor, Page(page).hidden, go=f"remove:{key}")
    assert "van.jpg" not in page
    assert "keep.jpg" in page
    assert len(held(desk)) == 1


def test_the_place_in_a_photo_is_used_only_when_its_box_is_ticked(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="add", file=[file(), file("other.png", b"p"), file("a.pdf", b"d")])
    assert page.count('name="place" type="checkbox" value=') == 2, "only photos are asked about"
    assert "checked" not in page
    key = json.loads(Page(page).hidden["files"])[1][0]
    page = post(visitor, Page(page).hidden, go="next", place=key)
    post(visitor, {**Page(page).hidden, "step": "check"}, go="send")
    assert [entry.use_place for entry in sent(desk)[0].attachments] == [False, True, False]


def test_the_young_peoples_door_takes_files_and_never_a_place(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), at="/young", go="add", file=file())
    assert "van.jpg" in page
    assert 'name="place"' not in page, "nor in the row that a script fills"
    key = json.loads(Page(page).hidden["files"])[0][0]
    page = post(visitor, Page(page).hidden, at="/young", go="next", place=key)
    assert Page(page).hidden["step"] == "check"
    post(visitor, Page(page).hidden, at="/young", go="send")
    report, _ = sent(desk)
    assert report.channel == "young"
    assert [entry.use_place for entry in report.attachments] == [False]


def test_the_page_that_holds_all_takes_files_too(desk: Desk, visitor: Client) -> None:
    page = Page(visitor.get("/tell/one-page").content.decode())
    post(visitor, page.hidden, at="/tell/one-page", what="A van.", go="send", file=file())
    report, chunks = sent(desk)
    assert [len(chunks[entry.id]) for entry in report.attachments] == [2]


def test_an_empty_file_is_left_out_and_said_to_be(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="next", file=[file("nothing.jpg", b""), file("van.jpg", b"x")])
    assert "nothing.jpg has nothing in it" in page
    assert len(json.loads(Page(page).hidden["files"])) == 1


def test_a_file_that_is_too_large_is_left_out_and_nothing_of_it_stays(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="next", file=[file("film.mp4", bytes(LONGEST_FILE + 1)), file()])
    assert "film.mp4 is too big" in page
    assert "van.jpg" in page
    assert len(held(desk)) == 2
    assert Page(page).hidden["what"] == "A grey van."


def test_the_largest_file_there_may_be_is_taken(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="next", file=file("film.mp4", bytes(LONGEST_FILE)))
    (entry,) = entries.read(Page(page).hidden["files"])
    assert entry.sha256 == hashlib.sha256(bytes(LONGEST_FILE)).digest()
    assert len(held(desk)) == entry.chunks


def test_an_eleventh_file_is_left_out_however_they_come(desk: Desk, visitor: Client) -> None:
    some = [file(f"{number}.jpg", b"x") for number in range(MOST_FILES + 2)]
    page = post(visitor, at_files(visitor), go="add", file=some)
    assert "You can add 10 files" in page
    assert len(json.loads(Page(page).hidden["files"])) == MOST_FILES == len(held(desk))
    page = post(visitor, Page(page).hidden, go="add", file=file("more.jpg", b"x"))
    assert "You can add 10 files" in page
    assert len(held(desk)) == MOST_FILES


def cut(visitor: Client, hidden: Mapping[str, str], share: float) -> Any:  # noqa: ANN401 - Django's answer
    """Post a file, but let the connection end in the middle of it."""
    boundary = "cut"
    fields = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in hidden.items()
    )
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="van.jpg"\r\n\r\n'
    body = fields.encode() + head.encode() + PHOTO * 2
    short = body[: int(len(fields) + share * len(PHOTO) * 2)]
    return visitor.generic("POST", "/tell", short, f"multipart/form-data; boundary={boundary}")


@pytest.mark.parametrize("share", [0.1, 0.6, 0.99])
def test_a_connection_cut_in_the_middle_of_a_file_loses_nothing_typed_and_holds_no_half(
    desk: Desk, visitor: Client, share: float
) -> None:
    page = cut(visitor, at_files(visitor), share).content.decode()
    assert held(desk) == []
    assert "did not get to us whole" in page
    assert Page(page).hidden["what"] == "A grey van."


def test_a_connection_that_breaks_leaves_nothing_held(desk: Desk, visitor: Client) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > LONGEST_CONTENT + 200_000:
                raise TimeoutError
            return super().read(size)

    boundary = "cut"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="van.jpg"\r\n\r\n'
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/tell",
        "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
        "CONTENT_LENGTH": "3000000",
        "wsgi.input": Breaking(head.encode() + PHOTO * 2),
    }
    answer = visitor.request(**environ)
    assert answer.status_code == 400
    assert held(desk) == []


def test_a_disk_without_room_takes_the_report_and_not_the_file(
    desk: Desk, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=holding.RESERVE))
    page = post(visitor, at_files(visitor), go="next", file=file())
    assert "We cannot take files just now" in page
    assert held(desk) == []
    assert Page(post(visitor, {**Page(page).hidden, "step": "check"}, go="send")).words


def test_a_disk_that_fills_up_in_the_middle_of_a_file_leaves_no_half(
    desk: Desk, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Held._write, iter(range(99))

    def full(self: Held, path: Any, content: bytes) -> None:  # noqa: ANN401 - a path
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, "planted")
        real(self, path, content)

    monkeypatch.setattr(Held, "_write", full)
    page = post(visitor, at_files(visitor), go="next", file=file())
    assert "We cannot take files just now" in page
    assert held(desk) == []


def test_a_file_that_was_swept_away_is_said_to_be_gone_and_nothing_is_sent(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="add", file=file())
    for path in (desk.home / "front" / "spool" / "held").rglob("*.sealed"):
        path.unlink()
    page = post(visitor, {**Page(page).hidden, "step": "check"}, go="send")
    assert "van.jpg is no longer here" in page
    assert Page(page).hidden["what"] == "A grey van."
    assert desk.spool.waiting() == []


def test_send_pressed_twice_gives_one_report_and_one_file(desk: Desk, visitor: Client) -> None:
    page = Page(post(visitor, at_files(visitor), go="add", file=file())).hidden
    for _ in range(2):
        assert Page(post(visitor, {**page, "step": "check"}, go="send")).words
    keyring = Keyring(desk.home / "desk" / "keys")
    plains = [open_sealed(desk.spool.read(name), keyring, site="nenshire") for name in desk.spool.waiting()]
    assert len({Report.decode(plain).nonce for plain in plains if not is_chunk(plain)}) == 1
    assert sum(map(is_chunk, plains)) == 2


def test_what_was_held_too_long_is_swept_when_another_file_comes(desk: Desk, visitor: Client) -> None:
    held_before = holding.held(NOW - timedelta(days=3))
    envelope = b"e" * 5253
    held_before.keep(envelope, bytes(16), 0)
    post(visitor, at_files(visitor), go="add", file=file("new.jpg", b"x"))
    assert len(held(desk)) == 1


def test_a_hostile_name_is_shown_as_text_and_without_its_tricks(desk: Desk, visitor: Client) -> None:
    page = post(visitor, at_files(visitor), go="add", file=file("a<b>\u202egpj.exe", b"x"))
    assert "<b>" not in page
    assert "\u202e" not in page
    assert re.search(r"a&lt;b&gt;gpj\.exe", page)


@pytest.mark.parametrize("text", ["", "[", "{}", "[7]", '[["zz","n",1,"aa",0]]', '[["00","n",1,"00",0]]', "[" * 9000])
def test_a_hidden_field_that_is_no_list_of_files_is_read_as_none(text: str) -> None:
    assert entries.read(text) == ()


def test_with_answers_held_on_the_device_no_file_is_here(desk: Desk, visitor: Client) -> None:
    page = post(visitor, {"step": "files", "held": "yes"}, go="next")
    assert Page(page).hidden["step"] == "contact"
