"""The public pages as people meet them: at every size, without help, and with a screen reader's eyes."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import BrowserContext, Page

PAGES = [
    "/", "/tell", "/signs", "/signs/cuckooing", "/signs/child-exploitation", "/signs/deal-line",
    "/signs/modern-slavery", "/campaign", "/results", "/mailbox", "/safety", "/feedback", "/privacy", "/accessibility",
    "/nowhere",
]  # fmt: skip


class Front(Protocol):
    address: str


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_wrong_and_nothing_overflows(
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
