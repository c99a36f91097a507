"""Telling what one knows: without JavaScript, by keyboard, with mistakes, and when the site cannot take it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.servers import Front

ANSWERS = {
    "what": "Lots of short visits to number 12. A lad on a bike hands things over. ضع هنا 🧩",
    "where": "Behind the shops on Mill Road",
    "when": "Most Fridays, after school",
    "who": "A tall man they call Duke",
    "vehicles": "A blue car, something like ZZ19",
    "phones": "07700 900 something",
    "how": "I saw it",
    "at_risk": "A child of about 13",
}


def start(page: Page, address: str) -> None:
    page.goto(address + "/tell")
    page.get_by_role("button", name="I am ready").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you know?")


def answer_all(page: Page) -> None:
    for text in ANSWERS.values():
        page.locator("textarea").fill(text)
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you have a photo or a file?")
    page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Do you want us to be able to reach you?")
    page.get_by_role("button", name="Skip this").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def words_on(page: Page) -> list[str]:
    return [word.strip() for word in page.locator(".words__word").all_inner_texts()]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_an_unanswered_question_is_added_to_and_an_answered_one_changed(
    *, script: bool, language: str, front_server: Front, device: Callable[..., BrowserContext], shots: Path
) -> None:
    page = device(width=320, height=640, script=script).new_page()
    page.goto(front_server.address + ("/tell" if language == "en" else "/ar/tell"))
    page.locator("main button[value=next]").click()
    page.locator("textarea").fill(ANSWERS["what"])
    page.locator("main button[value=next]").click()
    for key in ("where", "when", "who", "vehicles", "phones", "how", "at_risk", "files", "contact"):
        expect(page.locator("input[name=step]")).to_have_value(key)
        page.locator("main button[value=skip]").click()
    expect(page.locator("input[name=step]")).to_have_value("check")
    add, change = {"en": ("Add", "Change"), "ar": ("إضافة", "تغيير")}[language]
    actions = page.locator(".govuk-summary-list__actions button").all_inner_texts()
    assert [text.startswith(change) for text in actions] == [True] + [False] * 9
    assert [text.startswith(add) for text in actions] == [False] + [True] * 9
    page.screenshot(path=shots / f"check-{language}-{'js' if script else 'plain'}.png", full_page=True)
    page.locator("button[value='change:who']").click()
    expect(page.locator("textarea[name=who]")).to_have_value("")
    page.locator("textarea").fill("Duke")
    page.locator("main button[value=next]").click()
    expect(page.locator("button[value='change:who']")).to_contain_text(change)


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_report_is_told_and_arrives_whole(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    front_server.take_all()
    page = device(width=360, height=760, script=script).new_page()
    start(page, front_server.address)
    answer_all(page)
    page.screenshot(path=shots / f"check-{'js' if script else 'plain'}.png", full_page=True)
    wanted = ["Change"] * len(ANSWERS) + ["Add", "Add"]  # how to reach you, photos and files
    buttons = page.locator(".govuk-summary-list__actions button")
    assert [text.split()[0] for text in buttons.all_inner_texts()] == wanted
    page.get_by_role("button", name="Change where").click()
    expect(page.locator("textarea")).to_have_value(ANSWERS["where"])
    page.locator("textarea").fill("Mill Road, by the bins")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    page.screenshot(path=shots / f"receipt-{'js' if script else 'plain'}.png", full_page=True)
    assert len(words_on(page)) == 7
    assert page.url == front_server.address + "/tell"
    assert page.context.cookies() == []
    if script:
        check_axe(page)
    (report,) = front_server.take_all()
    assert report.answers == {**ANSWERS, "where": "Mill Road, by the bins"}
    assert report.kind == "report"
    assert report.mailbox is not None


def test_a_report_is_told_by_keyboard_alone(front_server: Front, device: Callable[..., BrowserContext]) -> None:
    front_server.take_all()
    page = device().new_page()
    page.goto(front_server.address + "/")
    tab_to(page, "Start")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you start")
    tab_to(page, "I am ready")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you know?")
    tab_to(page, "", tag="TEXTAREA")
    page.keyboard.type("A van comes every Friday")
    tab_to(page, "Continue")
    page.keyboard.press("Enter")
    for _ in range(9):
        heading = page.get_by_role("heading", level=1).inner_text()
        tab_to(page, "Skip this")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(heading)
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    (report,) = front_server.take_all()
    assert report.answers == {"what": "A van comes every Friday"}


def tab_to(page: Page, name: str, *, tag: str = "") -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate("[document.activeElement.tagName, document.activeElement.innerText]")
        if (tag and found[0] == tag) or (not tag and (found[1] or "").strip() == name):
            return
    raise AssertionError(f"{name or tag} was not reached by the Tab key")


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_an_empty_first_answer_is_explained_and_the_summary_leads_to_it(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    page = device(width=320, height=700, script=script).new_page()
    start(page, front_server.address)
    page.get_by_role("button", name="Continue").click()
    link = page.get_by_role("link", name="Tell us what you know, even if it is only a little")
    expect(link).to_be_visible()
    expect(page).to_have_title("Error: Question 1 of 10 – local information")
    page.screenshot(path=shots / f"error-{'js' if script else 'plain'}.png", full_page=True)
    if script:
        assert page.evaluate("document.activeElement.className").startswith("govuk-error-summary")
        check_axe(page)
    link.click()
    assert page.evaluate("document.activeElement.id") == "id_what" or not script
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_going_back_keeps_what_was_typed(front_server: Front, device: Callable[..., BrowserContext]) -> None:
    page = device(script=False).new_page()
    start(page, front_server.address)
    page.locator("textarea").fill("  First line\nsecond line ")
    page.get_by_role("button", name="Continue").click()
    page.locator("textarea").fill("Half an addr")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("textarea")).to_have_value("First line\nsecond line")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("textarea")).to_have_value("Half an addr")


def test_what_was_typed_stays_on_the_page_when_it_cannot_be_taken(
    front_server: Front, device: Callable[..., BrowserContext], shots: Path
) -> None:
    front_server.take_all()
    page = device(width=360, script=False).new_page()
    start(page, front_server.address)
    page.locator("textarea").fill("A thing I saw")
    page.get_by_role("button", name="Continue").click()
    for _ in range(9):
        page.get_by_role("button", name="Skip this").click()
    pinned = front_server.home / "front" / "root.pub"
    aside = pinned.with_name("root.aside")
    pinned.rename(aside)
    try:
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We could not take this just now")
        expect(page.get_by_text("A thing I saw")).to_be_visible()
        page.screenshot(path=shots / "kept.png", full_page=True)
    finally:
        aside.rename(pinned)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    (report,) = front_server.take_all()
    assert report.answers == {"what": "A thing I saw"}


def test_a_broken_connection_loses_nothing_that_was_typed(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device().new_page()
    start(page, front_server.address)
    page.locator("textarea").fill("Still here")
    page.context.set_offline(True)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(page.locator("textarea")).to_have_value("Still here")
    page.context.set_offline(False)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is it?")


def test_a_sending_that_is_repeated_gives_the_same_words_and_the_same_nonce(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device(script=False).new_page()
    start(page, front_server.address)
    page.locator("textarea").fill("Sent twice")
    page.get_by_role("button", name="Continue").click()
    for _ in range(9):
        page.get_by_role("button", name="Skip this").click()
    page.get_by_role("button", name="Send").click()
    first = words_on(page)
    page.reload()
    assert words_on(page) == first
    nonces = {report.nonce for report in front_server.take_all()}
    assert len(nonces) == 1
