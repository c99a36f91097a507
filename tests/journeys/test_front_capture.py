"""On a bus without a network: told on a tablet from a file, locked there, carried, handed in, opened by the desk."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.factories.servers import LASTPIECE, Front

from lastpiece.tell.mailbox import open_mailbox

TOLD = "Zebrafinch sells from the kiosk"


def lastpiece(front: Front, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LASTPIECE_HOME": str(front.home)}
    return subprocess.run(
        [LASTPIECE, "front", *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def captured(front_server: Front, tmp_path: Path) -> Path:
    """The page as an operator makes it."""
    front_server.take_all()
    out = tmp_path / "bus.html"
    made = lastpiece(front_server, "capture", str(out))
    assert made.returncode == 0, made.stderr
    return out


@pytest.fixture
def tablet(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 800, "height": 1000}, accept_downloads=True)
    context.set_default_timeout(30_000)
    context.set_offline(True)
    return context


def tell(page: Page, text: str) -> tuple[str, ...]:
    page.locator("textarea[name=what]").fill(text)
    page.get_by_role("button", name="Lock it").click()
    expect(page.get_by_role("heading", name="It is locked on this device")).to_be_visible(timeout=30_000)
    words = tuple(page.locator(".words__word").all_inner_texts())
    assert len(words) == 7
    return words


def save_to(page: Page, to: Path) -> Path:
    with page.expect_download() as saving:
        page.locator("[data-do=save]").click()
    assert saving.value.suggested_filename.endswith(".lastpiece")
    saving.value.save_as(to)
    return to


def test_two_people_tell_without_a_network_and_the_desk_opens_both(
    front_server: Front,
    captured: Path,
    tablet: BrowserContext,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    tmp_path: Path,
    shots: Path,
) -> None:
    page = tablet.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(captured.as_uri())
    page.get_by_role("button", name="Lock it").click()
    expect(page.get_by_role("link", name="Tell us what you know")).to_be_visible()
    check_axe(page)
    told = {tell(page, TOLD): TOLD}
    page.screenshot(path=shots / "capture-words.png", full_page=True)
    check_axe(page)
    page.get_by_role("button", name="Clear the words and go on").click()
    expect(page.locator("textarea[name=what]")).to_have_value("")
    assert not set(next(iter(told))) & set(re.findall(r"\w+", page.locator("main").inner_text()))
    told[tell(page, "A second person")] = "A second person"
    page.reload()  # a tablet that was closed and opened again
    expect(page.locator("[data-count]:visible")).to_have_text("2")
    assert TOLD not in page.content()
    stored = page.evaluate(READ_ALL)
    assert len(stored) == 2
    assert all(bytes(one).startswith(b"LPSE\x01") and TOLD.encode() not in bytes(one) for one in stored)
    file = save_to(page, tmp_path / "bus.lastpiece")
    assert TOLD.encode() not in file.read_bytes()
    assert faults == []

    staff = device(script=False).new_page()
    staff.goto(front_server.address + "/hand-in")
    staff.get_by_label("The file from the tablet").set_input_files(file)
    staff.get_by_role("button", name="Hand it in").click()
    expect(staff.get_by_text("2 reports are safe")).to_be_visible()
    staff.screenshot(path=shots / "hand-in.png", full_page=True)
    reports = front_server.take_all()
    assert {(report.channel, report.answers["what"]) for report in reports} == {("outreach", t) for t in told.values()}
    boxes = {report.answers["what"]: report.mailbox for report in reports}
    assert all(boxes[text] == open_mailbox(words).address for words, text in told.items())

    page.get_by_role("button", name="Delete them from here").click()
    page.get_by_role("button", name="Yes, delete them").click()
    expect(page.get_by_role("heading", name="For staff")).to_be_hidden()
    assert page.evaluate(READ_ALL) == []
    tablet.close()


READ_ALL = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("lastpiece", 1);
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const all = asked.result.transaction("locked").objectStore("locked").getAll();
    all.onsuccess = () => resolve(all.result.map((one) => Array.from(one)));
  };
})"""


