"""Leaving in the middle, and whoever then presses Back, agrees to send it again, and looks: in two languages.

Without JavaScript a browser keeps what it posted and offers to send it once more. With JavaScript there is nothing of
this site behind Back. Both are walked after a change of language, from left to right and from right to left.
"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect
from tests.factories.neutral_site import NeutralSite
from tests.factories.servers import Front
from tests.journeys.test_front_leaving import SECRET, press_escape, press_shift_three_times, touch_the_button

from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply
from lastpiece.tell.words import words_from

TELLER = words_from(b"one who leaves in a hurry, 32 by")
NOTE = "Do you know the colour of the door?"
FURTHEST = 12
"""More steps back than any of these errands made."""


def come(context: BrowserContext, elsewhere: NeutralSite) -> Page:
    page = context.new_page()
    page.goto(elsewhere.address + "?before")
    return page


def tell_half(page: Page, front: Front) -> None:
    page.goto(front.address + "/tell")
    page.locator("main button[value=next]").click()
    expect(page.locator("textarea[name=what]")).to_be_visible()
    page.locator("textarea").fill(SECRET)
    page.locator("main button[value=next]").click()
    expect(page.locator("textarea[name=where]")).to_be_visible()
    page.locator("textarea").fill(SECRET)


def speak_arabic(page: Page) -> None:
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def look_behind(page: Page, front: Front, elsewhere: NeutralSite, secrets: list[str]) -> int:
    """Press Back as often as it goes, agree whenever the browser asks to send again, and count how often it did."""
    asked = 0
    for _ in range(FURTHEST):
        try:
            page.go_back()
        except Error as problem:
            assert "ERR_CACHE_MISS" in str(problem)  # noqa: PT017 - "confirm form resubmission", and nothing else
            page.wait_for_timeout(500)  # the browser's own page takes its place
            nothing(page, secrets)
            page.reload(wait_until="commit")  # "Continue"
            asked += 1
            page.wait_for_url(elsewhere.address)
        page.wait_for_load_state()
        nothing(page, secrets)
        if page.url == elsewhere.address + "?before":
            break
    assert page.url == elsewhere.address + "?before"
    return asked


def nothing(page: Page, secrets: list[str]) -> None:
    shown = page.content()
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("language", ["English", "Arabic"])
def test_without_javascript_nothing_of_half_a_form_comes_back_even_when_it_is_sent_again(
    language: str, front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = come(device(script=False), elsewhere)
    tell_half(page, front_server)
    if language == "Arabic":
        speak_arabic(page)
        expect(page.locator("textarea")).to_have_value(SECRET)
    touch_the_button(page)
    page.wait_for_url(elsewhere.address)
    assert "referer" not in elsewhere.visits[-1]
    assert look_behind(page, front_server, elsewhere, [SECRET]) >= 2


def test_without_javascript_the_seven_words_do_not_come_back(
    front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = come(device(script=False), elsewhere)
    page.goto(front_server.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(SECRET)
    page.locator("main button[value=send]").click()
    words = page.locator(".words__word").all_inner_texts()
    assert len(words) == 7
    page.get_by_role("button", name="Leave this site now").click()
    page.wait_for_url(elsewhere.address)
    look_behind(page, front_server, elsewhere, [SECRET, " – ".join(words), f"{words[0]}</li>"])
    assert len(front_server.take_all()) == 1


def test_without_javascript_a_mailbox_does_not_open_again(
    front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    box = open_mailbox(TELLER)
    layout = MailLayout(0, date(2026, 11, 20))
    front_server.post_on_board(make_mail({box.id: seal_reply(NOTE, box.address)}, [box.address], layout))
    page = come(device(script=False), elsewhere)
    page.goto(front_server.address + "/mailbox")
    page.locator("textarea").fill(" ".join(TELLER))
    page.locator("main form button").first.click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    touch_the_button(page)
    page.wait_for_url(elsewhere.address)
    assert look_behind(page, front_server, elsewhere, [NOTE, " ".join(TELLER)]) >= 1
    page.goto(front_server.address + "/mailbox")  # and the words open it as before
    page.locator("textarea").fill(" ".join(TELLER))
    page.locator("main form button").first.click()
    expect(page.get_by_text(NOTE)).to_be_visible()


@pytest.mark.parametrize(("way", "language"), [(touch_the_button, "English"), (press_escape, "Arabic")])
def test_a_visit_that_began_without_the_scripts_and_is_left_with_them_does_not_come_back(
    way: Callable[[Page], None],
    language: str,
    front_server: Front,
    elsewhere: NeutralSite,
    device: Callable[..., BrowserContext],
) -> None:
    page = come(device(), elsewhere)
    page.route("**/*.js*", lambda route: route.abort())  # a bad line, or a filter
    tell_half(page, front_server)
    page.unroute("**/*.js*")
    page.locator("main button[value=next]").click()
    expect(page.locator("textarea[name=where]")).to_have_count(0)
    expect(page.locator("[data-prevent-double-click]")).to_have_count(0)  # and here they are
    if language == "Arabic":  # the whole page is another one then, with another number
        speak_arabic(page)
    posted: list[str] = []
    page.on("request", lambda asked: posted.append(asked.post_data or "") if asked.url.endswith("/leave") else None)
    way(page)
    page.wait_for_url(elsewhere.address)
    assert look_behind(page, front_server, elsewhere, [SECRET]) >= 2
    assert [re.fullmatch("visit=[0-9a-f]{64}", body) is not None for body in posted] == [True]


@pytest.mark.parametrize("way", [touch_the_button, press_shift_three_times, press_escape])
def test_with_javascript_nothing_comes_back_after_a_change_of_language_and_leaving_works_right_to_left(
    way: Callable[[Page], None], front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = come(device(width=320, height=640), elsewhere)
    tell_half(page, front_server)
    speak_arabic(page)
    expect(page.locator("textarea")).to_have_value(SECRET)
    box = page.locator(".leave__button").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    way(page)
    page.wait_for_url(elsewhere.address)
    assert look_behind(page, front_server, elsewhere, [SECRET]) == 0
    page.go_forward()
    assert page.url == elsewhere.address
    assert page.evaluate("history.length") == 3


def test_the_exit_has_one_size_and_look_on_every_page_and_both_ways_round(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device(width=320, height=640, script=False).new_page()
    sizes = set()
    for address in ("/", "/tell", "/mailbox", "/ar/", "/ar/tell"):
        page.goto(front_server.address + address)
        button = page.locator(".leave__button")
        box = button.bounding_box()
        assert box is not None
        sizes.add((box["width"], box["height"]))
        assert "rgb(255, 255, 255)" in button.evaluate("element => getComputedStyle(element).color")
    assert len(sizes) == 1
