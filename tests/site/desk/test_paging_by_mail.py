"""Paging by e-mail, through a real mail server: no word of a report, and what is refused is said and tried again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.factories.mail_server import DRIP, FLOOD, HANG, HANG_UP, NAME, PASSWORD, MailServer, certificate, mail_server
from tests.site.desk.conftest import NEEDLE, NOW
from tests.site.desk.test_alerts import AGAIN, THREAT, on_duty

from lastpiece.site.desk.jobs.page import AFTER_FAILURE, page_due
from lastpiece.site.desk.jobs.reaching import Way, ways
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import Alert, AuditRow, Paging, Staff
from lastpiece.site.settings import env

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """A desk with an open alert, two people on duty, and the way to page them by mail."""

    first: Staff
    second: Staff
    mail: Callable[..., tuple[Way, ...]]

    def page(self, server: MailServer, seconds: int = 0, *, login: bool = True) -> list[Paging]:
        """Page who is due and return the tries of this round."""
        before = Paging.objects.count()
        page_due(self.mail(server, login=login), again=AGAIN, now=NOW + timedelta(seconds=seconds))
        return list(Paging.objects.order_by("pk")[before:])


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    made = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made[0]))
    return made


@pytest.fixture
def desk(received: Callable[..., Received], make_staff: Callable[..., Staff], monkeypatch: pytest.MonkeyPatch) -> Desk:
    def mail(server: MailServer, *, login: bool = True) -> tuple[Way, ...]:
        who = f"{NAME}:{quote(PASSWORD)}@" if login else ""
        monkeypatch.setattr(env, "PAGER_SMTP", f"smtp://{who}127.0.0.1:{server.port}")
        return ways()

    first, second = make_staff(), make_staff()
    on_duty(first)
    on_duty(second, turn=2)
    received(THREAT)
    return Desk(first, second, mail)


def test_the_mail_goes_out_enciphered_after_a_login_and_holds_a_number_and_a_kind(
    desk: Desk, files: tuple[Path, Path]
) -> None:
    with mail_server(files) as server:
        (paging,) = desk.page(server)
    assert (paging.sent, paging.why, paging.way) == (True, "", Paging.Way.MAIL)
    ((recipients, letter),) = server.letters
    assert recipients == [desk.first.email]
    assert server.signed_in == 1
    assert f"Lastpiece alert {Alert.objects.get().pk}: Threat to life." in letter
    assert "I have it" in letter.replace("=\r\n", "")
    for word in (NEEDLE, "Dizzy", "stab", "tonight"):
        assert word not in letter
    plain = " ".join(server.said)
    assert PASSWORD not in plain
    assert "AUTH" not in plain
    assert desk.first.email not in plain


def test_without_a_login_the_mail_goes_to_a_relay_of_ones_own(desk: Desk) -> None:
    with mail_server() as server:
        (paging,) = desk.page(server, login=False)
    assert paging.sent
    assert len(server.letters) == 1


REFUSALS = (
    ({"RCPT": "550 no such user"}, "The mail server refused the person's address (550)."),
    ({"RCPT": "451 try later"}, "The mail server refused the person's address (451)."),
    ({"MAIL": "421 too busy"}, "The mail server did not take the mail (421)."),
    ({"DATA": "554 no"}, "The mail server did not take the mail (554)."),
    ({"END": "452 no room"}, "The mail server did not take the mail (452)."),
    ({"AUTH": "535 who are you"}, "The mail server refused the name or password (535)."),
    ({"CONNECT": "554 go away"}, "The mail server did not take the mail (554)."),
    ({"CONNECT": HANG}, "The mail server did not answer within 1 seconds."),
    ({"END": HANG}, "The mail server did not answer within 1 seconds."),
    *(
        ({when: DRIP}, "The mail server did not answer within 1 seconds.")
        for when in ("CONNECT", "EHLO", "STARTTLS", "TLS", "AUTH", "MAIL", "RCPT", "DATA", "END")
    ),
    ({"CONNECT": FLOOD}, "The mail server hung up."),
    ({"RCPT": HANG_UP}, "The mail server hung up."),
)


@pytest.mark.parametrize(("answers", "why"), REFUSALS, ids=[str(row[0]) for row in REFUSALS])
def test_what_is_refused_or_hangs_is_said_in_the_log_and_tried_again_soon(
    answers: dict[str, str], why: str, desk: Desk, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.site.desk.jobs.reaching.MAIL_S", 1.0)
    with mail_server(files, **answers) as server:
        (paging,) = desk.page(server)
    assert (paging.sent, paging.why) == (False, why)
    row = AuditRow.objects.filter(verb="page").latest("pk")
    assert row.reason == why
    assert NEEDLE not in f"{row.reason}{row.detail}"
    with mail_server(files) as server:
        again = desk.page(server, int(AFTER_FAILURE.total_seconds()))
    assert [one.sent for one in again] == [True, True], "the next person is paged as well"
    assert {recipients[0] for recipients, _ in server.letters} == {desk.first.email, desk.second.email}


@pytest.mark.parametrize("farewell", [HANG, DRIP, FLOOD])
def test_a_mail_that_was_taken_went_out_whatever_the_server_says_to_the_farewell(
    farewell: str, desk: Desk, files: tuple[Path, Path]
) -> None:
    with mail_server(files, QUIT=farewell) as server:
        (paging,) = desk.page(server)
    assert (paging.sent, paging.why) == (True, "")
    assert len(server.letters) == 1


def test_a_server_that_drips_before_tls_begins_with_the_first_byte_is_cut_as_well(
    desk: Desk, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.site.desk.jobs.reaching.MAIL_S", 1.0)
    with mail_server(files, CONNECT=DRIP) as server:
        monkeypatch.setattr(env, "PAGER_SMTP", f"smtps://127.0.0.1:{server.port}")
        page_due(ways(), again=AGAIN, now=NOW)
    assert not Paging.objects.get().sent


def test_a_certificate_that_does_not_hold_gets_neither_password_nor_mail(
    desk: Desk, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    with mail_server(files) as server:
        (paging,) = desk.page(server)
    assert paging.why == "The mail server's certificate does not hold, so nothing was sent."
    assert (server.signed_in, server.letters) == (0, [])


def test_a_password_never_goes_out_in_the_clear(desk: Desk) -> None:
    with mail_server() as server:
        (paging,) = desk.page(server)
    assert paging.why == "The mail server offers no encryption, so the password was not sent."
    assert not any("AUTH" in line for line in server.said)
