"""A clock ten years off, or a board by another hand: the front closes, shows numbers, and keeps what was typed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.sealed_front import NOW, Desk
from tests.factories.sealing_keys import board_signer
from tests.factories.tellers import Page

from lastpiece.tell import board
from lastpiece.tell.certificate import Root

SENT = {"what": "A van", "seed": "ab" * 32, "step": "check", "go": "send"}
TEN_YEARS = timedelta(days=3653)


def closed_but_kind(visitor: Client, desk: Desk) -> None:
    page = visitor.get("/tell")
    assert page.status_code == 503
    assert "999" in page.content.decode()
    kept = visitor.post("/tell", SENT)
    assert kept.status_code == 503
    assert Page(kept.content.decode()).hidden["what"] == "A van"
    assert desk.spool.waiting() == []
    for address in ("/", "/safety", "/mailbox", "/signs"):
        assert visitor.get(address).status_code == 200


@pytest.mark.parametrize("off", [-TEN_YEARS, TEN_YEARS])
def test_with_a_clock_ten_years_off_nothing_is_taken_and_numbers_are_shown(
    visitor: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW + off)
        closed_but_kind(visitor, desk)
    assert Page(visitor.post("/tell", SENT).content.decode()).words
    assert len(desk.opened()) == 1


def test_a_board_that_another_key_signed_is_not_shown_nor_sealed_to(visitor: Client, desk: Desk) -> None:
    foreign = board_signer(root=Root.make(), now=NOW - timedelta(days=1))
    documents = {"certificate.json": desk.certificate.encode(), "public.json": b"{}"}
    board.publish(desk.home / "front" / "board", documents, foreign, serial=99, on=NOW.date())
    closed_but_kind(visitor, desk)
    assert visitor.post("/mailbox/bucket", {"bucket": "0"}).status_code == 503
    desk.serial = 99
    desk.publish()
    assert Page(visitor.post("/tell", SENT).content.decode()).words
