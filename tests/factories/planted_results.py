"""A campaign with outcomes, two publishers who are signed in, and a year of invented crimes in sixty small areas."""

import json
from datetime import date

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.factories.campaign_weeks import JOB, NOW, campaign, record, week
from tests.factories.told_items import person

from lastpiece.site.desk.records.actions.crimes import add_crimes, put_areas
from lastpiece.site.desk.records.actions.results import say_what_was_done
from lastpiece.site.desk.records.models import Role, Staff
from lastpiece.values.area import Ring, SmallArea
from lastpiece.values.crime import PublishedCrime

ROWS, COLUMNS = 6, 10
TYPES = ("Drugs", "Violence and sexual offences", "Shoplifting")
WEEK_1: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("arrests", "22", {}),
    ("warrants", "4", {}),
    ("safeguarded_adult", "11", {}),
    ("safeguarded_child", "3", {}),
    ("visits", "13", {}),
    ("schools", "36", {}),
    ("drugs", "30", {"detail": "crack", "measure": "wraps"}),
    ("drugs", "66.4", {"detail": "heroin", "measure": "g"}),
    ("cash", "10,256", {}),
    ("weapons_seized", "4", {"detail": "knife"}),
    ("weapons_surrendered", "98", {"detail": "knife"}),
)


def plant() -> str:
    """Plant it all; return the session keys of the two publishers as JSON."""
    made = campaign("Three weeks of action")
    for kind, amount, more in WEEK_1:
        early = record(week(made), kind, amount, **more)
        record(week(made), kind, amount, status="final", replaces=early.pk, **more)
    record(week(made, 2), "arrests", "17")
    record(week(made, 2), "safeguarded_child", "8")
    record(week(made, 2), "safeguarded_adult", "9")
    say_what_was_done(
        JOB,
        "Nenbridge North",
        said="Dealing near the play area after school.",
        did="We closed a deal line and now visit every day.",
        month=date(2026, 9, 1),
        now=NOW,
    )
    plant_crimes()
    publishers = [person(name, Role.PUBLISHER) for name in ("Ada Author", "Sam Second")]
    return json.dumps([session_of(publisher) for publisher in publishers])


def plant_crimes() -> None:
    """Plant sixty square areas and more crimes the nearer one comes to the middle."""
    put_areas(JOB, [area(number) for number in range(ROWS * COLUMNS)], "invented.geojson", now=NOW)
    crimes = [
        crime(number, month, kind)
        for number in range(ROWS * COLUMNS + 2)
        for month in range(1, 13)
        for kind in TYPES[: 1 + (number * 7 + month) % 3]
        for _ in range(abs(number * 13 % 17 - 3))
    ]
    add_crimes(JOB, [(found.identity(n), found) for n, found in enumerate(crimes)], "invented-street.csv", now=NOW)


def area(number: int) -> SmallArea:
    west, south = -1.2 + number % COLUMNS * 0.05, 52.1 + number // COLUMNS * 0.03
    ring: Ring = (
        (west, south),
        (west + 0.05, south),
        (west + 0.05, south + 0.03),
        (west, south + 0.03),
        (west, south),
    )
    return SmallArea(f"N{number:03}", f"Nenbridge {number:03}", (ring,))


def crime(number: int, month: int, kind: str) -> PublishedCrime:
    return PublishedCrime(
        crime_id="",
        month=date(2025, month, 1),
        force="Nenshire Police",
        longitude=-1.0,
        latitude=52.2,
        location="On or near Invented Street",
        area_code=f"N{number:03}",
        area_name=f"Nenbridge {number:03}",
        crime_type=kind,
        outcome="",
    )


def session_of(staff: Staff) -> str:
    """Return the key of a session that was opened with a second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.create()
    return session.session_key or ""
