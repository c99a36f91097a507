"""Leaving at once, and what is left behind when Back is pressed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route
from tests.factories.servers import Front

SECRET = "He keeps it under the stairs at number 12"
ELSEWHERE = "https://www.bbc.co.uk/weather"


def visit_from_elsewhere(context: BrowserContext, address: str) -> Page:
    """Come from some other page and tell half of something. The neutral site is answered here: there is no network."""

    def weather(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Weather</h1>")

    context.route("https://www.bbc.co.uk/**", weather)
    page = context.new_page()
    page.goto(ELSEWHERE + "?before")
    return visit(page, address)


def visit(page: Page, address: str) -> Page:
    page.goto(address + "/")
    page.get_by_role("link", name="Signs", exact=True).click()
    page.get_by_role("link", name="Tell us", exact=True).click()
    page.get_by_role("button", name="I am ready").click()
    page.locator("textarea").fill(SECRET)
    page.get_by_role("button", name="Continue").click()
    page.locator("textarea").fill(SECRET)
    return page


def touch_the_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this site").click()


def press_shift_three_times(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


def press_escape(page: Page) -> None:
    page.keyboard.press("Escape")


@pytest.mark.parametrize("way", [touch_the_button, press_shift_three_times, press_escape])
def test_after_leaving_back_shows_nothing_of_this_site(
    way: Callable[[Page], None], front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit_from_elsewhere(device(), front_server.address)
    way(page)
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert page.url == ELSEWHERE + "?before"
    assert SECRET not in page.content()


def test_without_javascript_leaving_works_and_back_shows_nothing_that_was_typed(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device(script=False).new_page(), front_server.address)
    with page.expect_request(ELSEWHERE):
        touch_the_button(page)
    page.wait_for_url("chrome-error://**")  # the tests have no network; a page stands there all the same
    with pytest.raises(Error, match="ERR_CACHE_MISS"):  # "confirm form resubmission", and nothing else
        page.go_back()
    page.wait_for_load_state()
    page.wait_for_timeout(500)  # the browser's own page takes its place
    assert SECRET not in page.content()


def test_typing_capitals_and_closing_an_input_method_do_not_leave(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = visit(device().new_page(), front_server.address)
    page.locator("textarea").press_sequentially("A B C D")
    for letter in "EFGH":
        page.keyboard.down("Shift")
        page.keyboard.press(letter)
        page.keyboard.up("Shift")
    composing = "new KeyboardEvent('keydown', {key: 'Escape', isComposing: true, bubbles: true})"
    page.evaluate(f"document.querySelector('textarea').dispatchEvent({composing})")
    page.wait_for_timeout(300)
    assert page.url == front_server.address + "/tell"
    assert "EFGH" in page.locator("textarea").input_value()


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