WIDTH, HEIGHT = 320, 640
FITS = "document.documentElement.scrollWidth <= innerWidth"
SENDING = re.compile(r"\bsen[dt]\b|\bsending\b", re.IGNORECASE)
"""Nothing is sent from a page without a network: it is locked."""
NEXT, SAVE, DELETE, KEEP = (f"[data-do={name}]" for name in ("next", "save", "delete", "keep"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_accessible_in_every_state_and_never_speaks_of_sending(
    *,
    language: str,
    front_server: Front,
    browser: Browser,
    faults_by_axe: Callable[[Page], list[str]],
    tmp_path: Path,
    shots: Path,
) -> None:
    out = tmp_path / "bus.html"
    assert lastpiece(front_server, "capture", str(out), "--language", language).returncode == 0
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, accept_downloads=True)
    context.set_offline(True)
    page = context.new_page()
    found: list[str] = []

    def look(state: str) -> None:
        found.extend(f"{state}: {fault}" for fault in faults_by_axe(page))
        if not page.evaluate(FITS):
            found.append(f"{state}: too wide")
        if said := SENDING.findall(page.locator("body").inner_text()):
            found.append(f"{state}: says {said}")
        page.screenshot(path=shots / f"capture-{language}-{state}.png", full_page=True)

    page.goto(out.as_uri())
    expect(page.locator("textarea[name=what]")).to_be_visible()
    look("before")
    page.locator("form button.govuk-button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look("error")
    page.locator("textarea[name=what]").fill("x" * 20_001)
    page.locator("form button.govuk-button").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look("too-long")
    page.locator("textarea[name=what]").fill(TOLD)
    page.locator("form button.govuk-button").first.click()
    expect(page.locator(".words__word")).to_have_count(7, timeout=30_000)
    look("locked")
    page.locator(NEXT).click()
    expect(page.locator(SAVE)).to_be_visible()
    look("held")
    save_to(page, tmp_path / "bus.lastpiece")
    expect(page.locator("[data-saved]")).to_be_visible()
    look("saved")
    page.locator(DELETE).click()
    expect(page.locator(KEEP)).to_be_visible()
    look("delete")
    context.close()
    late = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = late.new_page()
    page.clock.install(time=datetime.now(UTC) + timedelta(days=400))  # noqa: TID251 - the tablet's clock is wrong
    page.goto(out.as_uri())
    expect(page.locator("[data-step=over]")).to_be_visible()
    look("over")
    late.close()
    assert found == []


def test_damaged_reports_are_named_by_the_command_and_the_others_are_safe(
    front_server: Front, captured: Path, tablet: BrowserContext, tmp_path: Path
) -> None:
    page = tablet.new_page()
    page.goto(captured.as_uri())
    for text in ("first", "second", "third"):
        tell(page, text)
        page.get_by_role("button", name="Clear the words and go on").click()
    file = save_to(page, tmp_path / "spoiled.lastpiece")
    content = bytearray(file.read_bytes())
    second = content.find(b"LPSE\x01", content.find(b"LPSE\x01") + 5)
    content[second + 2000] ^= 1
    file.write_bytes(content)
    done = lastpiece(front_server, "hand-in", str(file), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {"stored": 2, "damaged": [2]}
    assert len(front_server.take_all()) == 2
    file.write_bytes(b"not one of ours")
    refused = lastpiece(front_server, "hand-in", str(file))
    assert refused.returncode == 1
    assert "not a file of locked reports" in refused.stderr
    assert "Traceback" not in refused.stderr
    tablet.close()


@pytest.mark.parametrize("away", [timedelta(days=400), timedelta(days=-400)])
def test_outside_the_days_of_its_key_the_page_takes_nothing_and_shows_numbers(
    captured: Path, tablet: BrowserContext, away: timedelta
) -> None:
    page = tablet.new_page()
    page.clock.install(time=datetime.now(UTC) + away)  # noqa: TID251 - the tablet's clock is wrong on purpose
    page.goto(captured.as_uri())
    expect(page.get_by_role("heading", name="This page is too old")).to_be_visible()
    expect(page.get_by_role("button", name="Lock it")).to_be_hidden()
    expect(page.get_by_text("101").first).to_be_visible()
    tablet.close()


def test_the_page_may_run_its_own_script_only_and_reach_nothing(captured: Path) -> None:
    page = captured.read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    assert "connect-src" not in policy[1]
    assert page.count("<script") == 1
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_without_a_key_no_page_is_written(tmp_path: Path) -> None:
    out = tmp_path / "bus.html"
    environment = {**os.environ, "LASTPIECE_HOME": str(tmp_path / "home")}
    command = [LASTPIECE, "front", "capture", str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not out.exists()
