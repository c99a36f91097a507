"""The young people's door, walked with JavaScript and without, by keyboard, on a small phone, and by a child of 9."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.servers import Front

SAID = "My friend has to carry things for a man. ضع هنا 🧩"


def choose(page: Page, address: str, age: str) -> None:
    page.goto(address + "/")
    page.get_by_role("link", name="I am 11 to 17").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How old are you?")
    page.get_by_label(age).check()
    page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_young_person_tells_and_is_shown_who_helps(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    names = iter(range(99))

    def look() -> None:
        page.screenshot(path=shots / f"young-{'js' if script else 'plain'}-{next(names):02}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        expect(page.locator("main").get_by_role("link", name="0800 1111").first).to_be_visible()
        if script:
            check_axe(page)

    choose(page, front_server.address, "11 to 17")
    expect(page.get_by_role("heading", level=1)).to_have_text("You can tell us here")
    look()
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is going on?")
    look()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Write what is going on. A few words are fine")).to_be_visible()
    look()
    page.locator("textarea").fill(SAID)
    page.get_by_role("button", name="Continue").click()
    for heading in ("Who is it about?", "When does it happen?", "Is anyone hurt or scared?"):
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        look()
        page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you have a photo or a file?")
    look()
    page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(page.get_by_text(SAID)).to_be_visible()
    look()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    expect(page.locator(".words__word")).to_have_count(7)
    look()
    assert page.url == front_server.address + "/young"
    assert page.context.cookies() == []
    (report,) = front_server.take_all()
    assert report.answers == {"what": SAID}
    assert (report.channel, report.form_version) == ("young", "young-1")


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_somebody_of_nine_is_shown_who_helps_and_sends_nothing(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    choose(page, front_server.address, "10 or under")
    expect(page.get_by_role("heading", level=1)).to_have_text("Talk to someone now")
    assert page.locator("textarea").count() == 0
    for number in ("tel:08001111", "tel:999", "sms:85258"):
        expect(page.locator(f'main a[href="{number}"]')).to_be_visible()
    page.screenshot(path=shots / f"young-under-{'js' if script else 'plain'}.png", full_page=True)
    if script:
        check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert front_server.take_all() == []


def test_an_adult_who_comes_by_it_is_shown_the_other_door(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device(script=False).new_page()
    choose(page, front_server.address, "18 or over")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you start")
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you know?")
    assert page.url == front_server.address + "/tell"


def test_the_whole_door_is_walked_by_keyboard(front_server: Front, device: Callable[..., BrowserContext]) -> None:
    front_server.take_all()
    page = device().new_page()
    page.goto(front_server.address + "/young")
    press(page, "Continue")
    expect(page.get_by_role("link", name="Choose how old you are")).to_be_visible()
    reach(page, "radio")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("11 to 17")).to_be_checked()
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("You can tell us here")
    press(page, "I am ready")
    expect(page.get_by_role("heading", level=1)).to_have_text("What is going on?")
    reach(page, "textarea")
    page.keyboard.type("He has a knife at school")
    press(page, "Continue")
    for heading in ("When does it happen?", "Is anyone hurt or scared?", "Do you have a photo or a file?"):
        press(page, "Skip this")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    press(page, "Skip this")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    press(page, "Send")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    (report,) = front_server.take_all()
    assert report.answers == {"what": "He has a knife at school"}


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_everything_is_told_on_one_page(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    front_server.take_all()
    page = device(width=320, height=640, script=script).new_page()
    page.goto(front_server.address + "/tell")
    page.get_by_role("link", name="Write it all on one page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell us on one page")
    page.get_by_label("Who is it about?").fill("A tall man they call Duke")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("link", name="Tell us what you know, even if it is only a little")).to_be_visible()
    expect(page.get_by_label("Who is it about?")).to_have_value("A tall man they call Duke")
    if script:
        check_axe(page)
    page.screenshot(path=shots / f"one-page-{'js' if script else 'plain'}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_label("What do you know?").fill("A blue van")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    expect(page.locator(".words__word")).to_have_count(7)
    (report,) = front_server.take_all()
    assert report.answers == {"what": "A blue van", "who": "A tall man they call Duke"}


def press(page: Page, name: str) -> None:
    """Go to a button by the Tab key and press it."""
    reach(page, name)
    page.keyboard.press("Enter")


def reach(page: Page, name: str) -> None:
    """Press Tab until what has focus is of that kind, or says that."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate("[document.activeElement.type ?? '', document.activeElement.innerText ?? '']")
        if name in (at[0], at[1].strip()):
            return
    raise AssertionError(f"{name} was not reached by the Tab key")
