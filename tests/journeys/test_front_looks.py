"""The public pages as people meet them: at every size, without help, and with a screen reader's eyes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from tests.factories.servers import Front

PAGES = [
    "/", "/tell", "/signs", "/signs/cuckooing", "/signs/child-exploitation", "/signs/deal-line",
    "/signs/modern-slavery", "/campaign", "/results", "/mailbox", "/safety", "/feedback", "/privacy", "/accessibility",
    "/nowhere",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_overflows(
    *,
    address: str,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    page = device(width=320, height=700).new_page()
    page.goto(front_server.address + address)
    name = address.strip("/").replace("/", "-") or "home"
    page.screenshot(path=shots / f"{name}-320.png", full_page=True)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1100, "height": 800})
    page.screenshot(path=shots / f"{name}.png", full_page=True)


def test_the_first_page_looks_as_the_readme_shows_it(
    front_server: Front, device: Callable[..., BrowserContext], pictures: Path
) -> None:
    page = device(width=1100, height=900).new_page()
    page.goto(front_server.address + "/")
    page.screenshot(path=pictures / "front.png")
    assert page.get_by_role("button", name="Start").is_visible()
