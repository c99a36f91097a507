"""Leaving at once, and what is left behind: Back, Forward, reload and the browser's own files show nothing of it.

`test_firefox_leaving.py` walks the same errands in Firefox, `test_front_sent_again.py` what is sent again without
JavaScript.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, FilePayload, Page, Playwright, expect
from tests.factories.neutral_site import NeutralSite
from tests.factories.servers import Front

SECRET = "He keeps it under the stairs at number 12"
PHOTO = FilePayload(name="stairs.jpg", mimeType="image/jpeg", buffer=b"under-the-stairs")
OPEN_A_DIALOG = """() => {
    const dialog = document.createElement("dialog");
    dialog.append(document.createElement("button"));
    document.body.append(dialog);
    dialog.showModal();
}"""
PRESS_ESCAPE_AND_LOOK = """() => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true, cancelable: true}));
    const sheet = document.querySelector("[role=alert]");
    return {
        covered: sheet.getBoundingClientRect().width >= innerWidth ? sheet.innerText : "not covered",
        button: document.querySelector(".leave__button").getBoundingClientRect().width,
        main: document.querySelector("main").childElementCount,
        title: document.title,
        page: document.documentElement.outerHTML,
        fields: [...document.querySelectorAll("input, textarea")].map(field => field.value).join(""),
    };
}"""
LAY_A_MENU_OPEN = """() => {
    const menu = document.createElement("button");
    menu.setAttribute("aria-expanded", "true");
    document.querySelector("main").append(menu);
}"""


def visit_from_elsewhere(context: BrowserContext, front: Front, elsewhere: NeutralSite) -> Page:
    """Come from some other page and fill half of the form."""
    page = context.new_page()
    page.goto(elsewhere.address + "?before")
    return visit(page, front.address)


def visit(page: Page, address: str) -> Page:
    page.goto(address + "/")
    page.get_by_role("link", name="Signs", exact=True).click()
    page.get_by_role("link", name="Tell us", exact=True).click()
    page.get_by_role("button", name="I am ready").click()
    page.locator("textarea").fill(SECRET)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is it?")
    page.locator("textarea").fill(SECRET)
    return page


def touch_the_button(page: Page) -> None:
    page.locator(".leave__button").click()


def tap_the_button(page: Page) -> None:
    page.locator(".leave__button").tap()


def press_shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def press_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def take_the_hidden_link(page: Page) -> None:
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Quick exit"
    page.keyboard.press("Enter")


WAYS = [touch_the_button, tap_the_button, press_shift_three_times, press_escape, take_the_hidden_link]


@pytest.mark.parametrize("way", WAYS)
def test_after_leaving_back_shows_nothing_of_this_site(
    way: Callable[[Page], None], front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = visit_from_elsewhere(device(touch=True), front_server, elsewhere)
    way(page)
    page.wait_for_url(elsewhere.address)
    assert "referer" not in elsewhere.visits[-1]
    page.reload()
    assert SECRET not in page.content()
    page.go_back()
    assert page.url == elsewhere.address + "?before"
    assert SECRET not in page.content()
    page.go_forward()
    assert page.url == elsewhere.address
    assert page.evaluate("history.length") == 3  # the browser's empty page, the one before, and where leaving led


@pytest.mark.parametrize("way", [touch_the_button, press_shift_three_times])
def test_leaving_works_while_a_dialog_is_open_and_a_file_is_chosen(
    way: Callable[[Page], None], front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = visit_from_elsewhere(device(), front_server, elsewhere)
    page.locator("main").evaluate("main => main.insertAdjacentElement('beforeend', document.createElement('input'))")
    page.locator("main > input").evaluate("input => input.type = 'file'")
    page.locator("main > input").set_input_files(PHOTO)
    page.evaluate(OPEN_A_DIALOG)
    if way is touch_the_button:  # a modal dialog makes the rest of the page deaf: only the place can be touched
        box = page.locator(".leave__button").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    else:
        way(page)
    page.wait_for_url(elsewhere.address)
    page.go_back()
    assert page.url == elsewhere.address + "?before"


def test_escape_closes_a_dialog_first_and_leaves_when_it_is_pressed_again(
    front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = visit_from_elsewhere(device(), front_server, elsewhere)
    page.evaluate(OPEN_A_DIALOG)
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    stays(page, front_server)
    page.keyboard.press("Escape")
    page.wait_for_url(elsewhere.address)


def test_escape_stays_with_a_menu_an_input_method_a_list_and_whoever_uses_it(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    composing = "new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true, cancelable: true})"
    page.evaluate(f"document.querySelector('textarea').dispatchEvent({composing})")
    stays(page, front_server)
    page.locator("textarea").evaluate("area => area.onkeydown = event => event.preventDefault()")
    page.locator("textarea").press("Escape")
    stays(page, front_server)
    page.keyboard.down("Control")
    page.keyboard.press("Escape")
    page.keyboard.up("Control")
    page.evaluate(LAY_A_MENU_OPEN)
    page.locator("h1").focus()
    page.keyboard.press("Escape")
    stays(page, front_server)
    page.locator("main > button[aria-expanded]").evaluate("button => button.remove()")
    page.locator("main").evaluate("main => main.append(document.createElement('select'))")
    page.locator("main > select").focus()
    page.keyboard.press("Escape")
    stays(page, front_server)


def stays(page: Page, front: Front) -> None:
    page.wait_for_timeout(150)
    assert page.url == front.address + "/tell"
    assert page.locator("html.gone").count() == 0


def test_typing_capitals_counts_no_press_and_says_nothing(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    page.locator("textarea").press_sequentially("A B C D")
    for letter in "EFGH":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
        assert page.locator(".leave__said").inner_text() == ""
    stays(page, front_server)
    assert "EFGH" in page.locator("textarea").input_value()
    for _ in range(4):
        page.keyboard.down("Shift")
        page.locator("h1").click()
        page.keyboard.up("Shift")
    stays(page, front_server)


def test_each_press_of_shift_is_shown_and_said_and_is_forgotten_after_five_seconds(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device().new_page()
    page.clock.install()
    page.goto(front_server.address + "/privacy")
    page.keyboard.press("Shift")
    expect(page.locator(".leave__dots")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Shift: press 2 more times to leave this site.")
    page.keyboard.press("Shift")
    expect(page.get_by_role("status")).to_have_text("Shift: press 1 more time to leave this site.")
    assert page.locator(".leave").get_attribute("data-pressed") == "2"
    page.clock.fast_forward(5_100)
    expect(page.get_by_role("status")).to_have_text("You are still here. To leave, press Shift 3 times.")
    expect(page.locator(".leave__dots")).to_be_hidden()
    page.keyboard.press("Shift")
    assert page.url == front_server.address + "/privacy"


def test_the_page_is_covered_and_emptied_before_anything_else_happens(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    left = page.evaluate(PRESS_ESCAPE_AND_LOOK)
    assert left["covered"] == "Loading."
    assert left["button"] == 0
    assert left["main"] == 0
    assert left["title"] == ""
    assert SECRET not in left["page"]
    assert left["fields"] == ""


def test_without_javascript_leaving_works_and_back_shows_nothing_that_was_typed(
    front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device(script=False).new_page(), front_server.address)
    with page.expect_response(front_server.address + "/leave") as left:
        touch_the_button(page)
    assert '"cache"' in (left.value.header_value("clear-site-data") or "")
    page.wait_for_url(elsewhere.address)
    assert "referer" not in elsewhere.visits[-1]
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # "confirm form resubmission", and nothing else
        page.go_back()
    page.wait_for_load_state()
    page.wait_for_timeout(500)  # the browser's own page takes its place
    assert SECRET not in page.content()


@pytest.mark.parametrize("address", ["/mailbox", "/feedback"])
def test_without_javascript_a_form_that_stands_alone_comes_back_empty(
    address: str, front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = device(script=False).new_page()
    page.goto(front_server.address + address)
    page.locator("textarea").fill(SECRET)
    touch_the_button(page)
    page.wait_for_url(elsewhere.address)
    page.go_back()
    assert page.url == front_server.address + address
    assert page.locator("textarea").input_value() == ""


def test_a_page_that_comes_back_from_memory_is_the_empty_first_page(
    front_server: Front, elsewhere: NeutralSite, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    page.goto(elsewhere.address)  # another address was typed: nobody pressed the exit
    page.go_back()
    page.wait_for_timeout(300)
    assert SECRET not in page.content()
    assert page.locator("textarea").count() == 0
    page.reload()
    assert SECRET not in page.content()


def test_a_reload_in_the_middle_of_the_form_brings_nothing_back(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    page.reload()
    assert SECRET not in page.content()
    assert page.locator("textarea").count() == 0


def test_the_browsers_own_files_hold_nothing_that_was_typed(
    front_server: Front, elsewhere: NeutralSite, playwright: Playwright, chromium: dict[str, object], tmp_path: Path
) -> None:
    context = playwright.chromium.launch_persistent_context(tmp_path, **chromium, ignore_https_errors=True)  # type: ignore[arg-type] # names and values of its own arguments
    page = visit_from_elsewhere(context, front_server, elsewhere)
    page.wait_for_timeout(1_500)  # the browser writes what it would bring back after a crash
    touch_the_button(page)
    page.wait_for_url(elsewhere.address)
    context.close()
    needles = [SECRET.encode(), SECRET.encode("utf-16-le")]
    held = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(elsewhere.address.encode() in found for found in held.values())  # the search can find something
    assert [str(path) for path, found in held.items() for needle in needles if needle in found] == []


def test_the_way_out_stays_in_sight_when_the_page_is_scrolled(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device(width=320, height=500).new_page()
    page.goto(front_server.address + "/privacy")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    box = page.get_by_role("link", name="Leave this site").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100
    assert box["height"] >= 40


def test_no_page_title_or_address_says_what_this_is_about(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device(script=False).new_page(), front_server.address)
    for word in ("police", "crime", "report", "tell", "stairs"):
        assert word not in page.title().casefold()
    assert page.url == front_server.address + "/tell"
