"""What the desk's tests stand on: keys of their own, invented staff, reports that were really sealed and opened."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.factories.sealing_keys import CERTIFICATE, SITE, keyring

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received, receive
from lastpiece.site.desk.records.actions.staffing import add_staff
from lastpiece.site.desk.records.models import Role, Staff
from lastpiece.tell.opening import Keyring
from lastpiece.tell.report import Kind, MailboxAddress, Report
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NEEDLE = "the boy with the xylophone case sleeps at number nine"
PASSWORD = "correct horse battery"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return keyring(tmp_path_factory.mktemp("desk") / "keys")


@pytest.fixture(autouse=True)
def _own_keys(monkeypatch: pytest.MonkeyPatch, keys: Keyring) -> None:
    monkeypatch.setattr(settings, "KEYRING_FOLDER", keys.folder)


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "spool")


@pytest.fixture
def make_staff(db: None) -> Callable[..., Staff]:
    def make(role: Role = Role.INTAKE_ASSESSOR, *, totp_secret: str | None = None) -> Staff:
        number = next(_numbers)
        return add_staff(
            Actor.job("tests"),
            username=f"person{number}",
            name=f"Person {number}",
            email=f"person{number}@nenshire.example",
            role=role,
            password=PASSWORD,
            totp_secret=totp_secret,
            own_password=True,
            now=NOW,
        )

    return make


@pytest.fixture
def signed_in(make_staff: Callable[..., Staff]) -> Callable[..., Client]:
    """Make a client whose session was opened with a password and a second factor."""

    def make(role: Role = Role.INTAKE_ASSESSOR, *, staff: Staff | None = None, second_factor: bool = True) -> Client:
        person = staff or make_staff(role)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        methods = [{"method": "password", "at": 0}, *([{"method": "mfa", "at": 0}] if second_factor else [])]
        session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
        client.staff = person  # type: ignore[attr-defined]  # so that a test can ask who it is
        return client

    return make


def told(
    answers: Mapping[str, str] | None = None,
    *,
    nonce: bytes | None = None,
    kind: Kind = "report",
    mailbox: MailboxAddress | None = None,
    told_on: date = date(2026, 11, 18),
) -> Report:
    return Report(
        nonce=nonce or next(_numbers).to_bytes(32, "big"),
        kind=kind,
        channel="online",
        form_version="1",
        answers=answers or {"what": f"Deals from a grey Golf, KQ19 KXD. {NEEDLE}.", "how": "My cousin told me."},
        mailbox=mailbox,
        told_on=told_on,
    )


@pytest.fixture
def received(db: None) -> Callable[..., Received]:
    """Take in a report as the collector does after opening it."""

    def make(answers: Mapping[str, str] | None = None, **more: object) -> Received:
        return receive(Actor.job("tests"), told(answers, **more), now=NOW)  # type: ignore[arg-type]  # passed on

    return make


def sealed(report: Report) -> bytes:
    return seal(report.encode(), CERTIFICATE, site=SITE)
