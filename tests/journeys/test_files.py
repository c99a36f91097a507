"""A photo's errand: added without JavaScript, one taken back, sent, and looked at by the assessor as a copy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.hostile_files import exif, picture, saved
from tests.factories.planted_desk import plant, served
from tests.factories.proofs import lastpiece
from tests.journeys.test_desk_intake import PASSWORD, SECRETS, code

PLANTED = 3
"""Reports that are there before ours."""


@dataclass(frozen=True, slots=True)
class Both:
    """A front and a desk on one home."""

    home: Path
    front: str
    desk: str

    def collect(self) -> None:
        lastpiece(self.home, "desk", "collect", "--once")

    @property
    def spool(self) -> Path:
        return self.home / "front" / "spool"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    home = tmp_path_factory.mktemp("files")
    plant(home, "intake")
    lastpiece(home, "desk", "collect", "--once")
    with served(home, "front") as front, served(home) as desk:
        yield Both(home, front, desk)


def to_files(page: Page, address: str) -> None:
    """Walk to the page of files, saying only what must be said."""
    page.goto(address + "/tell")
    page.get_by_role("button", name="I am ready").click()
    page.locator("textarea").fill("A grey van at the green door most nights.")
    page.get_by_role("button", name="Continue").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Where is it?")
    while heading.inner_text() != "Do you have a photo or a file?":
        before = heading.inner_text()
        page.get_by_role("button", name="Skip this").click()
        expect(heading).not_to_have_text(before)


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("Username or e-mail address").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Code").fill(code(SECRETS["ann"]))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "sealed on the device"])
def test_a_photo_goes_from_a_phone_to_the_assessor_as_a_copy(
    *,
    script: bool,
    both: Both,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    tmp_path: Path,
    shots: Path,
) -> None:
    photo, note = tmp_path / "van.jpg", tmp_path / "note.txt"
    photo.write_bytes(saved(picture(size=(1600, 1200)), "JPEG", exif=exif(), quality=95))
    note.write_text("not meant to be sent")
    page = device(width=320, height=760, script=script).new_page()
    to_files(page, both.front)
    page.get_by_label("Add a photo or a file").set_input_files([photo, note])
    if not script:
        page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("listitem").filter(has_text="van.jpg")).to_be_visible()
    assert bool(list((both.spool / "held").rglob("*.sealed"))) is not script
    assert not list((both.spool / "new").glob("*.sealed")), "nothing goes to the desk before Send"
    page.get_by_role("button", name="Remove note.txt").click()
    expect(page.get_by_role("listitem").filter(has_text="note.txt")).to_have_count(0)
    place = page.get_by_label("Use the place stored in this photo")
    expect(place).not_to_be_checked()
    place.check()
    page.screenshot(path=shots / f"files-added-{script}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Skip this").click()
    expect(page.locator("[data-answer=files]")).to_have_text("van.jpg")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")

    both.collect()
    look_at_the_copy(device(width=1400, height=1000).new_page(), both.desk, check_axe, shots)


def look_at_the_copy(page: Page, desk: str, check_axe: Callable[[Page], None], shots: Path) -> None:
    """Open the newest report with a reason, then its photo."""
    sign_in(page, desk)
    answer = page.goto(f"{desk}/reports/{PLANTED + 2}/")
    if answer is None or not answer.ok:
        page.goto(f"{desk}/reports/{PLANTED + 1}/")
    page.get_by_label("Why do you open it?").fill("next in my queue")
    page.get_by_role("button", name="Open the original").click()
    link = page.get_by_role("link", name="van.jpg")
    expect(link).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "files-assess.png")
    with page.context.expect_page() as opened:
        link.click()
    look = opened.value
    copy = look.get_by_role("img", name="re-made copy")
    expect(copy).to_be_visible()
    expect(copy).to_have_js_property("naturalWidth", 1600, timeout=15_000)
    expect(look.locator("code")).to_have_text("52.23764, -0.89174")
    check_axe(look)
    look.screenshot(path=shots / "files-copy.png", full_page=True)


def test_a_page_of_files_with_what_went_wrong_is_accessible(
    both: Both, device: Callable[..., BrowserContext], check_axe: Callable[[Page], None], tmp_path: Path, shots: Path
) -> None:
    empty = tmp_path / "nothing.jpg"
    empty.touch()
    page = device(width=400, height=800).new_page()
    to_files(page, both.front)
    check_axe(page)
    page.get_by_label("Add a photo or a file").set_input_files(empty)  # with a script that is enough
    expect(page.get_by_role("alert").filter(has_text="nothing.jpg has nothing in it")).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "files-error.png", full_page=True)
