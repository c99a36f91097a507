"""The public pages as people meet them: every page in every state, in every language, on the smallest screen.

320 by 256 CSS pixels at four device pixels each is a window of 1280 by 1024 at 400 % zoom, and narrower than any phone:
WCAG 2.2, 1.4.10. The pages are drawn by a front of their own (`tests/factories/public_pages.py`, which a law holds to
the URL table and the templates) and looked at under the headers of a real answer.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route
from tests.factories.drawn_pages import drawn_pages
from tests.factories.public_addresses import read_table
from tests.factories.servers import Front

from lastpiece.site.front.headers import HEADERS

WHOLLY = ("en", "ar")
"""Looked at by axe: one language from left to right, one from right to left. The others differ in words alone."""
TWICE = re.compile(r": (?!what)\w+, too long$|^tell: (when|who|vehicles|phones|how)$")
"""States that are drawn by the same template as another, with other words."""
WIDTH, HEIGHT = 320, 256

FOCUS_EACH = """() => {
    const bar = document.querySelector(".leave");
    const looks = element => {
        const drawn = element.matches("[type=radio], [type=checkbox]"); // by its label
        const style = getComputedStyle(drawn ? element.nextElementSibling : element, drawn ? "::before" : null);
        const { outline, boxShadow, backgroundColor, borderColor, textDecoration } = style;
        return [outline, boxShadow, backgroundColor, borderColor, textDecoration].join();
    };
    const faults = [];
    const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), textarea, select, summary");
    for (const element of all) {
        if (element.tabIndex > 0) faults.push("jumps the queue: " + element.outerHTML.slice(0, 120));
        if (!element.checkVisibility() || element.disabled || element.tabIndex < 0) continue;
        element.blur();
        const before = looks(element);
        element.focus();
        const box = element.getBoundingClientRect();
        const over = bar.getBoundingClientRect();
        const under = !bar.contains(element) && box.top >= over.top - 1 && box.bottom <= over.bottom + 1;
        const seen = !under && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        if (document.activeElement !== element) faults.push("takes no focus: " + element.outerHTML.slice(0, 120));
        else if (!seen) faults.push("is focused out of sight: " + element.outerHTML.slice(0, 120));
        else if (looks(element) === before) faults.push("shows no focus: " + element.outerHTML.slice(0, 120));
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    return faults;
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter(each => each.getBoundingClientRect().right > innerWidth + 1 ||
        each.getBoundingClientRect().left < -1).slice(-3).map(each => "too wide: " + each.outerHTML.slice(0, 120))"""


class Drawn:
    """One tab in which any page in any state can be looked at."""

    def __init__(self, context: BrowserContext, front: Front) -> None:
        self.page, self.address = context.new_page(), front.address + "/drawn"
        self.html, self.said = "", list[str]()
        self.page.route(self.address, self.fulfil)
        self.page.on("console", lambda message: self.said.append(f"the console: {message.text[:200]}"))
        self.page.on("pageerror", lambda error: self.said.append(f"an error: {error.message[:200]}"))

    def fulfil(self, route: Route) -> None:
        route.fulfill(status=200, headers={**HEADERS, "Content-Type": "text/html; charset=utf-8"}, body=self.html)

    def show(self, html: str) -> Page:
        self.html = html
        self.said.clear()
        self.page.goto(self.address)
        return self.page


@pytest.fixture
def drawn(device: Callable[..., BrowserContext], front_server: Front) -> Drawn:
    return Drawn(device(width=WIDTH, height=HEIGHT, zoom=4), front_server)


def states(language: str) -> Mapping[str, str]:
    """Return every state of every page of the site; the file that staff carry offline has a journey of its own."""
    return {name: html for name, html in drawn_pages(language).items() if not TWICE.search(name) and name != "capture"}


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", WHOLLY)
def test_every_page_in_every_state_is_accessible_on_the_smallest_screen(
    language: str, drawn: Drawn, faults_by_axe: Callable[[Page], list[str]], shots: Path
) -> None:
    faults = []
    for name, html in states(language).items():
        page = drawn.show(html)
        found = [*page.evaluate(FOCUS_EACH), *page.evaluate(TOO_WIDE), *faults_by_axe(page), *drawn.said]
        faults += [f"{name}: {fault}" for fault in found]
        if "LASTPIECE_SHOTS" in os.environ:  # a person wants to look
            page.screenshot(path=shots / f"{language}-{re.sub(r'[^a-z]+', '-', name)}.png", full_page=True)
    assert faults == []


@pytest.mark.timeout(900)
def test_every_page_fits_the_smallest_screen_in_every_other_language(drawn: Drawn) -> None:
    faults = []
    for language in sorted({*read_table()["home"]} - {*WHOLLY}):
        for name, html in states(language).items():
            found = [*drawn.show(html).evaluate(TOO_WIDE), *drawn.said]
            faults += [f"{language}, {name}: {fault}" for fault in found]
    assert faults == []


def test_every_page_of_the_url_table_answers_without_a_word_on_the_console(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device(width=1100, height=800).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error.message}"))
    for name, addresses in read_table().items():
        for address in {addresses["en"], addresses["ar"]} if addresses["en"] != addresses["cy"] else ():
            answer = page.goto(front_server.address + address)
            assert answer is not None
            assert answer.status == 200, name
            assert page.evaluate(TOO_WIDE) == []
    assert said == []


def test_the_keys_go_through_a_page_in_the_order_it_is_read(
    front_server: Front, device: Callable[..., BrowserContext]
) -> None:
    page = device(width=WIDTH, height=600).new_page()
    page.goto(front_server.address + "/")
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert reached[:4] == ["Skip to main content", "Quick exit", "Leave this site ✕", "Call 999"]


def test_the_first_page_looks_as_the_readme_shows_it(
    front_server: Front, device: Callable[..., BrowserContext], pictures: Path
) -> None:
    page = device(width=1100, height=900).new_page()
    page.goto(front_server.address + "/")
    page.screenshot(path=pictures / "front.png")
    assert page.get_by_role("button", name="Start").is_visible()
