"""A line that is open and dead, and the browser's Stop: what was typed stays, and can be sent again.

The page's clock is turned on, so that nobody waits for the 45 seconds after which a silent line is given up.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.factories.servers import Front
from tests.journeys.test_front_leaving import SECRET

STILL_HERE = "What you typed is still here"
GIVEN_UP_MS = 46_000


def say_nothing(route: Route) -> None:
    """Leave a request without an answer, as a line does on which nothing moves."""
    del route


def wait_for_the_line(page: Page, pattern: str, press: Callable[[], None]) -> None:
    with page.expect_request(pattern):
        press()
    expect(page.locator("main form[aria-busy]")).to_have_attribute("aria-busy", "true")


def can_go_on(page: Page) -> None:
    expect(page.locator(".not-sent[role=alert]")).to_contain_text(STILL_HERE)
    expect(page.locator("[data-notice]:not([hidden])")).to_have_count(0)
    expect(page.locator("textarea[name=what]")).to_have_value(SECRET)
    expect(page.locator("textarea[name=what]")).to_be_editable()
    expect(page.locator("main button[value=next], main button[value=send]")).to_be_enabled()


@pytest.fixture
def asked(front_server: Front, device: Callable[..., BrowserContext]) -> Page:
    """The first question, answered, on a page whose clock can be turned."""
    page = device().new_page()
    page.clock.install()
    page.goto(front_server.address + "/tell")
    page.locator("main button[value=next]").click()
    page.locator("textarea[name=what]").fill(SECRET)
    return page


@pytest.mark.parametrize("ending", ["nothing moves for 45 seconds", "the browser's Stop"])
def test_a_step_on_a_dead_line_ends_and_can_be_taken_again(ending: str, asked: Page) -> None:
    asked.route("**/tell", say_nothing)
    wait_for_the_line(asked, "**/tell", asked.locator("main button[value=next]").click)
    if ending == "the browser's Stop":
        asked.evaluate("window.stop()")
    else:
        asked.clock.fast_forward(GIVEN_UP_MS)
    can_go_on(asked)
    asked.unroute("**/tell")
    asked.locator("main button[value=next]").click()
    expect(asked.locator("textarea[name=where]")).to_be_visible()


@pytest.mark.parametrize("dead", ["**/key.json", "**/sealed"])
def test_sending_on_a_dead_line_ends_and_goes_again_as_one_report(
    dead: str, front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    front_server.take_all()
    page = device().new_page()
    page.clock.install()
    page.goto(front_server.address + "/tell/one-page")
    page.locator("textarea[name=what]").fill(SECRET)
    page.route(dead, say_nothing)
    wait_for_the_line(page, dead, page.locator("main button[value=send]").click)
    page.clock.fast_forward(GIVEN_UP_MS)
    page.clock.fast_forward(GIVEN_UP_MS * 3)  # an envelope may take longer, by its size
    can_go_on(page)
    page.unroute(dead)
    page.locator("main button[value=send]").click()
    expect(page.locator("ol.words li")).to_have_count(7, timeout=30_000)
    (report,) = front_server.take_all()
    assert report.answers == {"what": SECRET}
