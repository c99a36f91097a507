"""The same ways out in Firefox, and what its Back, its session and its files show after them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.factories.firefox import ENTER, ESCAPE, SHIFT, TAB, Firefox, FirefoxRefused, running_firefox
from tests.factories.neutral_site import NeutralSite
from tests.factories.servers import Front

SECRET = "He keeps it under the stairs at number 12"
BUTTON = ".leave__button"
NEXT = "button[value=next]"
OPEN_A_DIALOG = """
const dialog = document.createElement("dialog");
dialog.append(document.createElement("button"));
document.body.append(dialog);
dialog.showModal();
"""


@pytest.fixture(scope="module")
def firefox(firefox_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with running_firefox(firefox_path, tmp_path_factory.mktemp("firefox") / "profile") as running:
        yield running


@pytest.fixture(scope="module")
def plain_firefox(firefox_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox without JavaScript."""
    with running_firefox(firefox_path, tmp_path_factory.mktemp("plain") / "profile", script=False) as running:
        yield running


def fill_half_the_form(firefox: Firefox, front: Front, elsewhere: NeutralSite) -> None:
    firefox.goto(elsewhere.address + "?before")
    firefox.goto(front.address + "/tell")
    firefox.click(NEXT)
    firefox.find("textarea[name=what]")
    firefox.type_into("textarea", SECRET)
    firefox.click(NEXT)
    firefox.find("textarea[name=where]")
    firefox.type_into("textarea", SECRET)
    assert firefox.value_of("textarea") == SECRET


def addresses_in(remembered: object) -> list[str]:
    """Return every address that Firefox would open again, of open and closed tabs."""
    if isinstance(remembered, dict):
        own = [str(value) for name, value in remembered.items() if name in ("url", "originalURI") and value]
        return own + [address for value in remembered.values() for address in addresses_in(value)]
    return [address for value in remembered for address in addresses_in(value)] if isinstance(remembered, list) else []


def touch_the_button(firefox: Firefox) -> None:
    firefox.click(BUTTON)


def press_shift_three_times(firefox: Firefox) -> None:
    firefox.press(SHIFT, SHIFT, SHIFT)


def press_escape(firefox: Firefox) -> None:
    firefox.press(ESCAPE)


def take_the_hidden_link(firefox: Firefox) -> None:
    firefox.run("document.body.tabIndex = -1; document.body.focus();")
    firefox.press(TAB, TAB)
    assert firefox.run("return document.activeElement.textContent") == "Quick exit"
    firefox.press(ENTER)


@pytest.mark.parametrize("way", [touch_the_button, press_shift_three_times, press_escape, take_the_hidden_link])
def test_after_leaving_back_and_the_session_show_nothing_of_this_site(
    way: Callable[[Firefox], None], firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    fill_half_the_form(firefox, front_server, elsewhere)
    way(firefox)
    firefox.wait_for_address(elsewhere.address)
    assert "referer" not in elsewhere.visits[-1]
    remembered = firefox.remembered_session()
    assert elsewhere.address in addresses_in(json.loads(remembered))  # the search can find something
    assert [found for found in addresses_in(json.loads(remembered)) if front_server.address in found] == []
    assert SECRET not in remembered
    firefox.back()
    firefox.wait_for_address(elsewhere.address + "?before")
    firefox.forward()
    firefox.wait_for_address(elsewhere.address)
    assert SECRET not in firefox.source


def test_leaving_works_while_a_dialog_is_open_and_a_file_is_chosen(
    firefox: Firefox, front_server: Front, elsewhere: NeutralSite, tmp_path: Path
) -> None:
    photo = tmp_path / "under-the-stairs.jpg"
    photo.write_bytes(b"not a picture")
    fill_half_the_form(firefox, front_server, elsewhere)
    firefox.run("const i = document.createElement('input'); i.type = 'file'; document.querySelector('main').append(i);")
    firefox.type_into("main > input[type=file]", str(photo))
    firefox.run(OPEN_A_DIALOG)
    firefox.click_where(BUTTON)
    firefox.wait_for_address(elsewhere.address)
    remembered = firefox.remembered_session()
    assert SECRET not in remembered
    assert photo.name not in remembered
    firefox.back()
    firefox.wait_for_address(elsewhere.address + "?before")


def test_escape_closes_a_dialog_first_and_leaves_when_it_is_pressed_again(
    firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    fill_half_the_form(firefox, front_server, elsewhere)
    firefox.run(OPEN_A_DIALOG)
    firefox.press(ESCAPE)
    assert firefox.run("return document.querySelector('dialog').open") is False
    assert firefox.address == front_server.address + "/tell"
    firefox.press(ESCAPE)
    firefox.wait_for_address(elsewhere.address)


def test_typing_capitals_does_not_leave(firefox: Firefox, front_server: Front, elsewhere: NeutralSite) -> None:
    fill_half_the_form(firefox, front_server, elsewhere)
    firefox.type_into("textarea", " ABC DEF GHI")
    assert firefox.value_of("textarea").endswith("GHI")
    assert firefox.address == front_server.address + "/tell"


def test_before_leaving_the_session_holds_nothing_that_was_typed(
    firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    """A phone that is switched off in the middle of the form brings nothing back either."""
    fill_half_the_form(firefox, front_server, elsewhere)
    remembered = firefox.remembered_session()
    assert front_server.address in remembered
    assert SECRET not in remembered
    firefox.reload()
    assert SECRET not in firefox.source


def test_without_javascript_leaving_works_and_nothing_that_was_typed_comes_back(
    plain_firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    fill_half_the_form(plain_firefox, front_server, elsewhere)
    plain_firefox.click(BUTTON)
    plain_firefox.wait_for_address(elsewhere.address)
    assert "referer" not in elsewhere.visits[-1]
    assert SECRET not in plain_firefox.remembered_session()
    with pytest.raises(FirefoxRefused, match="notCached"):  # "document expired", and nothing else
        plain_firefox.back()
    assert SECRET not in plain_firefox.source
    plain_firefox.reload()
    assert "Firefox must send information" in str(plain_firefox.command("WebDriver:GetAlertText"))
    plain_firefox.command("WebDriver:AcceptAlert")  # whoever holds the device agrees to send it again
    plain_firefox.wait_for_address(elsewhere.address)
    assert SECRET not in plain_firefox.source


@pytest.mark.parametrize("address", ["/mailbox", "/feedback"])
def test_without_javascript_a_form_that_stands_alone_comes_back_empty(
    address: str, plain_firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    plain_firefox.goto(front_server.address + address)
    plain_firefox.type_into("textarea", SECRET)
    plain_firefox.click(BUTTON)
    plain_firefox.wait_for_address(elsewhere.address)
    plain_firefox.back()
    assert plain_firefox.address == front_server.address + address
    assert plain_firefox.value_of("textarea") == ""


def test_no_file_of_the_profile_holds_what_was_typed(
    firefox: Firefox, plain_firefox: Firefox, front_server: Front, elsewhere: NeutralSite
) -> None:
    for each in (firefox, plain_firefox):
        fill_half_the_form(each, front_server, elsewhere)
        each.click(BUTTON)
        each.wait_for_address(elsewhere.address)
        held = {path: path.read_bytes() for path in each.profile.rglob("*") if path.is_file()}
        assert any(b"localhost" in found for found in held.values())  # the search can find something
        needles = [SECRET.encode(), SECRET.encode("utf-16-le")]
        assert [str(path) for path, found in held.items() for needle in needles if needle in found] == []
