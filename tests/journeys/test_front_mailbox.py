"""Reading a message with seven words, and answering it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.factories.servers import Front

from lastpiece.tell.mail import MailLayout, make_mail
from lastpiece.tell.mailbox import open_mailbox, seal_reply
from lastpiece.tell.words import words_from

TELLER = words_from(b"a teller with a mailbox,32 bytes")
DAY = date(2026, 11, 20)
STRANGER = words_from(b"another one, who has no message.")
QUESTION = "You told us about a blue car. Do you remember any part of its number plate?"


@pytest.mark.parametrize("script", [False, True], ids=["without JavaScript", "with JavaScript"])
def test_a_message_is_read_and_answered(
    *,
    script: bool,
    front_server: Front,
    device: Callable[..., BrowserContext],
    check_axe: Callable[[Page], None],
    shots: Path,
) -> None:
    box = open_mailbox(TELLER)
    boxes = [box.address, open_mailbox(STRANGER).address]
    front_server.post_on_board(make_mail({box.id: seal_reply(QUESTION, box.address)}, boxes, MailLayout(0, DAY)))
    front_server.take_all()
    page = device(width=360, script=script).new_page()
    page.goto(front_server.address + "/mailbox")
    page.get_by_label("Your seven words").fill(" ,".join(TELLER).upper())
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    assert page.url == front_server.address + "/mailbox"
    if script:
        check_axe(page)
    page.screenshot(path=shots / f"mailbox-open-{'js' if script else 'plain'}.png", full_page=True)
    page.get_by_label("What do you want to say back?").fill("It began with ZZ19")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is sent.")
    (message,) = front_server.take_all()
    assert (message.kind, message.answers) == ("message", {"what": "It began with ZZ19"})
    assert message.mailbox == box.address


def test_words_that_are_not_words_are_explained(front_server: Front, device: Callable[..., BrowserContext]) -> None:
    page = device(width=320).new_page()
    page.goto(front_server.address + "/mailbox")
    page.get_by_label("Your seven words").fill("not seven")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("Check your words")
    expect(page.get_by_label("Your seven words")).to_have_value("not seven")
