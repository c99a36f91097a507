"""Signing in: password, then second factor, and no way round either."""

import logging
import time
from collections.abc import Callable
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client
from tests.site.desk.conftest import NEEDLE, NOW, PASSWORD

from lastpiece.site.desk.records.actions import staffing
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import AuditRow, Role, Staff

pytestmark = pytest.mark.django_db


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))  # noqa: TID251 - codes change with the clock


def give_password(client: Client, login: str, password: str = PASSWORD) -> str:
    answer = client.post("/sign-in/", {"login": login, "password": password})
    return str(answer.headers.get("Location", answer.status_code))


@pytest.fixture
def secret() -> str:
    return str(generate_totp_secret())


@pytest.fixture
def ann(make_staff: Callable[..., Staff], secret: str) -> Staff:
    return make_staff(totp_secret=secret)


@pytest.mark.parametrize("by", ["username", "email"])
def test_password_and_code_lead_to_today(by: str, ann: Staff, secret: str) -> None:
    client = Client()
    assert give_password(client, getattr(ann, by)) == "/sign-in/code/"
    assert client.get("/").status_code == 302
    answer = client.post("/sign-in/code/", {"code": code(secret)})
    assert answer["Location"] == "/"
    assert client.get("/").status_code == 200
    assert list(AuditRow.objects.filter(actor=ann).values_list("verb", flat=True)) == ["sign in"]


def test_a_wrong_code_opens_nothing(ann: Staff, secret: str) -> None:
    client = Client()
    give_password(client, ann.username)
    wrong = f"{(int(code(secret)) + 500_000) % 1_000_000:06d}"
    assert client.post("/sign-in/code/", {"code": wrong}).status_code == 200
    assert client.get("/").status_code == 302


def test_a_code_works_once(ann: Staff, secret: str) -> None:
    used = code(secret)
    for expected in (302, 200):
        client = Client()
        give_password(client, ann.username)
        assert client.post("/sign-in/code/", {"code": used}).status_code == expected


