"""The site in other languages: whole forms from right to left, and a change of language in the middle of one."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.servers import Front

SAID = "سيارة زرقاء 07700 900123 خلف Mill Road"
NOTHING_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth"
PAST_THE_EDGE = """[...document.querySelectorAll("main *")].filter(each => each.checkVisibility() &&
    (each.getBoundingClientRect().left < -1 || each.getBoundingClientRect().right > innerWidth + 1)).length"""
Look = Callable[[Page], None]


def press(page: Page, value: str) -> None:
    page.locator(f"main button[name=go][value={value}]").first.click()


def step(page: Page) -> str:
    return page.locator("input[name=step]").first.input_value()


def stands(page: Page, at: str) -> None:
    expect(page.locator("input[name=step]").first).to_have_value(at)


def has_left(page: Page, at: str) -> None:
    expect(page.locator("input[name=step]").first).not_to_have_value(at)


@pytest.fixture
def look(check_axe: Callable[[Page], None]) -> Look:
    """Fails when a page is not in Arabic from right to left, is too wide, or when axe finds a fault."""

    def looked(page: Page) -> None:
        page.wait_for_load_state()  # before its style has come, a page is as wide as it likes
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.locator("html").get_attribute("lang") == "ar"
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert page.evaluate(NOTHING_SIDEWAYS)
        assert page.evaluate(PAST_THE_EDGE) == 0
        if page.evaluate("document.body.classList.contains('js-enabled')"):
            check_axe(page)

    return looked


def walk(page: Page, look: Look, answers: Mapping[str, str], *, last: str) -> None:
    """Answer every question of a form from its first page to the receipt."""
    look(page)
    press(page, "next")
    while True:
        has_left(page, "start")
        at = step(page)
        look(page)
        if at == "check":
            break
        if at in answers:
            page.locator("textarea").fill(answers[at])
            press(page, "next")
        else:
            press(page, "skip")
        has_left(page, at)
    assert page.locator(f"[data-answer={last}]").inner_text().strip() == answers[last]
    press(page, "send")


def receipt(page: Page, look: Look) -> None:
    words = page.locator(".words__word")
    expect(words).to_have_count(7)
    look(page)
    boxes = [words.nth(place).bounding_box() for place in range(2)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] < boxes[1]["y"] or boxes[0]["x"] < boxes[1]["x"], "the words do not go from left to right"
    assert all(word.strip().isascii() for word in words.all_inner_texts())
    assert page.context.cookies() == []


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_the_whole_form_is_told_in_arabic_on_a_small_phone(
    *, script: bool, front_server: Front, device: Callable[..., BrowserContext], look: Look, shots: Path
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    page.goto(front_server.address + "/ar/")
    look(page)
    page.screenshot(path=shots / f"arabic-home-{'js' if script else 'plain'}.png", full_page=True)
    page.goto(front_server.address + "/ar/tell")
    press(page, "next")
    stands(page, "what")
    press(page, "next")
    expect(page.locator(".govuk-error-summary").first).to_be_visible()
    look(page)
    page.screenshot(path=shots / f"arabic-error-{'js' if script else 'plain'}.png", full_page=True)
    page.goto(front_server.address + "/ar/tell")
    walk(page, look, {"what": SAID, "where": "Mill Road"}, last="what")
    receipt(page, look)
    page.screenshot(path=shots / f"arabic-receipt-{'js' if script else 'plain'}.png", full_page=True)
    assert page.url == front_server.address + "/ar/tell"
    (report,) = front_server.take_all()
    assert (report.language, report.answers) == ("ar", {"what": SAID, "where": "Mill Road"})


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_young_people_tell_in_arabic(
    *, script: bool, front_server: Front, device: Callable[..., BrowserContext], look: Look
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    page.goto(front_server.address + "/ar/young")
    look(page)
    page.locator("input[value=young]").check()
    page.locator("main form button.govuk-button").first.click()
    stands(page, "start")
    walk(page, look, {"what": SAID}, last="what")
    receipt(page, look)
    (report,) = front_server.take_all()
    assert (report.language, report.channel, report.answers) == ("ar", "young", {"what": SAID})


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_all_on_one_page_is_told_in_arabic(
    *, script: bool, front_server: Front, device: Callable[..., BrowserContext], look: Look, shots: Path
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    page.goto(front_server.address + "/ar/tell/one-page")
    look(page)
    page.locator("textarea[name=what]").fill(SAID)
    page.screenshot(path=shots / f"arabic-one-page-{'js' if script else 'plain'}.png", full_page=True)
    press(page, "send")
    receipt(page, look)
    (report,) = front_server.take_all()
    assert (report.language, report.answers) == ("ar", {"what": SAID})


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_the_language_can_be_changed_in_the_middle_and_back_and_nothing_is_lost(
    *, script: bool, front_server: Front, device: Callable[..., BrowserContext], look: Look
) -> None:
    front_server.take_all()
    page = device(width=360, height=760, script=script).new_page()
    page.goto(front_server.address + "/tell")
    before = page.evaluate("history.length")
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you know?")
    page.locator("textarea").fill(SAID)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is it?")
    page.locator("textarea").fill("Half a street")
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    look(page)
    assert step(page) == "where"
    expect(page.locator("textarea")).to_have_value("Half a street")
    expect(page.locator("link[href*='front.rtl.css']")).to_have_count(1)
    expect(page.locator("link[href*='front.css']")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.querySelector('.govuk-textarea')).direction") == "ltr"
    page.get_by_role("button", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(page.locator("textarea")).to_have_value("Half a street")
    press(page, "next")
    stands(page, "when")
    press(page, "back") if page.locator("main button[name=go][value=back]").count() else None
    stands(page, "where")
    expect(page.locator("textarea")).to_have_value("Half a street")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    expect(page.locator("link[href*='front.css']")).to_have_count(1)
    if script:
        assert page.evaluate("history.length") == before
        assert page.url == front_server.address + "/tell"
    for _ in range(10):
        if step(page) == "check":
            break
        at = step(page)
        press(page, "next")
        has_left(page, at)
    press(page, "send")
    expect(page.locator(".words__word")).to_have_count(7)
    (report,) = front_server.take_all()
    assert report.answers == {"what": SAID, "where": "Half a street"}


def test_the_way_to_another_language_is_reached_and_used_by_keyboard(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device().new_page()
    page.goto(front_server.address + "/signs")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Polski":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/pl/signs")
    expect(page.locator("html")).to_have_attribute("lang", "pl")
    expect(page.locator(".demo").first).to_contain_text("Nikt jeszcze nie sprawdził tego tłumaczenia")
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["cy", "pl", "ro"])
def test_the_first_page_is_whole_on_a_small_phone_in_each_language(
    *,
    language: str,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    page = device(width=320, height=640).new_page()
    loaded: list[str] = []
    page.on("response", lambda answer: loaded.append(answer.url) if ".css" in answer.url else None)
    page.goto(front_server.address + f"/{language}/")
    assert page.evaluate(NOTHING_SIDEWAYS)
    check_axe(page)
    page.screenshot(path=shots / f"home-{language}.png", full_page=True)
    assert [url for url in loaded if "rtl" in url] == []
    assert len([url for url in loaded if "front" in url]) == 1
