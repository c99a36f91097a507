"""Everything on one page, and pages whose answers stay on the device."""

import re
from datetime import timedelta

from django.test import Client
from tests.factories.sealed_front import Desk

from lastpiece.site.parts.doors import ADULT, DOORS

SEED = "cd" * 32


def test_one_page_asks_all_and_one_press_sends(visitor: Client, desk: Desk) -> None:
    assert 'href="/tell/one-page"' in visitor.get("/tell").content.decode()
    page = visitor.get("/tell/one-page").content.decode()
    assert re.findall(r'<textarea[^>]* name="(\w+)"', page) == list(ADULT.by_key)
    assert len(re.findall(r'<button[^>]* value="send"', page)) == 1
    sent = visitor.post("/tell/one-page", {"seed": SEED, "go": "send", "what": "A van", "who": "Duke", "age": "12"})
    assert sent.content.decode().count('class="words__word"') == 7
    (report,) = desk.opened()
    assert report.answers == {"what": "A van", "who": "Duke"}
    assert report.channel == "online"


def test_one_page_names_each_mistake_and_keeps_the_rest(visitor: Client, desk: Desk) -> None:
    page = visitor.post(
        "/tell/one-page", {"seed": SEED, "go": "send", "who": "Duke", "when": "y" * 4_001}
    ).content.decode()
    assert 'href="#id_what"' in page
    assert 'href="#id_when"' in page
    assert "Duke</textarea>" in page
    assert f'value="{SEED}"' in page
    assert desk.spool.waiting() == []


def test_one_page_that_cannot_be_taken_is_sent_again_from_what_was_kept(visitor: Client, desk: Desk) -> None:
    desk.renew(timedelta(hours=1))
    assert visitor.get("/tell/one-page").status_code == 503
    kept = visitor.post("/tell/one-page", {"seed": SEED, "go": "send", "what": "A van"})
    assert kept.status_code == 503
    assert 'action="/tell/one-page"' in kept.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', kept.content.decode()))
    desk.renew(timedelta(days=1))
    assert "It is sent" in visitor.post("/tell/one-page", {**fields, "go": "send"}).content.decode()
    assert [report.answers for report in desk.opened()] == [{"what": "A van"}]


def test_answers_that_are_held_on_the_device_are_neither_asked_for_nor_stored_nor_shown(
    visitor: Client, desk: Desk
) -> None:
    for door in DOORS.values():
        address = f"/{door.address}"
        for key in door.by_key:
            page = visitor.post(address, {"held": "yes", "step": key, "go": "next", "what": "not for you"})
            assert page.status_code == 200
            assert b"not for you" not in page.content
            assert b"aria-invalid" not in page.content
            assert b'name="seed"' not in page.content
        check = visitor.post(address, {"held": "yes", "step": door.steps[-2], "go": "next"}).content.decode()
        assert set(door.by_key) <= set(re.findall(r'data-answer="(\w+)"', check))
        receipt = visitor.post(address, {"held": "yes", "step": "check", "go": "send"}).content.decode()
        assert '<ol class="words"' in receipt
        assert "words__word" not in receipt
        assert "locked on your own device" in receipt
        assert "nothing was sent" in receipt.partition("<noscript>")[2].partition("</noscript>")[0]
    assert desk.spool.waiting() == []


def test_each_box_carries_its_limits_for_scripts(visitor: Client) -> None:
    page = visitor.get("/tell/one-page").content.decode()
    assert page.count("data-longest=") >= len(ADULT.questions)
    assert page.count("{over}") >= len(ADULT.questions)
    assert page.count('data-empty="Tell us what you know') == 1
