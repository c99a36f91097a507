"""An analyst's errand: find a thing by half of it, see what it fits and why, decide by key, and take it back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.planted_desk import plant, served


@dataclass(frozen=True)
class Desk:
    """A desk that runs over a planted picture, and the session of an analyst who is signed in."""

    address: str
    session: str = field(repr=False)


@pytest.fixture(scope="module")
def planted_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Serve a desk with a planted picture. Each test leaves enough links for the others to judge."""
    home = tmp_path_factory.mktemp("planted")
    session = plant(home, "picture")
    with served(home) as address:
        yield Desk(address, session)


@pytest.fixture
def at_the_desk(planted_desk: Desk, device: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open a page of the desk as the analyst."""

    def open_page(path: str, **size: object) -> Page:
        context = device(**({"width": 1600, "height": 1000} | size))
        context.add_cookies([{"name": "desk", "value": planted_desk.session, "url": planted_desk.address}])
        page = context.new_page()
        page.goto(planted_desk.address + path)
        return page

    return open_page


def test_half_a_plate_leads_to_the_thing_its_chart_and_what_is_missing(
    at_the_desk: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path, pictures: Path
) -> None:
    page = at_the_desk("/picture/")
    check_axe(page)
    page.get_by_label("Find a person").fill("K?19*")
    page.get_by_role("button", name="Find").click()
    page.screenshot(path=shots / "picture-search.png", full_page=True)
    check_axe(page)
    page.get_by_role("link", name="KQ19KXD").first.click()
    expect(page.get_by_role("heading", name="What is missing")).to_be_visible()
    expect(page.locator(".link-chart__thing--central")).to_contain_text("KQ19KXD")
    page.screenshot(path=shots / "entity.png", full_page=True)
    check_axe(page)
    page.locator(".link-chart__thing", has_text="Lil T").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lil T")
    page.screenshot(path=pictures / "picture.png")


def test_the_chart_needs_no_script_and_its_things_are_reached_by_tab(at_the_desk: Callable[..., Page]) -> None:
    page = at_the_desk("/picture/?q=14+Quill+Street", script=False)
    page.get_by_role("link", name="14 Quill Street").first.click()
    things = page.locator(".link-chart__thing")
    assert things.count() > 3
    things.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("14 Quill Street")


def test_a_pair_is_decided_by_one_key_and_taken_back_by_another(
    at_the_desk: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = at_the_desk("/judging/")
    expect(page.get_by_role("heading", name="Same or different?")).to_be_visible()
    check_axe(page)
    page.screenshot(path=shots / "judging.png", full_page=True)
    first = page.url
    page.keyboard.press("s")
    expect(page.get_by_text("Judged: the same.")).to_be_visible()
    assert page.url != first
    page.keyboard.press("u")
    expect(page.get_by_text("Your last judgement was taken back.")).to_be_visible()
    assert page.url == first
    page.keyboard.press("n")
    expect(page.get_by_text("Judged: not sure.")).to_be_visible()


def test_keys_typed_into_the_reason_decide_nothing(at_the_desk: Callable[..., Page]) -> None:
    page = at_the_desk("/judging/")
    reason = page.get_by_label("Why (optional)")
    reason.press_sequentially("sd?u")
    expect(reason).to_have_value("sd?u")
    page.get_by_role("button", name="Different").click()
    expect(page.get_by_text("Judged: different.")).to_be_visible()


def test_the_links_of_an_item_are_walked_and_decided_by_key(
    at_the_desk: Callable[..., Page], check_axe: Callable[[Page], None], shots: Path
) -> None:
    page = at_the_desk("/picture/?q=Midge")
    page.get_by_role("link", name="Midge").first.click()
    page.locator("#told").locator("..").get_by_role("link", name="Item").first.click()
    check_axe(page)
    page.screenshot(path=shots / "item-fit.png", full_page=True)
    waiting = page.locator("[data-deciding]").count()
    assert waiting >= 2
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.get_by_text("Judged: different.")).to_be_visible()
    expect(page.locator("[data-deciding]")).to_have_count(waiting - 1)


@pytest.mark.parametrize("path", ["/picture/", "/picture/2/", "/judging/", "/items/6/fit/"])
def test_nothing_runs_off_a_narrow_screen_or_breaks_the_policy(at_the_desk: Callable[..., Page], path: str) -> None:
    page = at_the_desk("/picture/", width=400, height=800)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(page.url.removesuffix("/picture/") + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert refused == []
