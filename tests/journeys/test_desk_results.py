"""Two publishers' errand: draft the public page, approve it as a second person, see it on the front; read the map."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.planted_desk import plant, served


@dataclass(frozen=True)
class Sites:
    """Both sites over one folder, and the sessions of two publishers."""

    desk: str
    front: str
    sessions: list[str] = field(repr=False)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    home = tmp_path_factory.mktemp("results")
    sessions = json.loads(plant(home, "results"))
    with served(home) as desk, served(home, "front") as front:
        yield Sites(desk, front, sessions)


@pytest.fixture
def as_publisher(sites: Sites, device: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page of the desk as the first or the second publisher."""

    def open_page(path: str, number: int = 0, **size: object) -> Page:
        context = device(**({"width": 1500, "height": 1000} | size))
        context.add_cookies([{"name": "desk", "value": sites.sessions[number], "url": sites.desk}])
        page = context.new_page()
        page.goto(sites.desk + path)
        return page

    return open_page


def test_two_people_release_a_page_and_the_public_sees_it(
    sites: Sites,
    as_publisher: Callable[..., Page],
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    author = as_publisher("/results/")
    check_axe(author)
    author.screenshot(path=shots / "desk-results.png", full_page=True)
    author.get_by_role("link", name="1. Deal lines").click()
    check_axe(author)
    author.screenshot(path=shots / "desk-results-week.png", full_page=True)
    author.goto(sites.desk + "/results/")
    author.get_by_role("button", name="Draft a release").click()
    check_axe(author)
    author.get_by_label("Thank-you (optional)").fill("Thank you to everyone who told us something.")
    author.get_by_role("button", name="Draft the page").click()
    expect(author.get_by_text("a second person must approve it").first).to_be_visible()
    expect(author.get_by_role("button", name="Approve this page")).to_have_count(0)
    release = author.url.removeprefix(sites.desk)

    second = as_publisher(release, 1)
    framed = second.locator(".release-page .published")
    expect(framed.get_by_role("row", name="People arrested 22")).to_be_visible()
    expect(framed.get_by_role("row", name="Children made safer held back").first).to_be_visible()
    second.get_by_role("button", name="Approve this page").click()
    expect(second.get_by_role("alert")).to_contain_text("Say that you have read the page")
    check_axe(second)
    second.screenshot(path=shots / "desk-release.png", full_page=True)
    previewed = framed.inner_html()
    second.get_by_role("checkbox").check()
    second.get_by_role("button", name="Approve this page").click()
    second.goto(sites.desk + "/results/releases/")
    second.get_by_role("button", name="Publish the board now").click()
    expect(second.get_by_role("status")).to_contain_text("is public now")
    check_axe(second)

    public = device(script=False).new_page()
    public.goto(sites.front + "/results")
    assert public.locator(".published").inner_html() == previewed
    check_public = device().new_page()
    check_public.goto(sites.front + "/results")
    check_axe(check_public)
    check_public.screenshot(path=shots / "front-results-released.png", full_page=True)


def test_a_mistake_in_an_outcome_leads_to_its_field_and_keeps_what_was_typed(
    as_publisher: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = as_publisher("/results/")
    page.get_by_role("link", name="3. Knives").click()
    page.get_by_role("button", name="Record an outcome").click()
    page.get_by_label("What came of it").select_option(label="Knives")
    page.get_by_label("How many or how much").fill("a dozen")
    page.get_by_role("button", name="Record").click()
    check_axe(page)
    page.screenshot(path=shots / "desk-outcome-mistake.png", full_page=True)
    page.get_by_role("link", name="The amount must be a number").click()
    expect(page.get_by_label("How many or how much")).to_be_focused()
    expect(page.get_by_label("How many or how much")).to_have_value("a dozen")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("12")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("row", name="Weapons seized: Knives 12 items")).to_be_visible()


def test_the_map_and_its_table_say_the_same_and_the_address_can_be_shared(
    as_publisher: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = as_publisher("/crimes/")
    check_axe(page)
    page.screenshot(path=shots / "desk-crimes.png")
    page.get_by_label("Month").select_option(label="June 2025")
    page.get_by_role("button", name="Show").click()
    assert "month=2025-06" in page.url
    page.get_by_role("link", name="Small area").click()
    assert "month=2025-06" in page.url
    assert "sort=name" in page.url
    first = page.get_by_role("row", name="Nenbridge 000")
    count = first.get_by_role("cell").inner_text()
    title = page.locator("path.area-map__area title").first.text_content() or ""
    assert title.startswith(f"Nenbridge 000: {count} crimes")
    page.get_by_role("link", name="Nenbridge 000").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nenbridge 000")
    check_axe(page)
    page.screenshot(path=shots / "desk-crimes-area.png")


def test_the_map_room_fits_a_narrow_screen_and_a_dark_one(as_publisher: Callable[..., Page], shots: Path) -> None:
    page = as_publisher("/crimes/", width=400, height=900)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1500, "height": 1000})
    page.screenshot(path=shots / "desk-crimes-dark.png")
