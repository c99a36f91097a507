"""The report form over HTTP, as a browser without JavaScript meets it."""

import re
from collections.abc import Mapping
from datetime import timedelta
from html import unescape
from typing import Protocol

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from tests.factories.sealed_front import Desk

from lastpiece.site.front.forms.telling import Telling, clean
from lastpiece.site.front.pages import receipt
from lastpiece.site.parts.doors import ADULT
from lastpiece.tell.report import ANSWERS


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...
    @property
    def status_code(self) -> int: ...


def fields(response: Answer) -> dict[str, str]:
    """Return the hidden fields of the page's form."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode())
    return {name: unescape(value) for name, value in found}


def typed(response: Answer) -> str:
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", response.content.decode(), re.DOTALL)
    assert found
    return unescape(found[1])


def heading(response: Answer) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def walk(visitor: Client, answers: Mapping[str, str]) -> Answer:
    """Answer what is given, skip the rest, and return the page that asks to check."""
    page = visitor.post("/tell", {**fields(visitor.get("/tell")), "go": "next"})
    for key in ADULT.steps[1:-1]:
        go = {"go": "next", key: answers[key]} if key in answers else {"go": "skip"}
        page = visitor.post("/tell", {**fields(page), **go})
    return page


def test_the_form_asks_for_exactly_what_a_report_holds() -> None:
    assert tuple(ADULT.by_key) == ANSWERS


def test_what_is_answered_arrives_and_what_is_skipped_does_not(visitor: Client, desk: Desk) -> None:
    page = walk(visitor, {"what": "A blue van", "when": "Fridays"})
    assert heading(page) == "Check your answers"
    sent = visitor.post("/tell", {**fields(page), "go": "send"})
    assert sent.status_code == 200
    (report,) = desk.opened()
    assert report.answers == {"what": "A blue van", "when": "Fridays"}
    assert (report.kind, report.channel) == ("report", "online")


def test_only_what_is_required(visitor: Client, desk: Desk) -> None:
    page = visitor.post("/tell", {**fields(visitor.get("/tell")), "go": "next"})
    for go in ("next", "skip"):
        again = visitor.post("/tell", {**fields(page), "go": go, "what": " \n "})
        assert heading(again) == "What do you know?"
        assert "There is a problem" in again.content.decode()
    unanswered = visitor.post("/tell", {"seed": "00" * 32, "step": "check", "go": "send"})
    assert heading(unanswered) == "What do you know?"
    assert desk.spool.waiting() == []


def test_an_answer_that_is_too_long_is_refused_with_what_was_typed(visitor: Client) -> None:
    page = visitor.post("/tell", {**fields(visitor.get("/tell")), "go": "next"})
    long = "x" * 20_001
    again = visitor.post("/tell", {**fields(page), "go": "next", "what": long})
    assert "Letters over the limit: 1." in again.content.decode()
    assert typed(again) == long


def test_skip_takes_an_answer_out_and_back_keeps_it(visitor: Client) -> None:
    page = visitor.post("/tell", {**fields(visitor.get("/tell")), "go": "next"})
    page = visitor.post("/tell", {**fields(page), "go": "next", "what": "A van"})
    page = visitor.post("/tell", {**fields(page), "go": "back", "where": "Mill Road"})
    assert typed(page) == "A van"
    assert fields(page)["where"] == "Mill Road"
    page = visitor.post("/tell", {**fields(page), "go": "next", "what": "A van"})
    page = visitor.post("/tell", {**fields(page), "go": "skip", "where": "Mill Road"})
    assert "where" not in fields(page)


def test_changing_one_answer_returns_to_the_check(visitor: Client) -> None:
    page = walk(visitor, {"what": "A van", "who": "Duke"})
    change = visitor.post("/tell", {**fields(page), "go": "change:who"})
    assert typed(change) == "Duke"
    checked = visitor.post("/tell", {**fields(change), "go": "next", "who": "Duke, tall"})
    assert heading(checked) == "Check your answers"
    assert fields(checked)["who"] == "Duke, tall"


def test_the_same_page_sent_twice_gives_the_same_words_and_one_nonce(visitor: Client, desk: Desk) -> None:
    page = walk(visitor, {"what": "A van"})
    pages = [visitor.post("/tell", {**fields(page), "go": "send"}).content for _ in range(2)]
    assert pages[0] == pages[1]
    assert len({report.nonce for report in desk.opened()}) == 1
    other = walk(visitor, {"what": "A van"})
    assert visitor.post("/tell", {**fields(other), "go": "send"}).content != pages[0]


def test_the_words_are_shown_once_and_are_nowhere_else(visitor: Client, desk: Desk) -> None:
    page = walk(visitor, {"what": "A van"})
    sent = visitor.post("/tell", {**fields(page), "go": "send"}).content.decode()
    words = re.findall(r'<li class="words__word">(\w+)</li>', sent)
    assert len(words) == 7
    (name,) = desk.spool.waiting()
    kept = b"".join(path.read_bytes() for path in desk.home.joinpath("front").rglob("*") if path.is_file())
    assert not any(word.encode() in kept for word in words if len(word) > 5)
    assert b"A van" not in kept
    assert words[0] not in name


@pytest.mark.parametrize("beforehand", [False, True])
def test_the_first_letters_are_letters_also_on_a_page_that_was_drawn_beforehand(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, *, beforehand: bool
) -> None:
    monkeypatch.setattr(receipt, "DRAWN", {})
    asking = rf.post("/tell")
    asking.resolver_match = resolve("/tell")
    if beforehand:
        receipt.keep(asking, ADULT)
    words = ["filament", "adjoin", "sublime", "semester", "dustbin", "uncouple", "teeter"]
    page = receipt.receipt(asking, ADULT, words, visit="ab" * 32).content.decode()
    assert f'name="visit" value="{"ab" * 32}"' in page
    assert re.findall(r"data-first-letters[^>]*>([^<]*)<", page) == ["F A S S D U T"]
    assert re.findall(r'<li class="words__word">(\w+)</li>', page) == words
    assert not re.search("[\ue000-\uf8ff]", page)


def test_with_no_valid_key_the_site_shows_telephone_numbers_and_asks_for_nothing(visitor: Client, desk: Desk) -> None:
    desk.renew(timedelta(hours=1))
    page = visitor.get("/tell")
    assert page.status_code == 503
    assert "<textarea" not in page.content.decode()
    for number in ("999", "101", "0800 555 111"):
        assert number in page.content.decode()


@pytest.mark.parametrize("missing", ["root.pub", "board/manifest.json"])
def test_without_a_trusted_board_the_site_is_closed_but_stands(visitor: Client, desk: Desk, missing: str) -> None:
    (desk.home / "front" / missing).unlink()
    assert visitor.get("/tell").status_code == 503
    assert visitor.get("/").status_code == 200


def test_what_was_typed_is_on_the_page_when_the_key_runs_out_before_sending(visitor: Client, desk: Desk) -> None:
    page = walk(visitor, {"what": "A van", "where": "Mill Road"})
    desk.renew(timedelta(hours=1))
    kept = visitor.post("/tell", {**fields(page), "go": "send"})
    assert kept.status_code == 503
    assert fields(kept)["what"] == "A van"
    assert desk.spool.waiting() == []
    desk.renew(timedelta(days=1))
    sent = visitor.post("/tell", {**fields(kept), "go": "send"})
    assert sent.status_code == 200
    (report,) = desk.opened()
    assert report.answers == {"what": "A van", "where": "Mill Road"}


def test_a_spool_that_was_stopped_takes_nothing(visitor: Client, desk: Desk) -> None:
    page = walk(visitor, {"what": "A van"})
    (desk.home / "front" / "spool").mkdir(exist_ok=True)
    (desk.home / "front" / "spool" / "STOPPED").touch()
    assert visitor.get("/tell").status_code == 503
    assert visitor.post("/tell", {**fields(page), "go": "send"}).status_code == 503


def test_going_back_after_sending_and_telling_more_is_told_too_under_the_same_words(
    visitor: Client, desk: Desk
) -> None:
    page = walk(visitor, {"what": "A blue van"})
    first = visitor.post("/tell", {**fields(page), "go": "send"})
    visitor.post("/tell", {**fields(page), "go": "send"})
    more = visitor.post("/tell", {**fields(page), "what": "A blue van, KQ19 KXD", "go": "send"})
    assert first.content == more.content
    nonces = {report.answers["what"]: report.nonce for report in desk.opened()}
    assert len(desk.opened()) == 3
    assert len(set(nonces.values())) == 2
    assert len({report.mailbox.id for report in desk.opened() if report.mailbox}) == 1


def test_a_long_answer_that_is_sent_again_from_the_kept_page_is_the_same_report() -> None:
    once = Telling.read(ADULT, {"what": "a" * 19_999 + " " + "b" * 9, "seed": "ab" * 32})
    assert Telling.read(ADULT, {"what": once.answers["what"], "seed": "ab" * 32}) == once


def test_a_seed_that_was_altered_is_replaced() -> None:
    for text in ("", "zz", "00" * 31, "é", "00" * 33):
        assert len(Telling.read(ADULT, {"seed": text}).seed) == 32


def test_what_was_told_is_not_in_the_repr() -> None:
    telling = Telling.read(ADULT, {"what": "under the stairs", "seed": "ab" * 32})
    assert "stairs" not in repr(telling)
    assert "ab" * 32 not in repr(telling)


def test_cleaning_drops_control_characters_and_nothing_else() -> None:
    assert clean("a\x00b\r\nc\rd\te\x1b[31m") == "ab\nc\nd\te[31m"
    strange = "\u202emixed \u0645\u0631\u062d \U0001f469\u200d\U0001f467 \ufdfd"
    assert clean(strange) == strange
