"""Handing in by the page and by the command: what is whole is safe, what is not is named, and twice does no harm."""

import inspect
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import translation
from tests.factories.sealed_front import NOW, Desk

from lastpiece.site.front import holding
from lastpiece.site.front.capturing import capture_page, digest
from lastpiece.site.parts.days import day_in_words
from lastpiece.site.settings import env
from lastpiece.tell import rotation
from lastpiece.tell.carried import LATEST, pack
from lastpiece.tell.certificate import EpochKey, issue
from lastpiece.tell.sealing import seal


def envelopes(desk: Desk, count: int = 3) -> list[bytes]:
    return [seal(b"x" * number, desk.certificate, site="nenshire") for number in range(1, count + 1)]


def hand_in(visitor: Client, content: bytes) -> str:
    return visitor.post("/hand-in", {"file": BytesIO(content)}).content.decode()


def test_every_whole_envelope_is_safe_byte_for_byte(visitor: Client, desk: Desk) -> None:
    sealed = envelopes(desk)
    assert "3 reports are safe" in hand_in(visitor, pack(desk.certificate, sealed))
    assert sorted(desk.spool.read(name) for name in desk.spool.waiting()) == sorted(sealed)


def test_a_key_whose_week_is_over_is_no_hindrance(visitor: Client, desk: Desk) -> None:
    old, sealed = desk.certificate, envelopes(desk, 1)
    desk.publish()
    desk.renew(desk.certificate.not_after - desk.certificate.not_before)
    assert "1 report is safe" in hand_in(visitor, pack(old, sealed))


def test_what_is_sealed_to_a_key_that_may_be_destroyed_is_never_called_safe(visitor: Client, desk: Desk) -> None:
    over = NOW - LATEST
    old = issue(desk.root, EpochKey.make(), site="nenshire", not_before=over - timedelta(days=7), not_after=over)
    page = hand_in(visitor, pack(old, [seal(b"x", old, site="nenshire")]))
    assert "is safe" not in page
    assert "locked too long ago" in page
    assert "we took none of them" in page
    assert "Keep the file and the tablet as they are" in page
    assert desk.spool.waiting() == []
    kept = inspect.signature(rotation.rotate).parameters["keep_days"].default
    assert timedelta(days=kept) > LATEST


def test_what_is_handed_in_never_crowds_out_what_people_write(
    visitor: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "room_for_files", lambda: False)
    assert "Hand it in again later" in hand_in(visitor, pack(desk.certificate, envelopes(desk)))
    assert desk.spool.waiting() == []


def test_damaged_ones_are_named_by_their_place(visitor: Client, desk: Desk) -> None:
    sealed = envelopes(desk)
    spoiled = pack(desk.certificate, sealed).replace(sealed[1][-40:], bytes(40))
    page = hand_in(visitor, spoiled)
    assert "2 reports are safe" in page
    assert "Their places in the file: 2." in page
    assert len(desk.spool.waiting()) == 2


@pytest.mark.parametrize("content", [b"x", b"LPCARRY\x01", b"PK\x03\x04"])
def test_what_is_no_such_file_is_refused_with_a_sentence(visitor: Client, desk: Desk, content: bytes) -> None:
    assert "not a file of locked reports for this site" in hand_in(visitor, content)
    assert desk.spool.waiting() == []


def test_without_a_file_the_page_asks_for_one(visitor: Client, desk: Desk) -> None:
    del desk
    assert "Choose the file that the tablet saved" in visitor.post("/hand-in", {}).content.decode()


def test_a_stopped_spool_takes_none_and_shows_numbers(visitor: Client, desk: Desk) -> None:
    env.SPOOL.mkdir(parents=True, exist_ok=True)
    (env.SPOOL / "STOPPED").write_text("look")
    response = visitor.post("/hand-in", {"file": BytesIO(pack(desk.certificate, envelopes(desk)))})
    assert response.status_code == 503


def test_the_spool_that_refuses_in_the_middle_is_said_and_nothing_is_promised(
    visitor: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.tell.spool.write_all", _full)
    page = hand_in(visitor, pack(desk.certificate, envelopes(desk)))
    assert "Hand it in again later" in page
    assert "safe" not in page.partition("<main")[2].partition("<form")[0]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("language", ["en", "cy", "ar"])
def test_the_captured_page_names_its_own_script_and_style_and_no_address(desk: Desk, language: str) -> None:
    del desk
    page = capture_page(NOW, language)
    for tag in ("script", "style"):
        inside = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert len(inside) > 1000
        assert digest(inside).replace("+", "&#x2B;") in page or digest(inside) in page
    assert page.count("<script") == 1
    assert ('dir="rtl"' in page) is (language == "ar")


def test_a_captured_page_in_polish_names_its_day_as_polish_does(desk: Desk) -> None:
    last = desk.certificate.not_after - timedelta(days=1)
    with translation.override("pl"):
        named = day_in_words(last.date())
    assert f"Ta strona działa do {named}." in capture_page(NOW, "pl")


def test_the_page_names_its_last_whole_day_as_the_keys_are_shown(desk: Desk) -> None:
    last = desk.certificate.not_after - timedelta(days=1)
    assert f"This page works until {last.day} {last:%B %Y}." in capture_page(NOW)
