"""Every route of the desk, with every role and with none."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from lastpiece.site.desk.permissions import DOORWAY, ENROLMENT, PERMITTED, RAIL, TODAY
from lastpiece.site.desk.records.models import Role, Staff

pytestmark = pytest.mark.django_db
ROUTES = sorted(name for name in get_resolver().reverse_dict if isinstance(name, str))
WORKING = [name for name in ROUTES if name not in DOORWAY | {ENROLMENT}]


def address(name: str) -> str:
    """Return an address of the route; its numbers point at nothing."""
    for count in range(4):
        try:
            return reverse(name, args=[999_999] * count)
        except NoReverseMatch:
            continue
    raise AssertionError(f"The route {name} takes an argument this test does not know.")


def answers(client: Client, name: str) -> Iterator[int]:
    yield client.get(address(name)).status_code
    yield client.post(address(name)).status_code


def test_the_table_and_the_urls_name_the_same_routes() -> None:
    assert set(WORKING) == set(PERMITTED)


def test_every_room_of_the_rail_is_a_route_somebody_may_open() -> None:
    assert all(PERMITTED[room.url_name] for room in RAIL)


@pytest.mark.parametrize("name", WORKING)
def test_a_stranger_is_led_to_the_sign_in_page(name: str) -> None:
    client = Client()
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", WORKING)
def test_a_password_alone_opens_nothing(name: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in(second_factor=False, role=next(iter(PERMITTED[name])))
    for answer in (client.get(address(name)), client.post(address(name))):
        assert answer.status_code == 302
        assert answer["Location"] == reverse(ENROLMENT)


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_exactly_its_row(role: Role, signed_in: Callable[..., Client]) -> None:
    client = signed_in(role)
    client.raise_request_exception = True
    for name in WORKING:
        if role in PERMITTED[name]:
            assert 403 not in set(answers(client, name)), f"{role} is refused {name}"
        else:
            assert set(answers(client, name)) == {403}, f"{role} may open {name}"


def test_a_route_without_a_row_is_refused_to_everybody(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "lastpiece.site.desk.permissions.PERMITTED", {name: row for name, row in PERMITTED.items() if name != "today"}
    )
    assert all(signed_in(role).get("/").status_code == 403 for role in Role)


def test_somebody_with_a_second_factor_but_not_in_this_session_signs_in_again(
    signed_in: Callable[..., Client], make_staff: Callable[..., Staff]
) -> None:
    client = signed_in(staff=make_staff(totp_secret="JBSWY3DPEHPK3PXP"), second_factor=False)
    answer = client.get("/")
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert client.get("/")["Location"].startswith(reverse("account_login"))


def test_a_closed_account_is_out_at_once(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    assert client.get("/").status_code == 200
    Staff.objects.filter(pk=client.staff.pk).update(is_active=False)  # type: ignore[attr-defined]  # set by signed_in
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("role", Role)
def test_today_leads_each_role_only_to_what_it_may_open_and_speaks_of_nothing_else(
    role: Role, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(role)
    page = client.get(reverse("today")).content.decode()
    for link in set(re.findall(r'href="(/(?!static/)[^"]*)"', page)):
        assert client.get(link).status_code == 200, f"{role} is led to {link}"
    may_read = {"item": PERMITTED["items"], "report": PERMITTED["reports"], "row": PERMITTED["log"]}
    for noun, roles in may_read.items():
        assert (re.search(rf"\b\d+ {noun}s?\b", page) is not None) == (role in roles), f"{role} is told of {noun}s"


def test_each_section_of_today_is_somebodys() -> None:
    assert all(TODAY.values())
