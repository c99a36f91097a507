"""An assessor reads reports that look alike by their differences, and an assessor sees what takes the room."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.test_desk_intake import intake_desk, intake_home, sign_in

__all__ = ["intake_desk", "intake_home", "sign_in"]
SAID = "He told me he is going to stab Dizzy by the chip shop on Mill Road when he comes out, house number {}."


def record(page: Page, words: str) -> None:
    page.get_by_role("link", name="Record", exact=True).click()
    page.get_by_label("They know that I write this down").check()
    page.get_by_label("What do you know?").fill(words)
    page.get_by_role("button", name="Save and show the seven words").click()
    expect(page.locator(".desk-slip__words li")).to_have_count(7)


def test_a_changed_word_is_shown_beside_the_open_report_and_a_threat_is_never_ticked(
    sign_in: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = sign_in("ann")
    for number in (14, 41, 52):
        record(page, SAID.format(number))
    page.get_by_role("link", name="Reports", exact=True).click()
    page.get_by_role("link", name="3 that look alike").click()
    expect(page.get_by_role("heading", name="3 of those that wait are judged alone")).to_be_visible()
    check_axe(page)
    page.get_by_role("row").nth(1).get_by_role("link").click()
    page.get_by_label("Why do you open it?").fill("next in the queue")
    page.get_by_role("button", name="Open the original").click()
    page.get_by_role("link", name="Reports", exact=True).click()
    page.goto(re.sub(r"/reports/.*", "/reports/", page.url))
    page.get_by_role("link", name="2 that look alike").click()
    page.get_by_role("button", name="Show where they differ").click()
    expect(page.locator("ins")).to_have_count(2)
    expect(page.locator("ins").first).to_have_text(re.compile("41|52|14"))
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    check_axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=shots / "desk-compared.png", full_page=True)


def test_what_takes_the_room_stands_on_a_page(
    sign_in: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = sign_in("ann")
    page.get_by_role("link", name="Room", exact=True).click()
    expect(page.get_by_role("heading", name="Quarantine")).to_be_visible()
    check_axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=shots / "desk-room.png", full_page=True)