def test_a_code_works_once_for_as_long_as_it_is_a_right_one(
    ann: Staff, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    used, now = code(secret), time.time  # noqa: TID251 - the clock is moved below
    for seconds, expected in ((0, 302), (31, 200)):
        monkeypatch.setattr(time, "time", lambda seconds=seconds: now() + seconds)
        client = Client()
        give_password(client, ann.username)
        assert client.post("/sign-in/code/", {"code": used}).status_code == expected


def test_the_code_that_enrolled_opens_nothing_afterwards(make_staff: Callable[..., Staff]) -> None:
    bob, client, other = make_staff(), Client(), Client()
    give_password(client, bob.username)
    used = code(client.get("/sign-in/second-factor/").context["form"].secret)
    client.post("/sign-in/second-factor/", {"code": used})
    give_password(other, bob.username)
    assert other.post("/sign-in/code/", {"code": used}).status_code == 200
    assert other.get("/").status_code == 302


def test_many_strangers_failures_do_not_push_out_what_is_counted(ann: Staff, secret: str) -> None:
    used, client = code(secret), Client()
    give_password(client, ann.username)
    client.post("/sign-in/code/", {"code": used})
    for number in range(2_000):
        cache.add(f"failure-{number}", 1)
    other = Client()
    give_password(other, ann.username)
    assert other.post("/sign-in/code/", {"code": used}).status_code == 200


def test_the_first_sign_in_enrols_a_second_factor(make_staff: Callable[..., Staff]) -> None:
    bob = make_staff()
    client = Client()
    assert give_password(client, bob.username) == "/"
    assert client.get("/")["Location"] == "/sign-in/second-factor/"
    page = client.get("/sign-in/second-factor/")
    made = page.context["form"].secret
    assert (
        client.post("/sign-in/second-factor/", {"code": "000000" if code(made) != "000000" else "1"}).status_code == 200
    )
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/second-factor/", {"code": code(made)})["Location"] == "/"
    assert client.get("/").status_code == 200
    stored = Authenticator.objects.get(user_id=bob.pk).data["secret"]
    assert made not in stored


def test_an_enrolled_person_cannot_enrol_another_factor_over_it(ann: Staff, signed_in: Callable[..., Client]) -> None:
    client = signed_in(staff=ann)
    assert client.get("/sign-in/second-factor/")["Location"] == "/"
    assert Authenticator.objects.filter(user_id=ann.pk).count() == 1


def test_five_wrong_passwords_close_the_account_for_a_while_by_name_or_address(ann: Staff) -> None:
    for login in (ann.username, ann.email, ann.username.upper(), ann.email, ann.username):
        last = Client().post("/sign-in/", {"login": login, "password": "wrong password"})
    assert last.status_code == 429
    assert b"15 minutes" in last.content
    assert give_password(Client(), ann.username) == "429"
    assert AuditRow.objects.filter(verb="fail to sign in").count() >= 5
    assert "wrong password" not in str(list(AuditRow.objects.values()))


def test_a_wrong_name_and_a_wrong_password_look_the_same(ann: Staff) -> None:
    pages = [
        Client().post("/sign-in/", {"login": login, "password": "wrong password"}).context["form"].errors
        for login in (ann.username, "nobody")
    ]
    assert pages[0] == pages[1]


def test_a_reset_second_factor_ends_the_session_and_asks_to_enrol(ann: Staff, secret: str) -> None:
    client = Client()
    give_password(client, ann.username)
    client.post("/sign-in/code/", {"code": code(secret)})
    assert client.get("/").status_code == 200
    staffing.reset_second_factor(Actor.job("tests"), ann.pk, now=NOW)
    assert client.get("/").status_code == 302
    again = Client()
    assert give_password(again, ann.username) == "/"
    assert again.get("/")["Location"] == "/sign-in/second-factor/"


def test_a_changed_role_counts_at_once(ann: Staff, signed_in: Callable[..., Client]) -> None:
    client = signed_in(staff=ann)
    assert client.get("/reports/").status_code == 200
    staffing.change_role(Actor.job("tests"), ann.pk, Role.AUDITOR, now=NOW)
    assert client.get("/reports/").status_code == 302


def test_the_session_cookie_is_strict_and_the_only_one(ann: Staff) -> None:
    client = Client()
    give_password(client, ann.username)
    assert set(client.cookies) == {"desk"}
    cookie = client.cookies["desk"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")


def test_every_answer_carries_the_strict_headers(signed_in: Callable[..., Client]) -> None:
    for answer in (signed_in().get("/"), Client().get("/"), Client().get("/sign-in/"), signed_in().get("/nowhere/")):
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert b"OFFICIAL-SENSITIVE" in Client().get("/sign-in/").content


def test_what_the_desk_logs_names_the_place_of_an_error_and_no_word_of_it(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ValueError(NEEDLE)

    written, handler = StringIO(), logging.getLogger("django").handlers[0]
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr("lastpiece.site.desk.pages.today.today_for", broken)
    client = signed_in()
    client.raise_request_exception = False
    assert client.get("/").status_code == 500
    assert "ValueError site/desk/pages/today.py" in written.getvalue()
    assert NEEDLE not in written.getvalue()
    assert "Traceback" not in written.getvalue()


@pytest.mark.parametrize("page", ["9" * 5_000, "²", "-1", "0", ""])
def test_a_page_that_is_none_is_the_first(page: str, signed_in: Callable[..., Client]) -> None:
    assert signed_in().get("/reports/", {"page": page}).status_code == 200


def test_nobody_changes_their_own_account(ann: Staff) -> None:
    with pytest.raises(staffing.OwnAccount):
        staffing.change_role(Actor.of(ann), ann.pk, Role.ADMINISTRATOR, now=NOW)


def test_usernames_and_addresses_are_unique_whatever_their_case(ann: Staff) -> None:
    for username, email in ((ann.username.upper(), "x@nenshire.example"), ("new", ann.email.upper())):
        with pytest.raises(staffing.UsernameTaken):
            staffing.add_staff(
                Actor.job("tests"),
                username=username,
                name="X",
                email=email,
                role=Role.ANALYST,
                password=PASSWORD,
                now=NOW,
            )
