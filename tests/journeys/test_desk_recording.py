"""A call taker writes down what a caller tells, and an assessor answers the alert that it raises."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.test_desk_intake import intake_desk, intake_home, sign_in

__all__ = ["intake_desk", "intake_home", "sign_in"]


def test_somebody_records_for_a_caller_and_the_words_are_shown_once(
    sign_in: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "door.jpg"
    photo.write_bytes(b"the door of an invented house")
    page = sign_in("ann")
    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.get_by_role("heading", name="Record for someone")).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "desk-record.png", full_page=True)
    page.get_by_role("button", name="Save and show the seven words").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    check_axe(page)
    page.get_by_label("They know that I write this down").check()
    page.get_by_label("What do you know?").fill("He makes a boy of 12 carry drugs for him. He is going to stab Dizzy.")
    page.get_by_role("button", name=re.compile("A child or young person")).click()
    expect(page.get_by_label("What is going on?")).to_have_value(re.compile("stab Dizzy"))
    check_axe(page)
    page.get_by_role("button", name="An adult").click()
    agreed = page.get_by_label("They know that I write this down")
    expect(agreed).not_to_be_checked()  # they agreed to other words
    agreed.check()
    page.get_by_label("Which language do they read best?").select_option("ar")
    page.get_by_label("Photos or files they have already").set_input_files(photo)
    check_axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=shots / "desk-record-narrow.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Save and show the seven words").click()
    expect(page.locator(".desk-slip__words li")).to_have_count(7)
    expect(page.get_by_role("heading", name="كلماتكم السبع")).to_be_visible()
    expect(page.get_by_text("1 file went with it, sealed")).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "desk-recorded.png", full_page=True)
    page.emulate_media(media="print")
    expect(page.locator(".desk-header")).to_be_hidden()
    expect(page.get_by_text("OFFICIAL")).to_be_hidden()
    page.screenshot(path=shots / "desk-slip.png", full_page=True)
    page.emulate_media(media="screen")
    page.reload()
    expect(page.get_by_role("heading", name="This was kept before")).to_be_visible()


def test_an_assessor_takes_an_alert(
    sign_in: Callable[..., Page],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    page = sign_in("ann")
    urgent = page.get_by_role("region", name=re.compile("that nobody has"))
    expect(urgent).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "desk-today-alert.png", full_page=True)
    urgent.get_by_role("button", name="I have it").first.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("You have it")
    check_axe(page)
    page.screenshot(path=shots / "desk-alert.png", full_page=True)
    page.get_by_role("link", name="Duty", exact=True).click()
    expect(page.get_by_role("heading", name="Who is on duty")).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "desk-duty.png", full_page=True)
