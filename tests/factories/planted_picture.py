"""A small planted picture: a deal line told of in six items, two links judged, and an analyst who is signed in."""

from datetime import date

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.factories.told_items import NOW, person, tell_and_fit

from lastpiece.site.desk.records.actions import judging
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import Proposal


def plant() -> str:
    """Tell, fit and judge a deal line's pieces; return the session key of an analyst who is signed in."""
    tell_and_fit(
        "Lil T drives a grey Golf, KQ19 KXD, and serves up behind the flats on Quill Street, QX1 3."
        " Calls come on 07700 900321.",
        ("Lil T", "nickname", "Lil T"),
        ("grey Golf", "vehicle", "grey volkswagen golf"),
        ("KQ19 KXD", "plate", "KQ19KXD"),
        ("Quill Street", "place", "Quill Street"),
        ("QX1 3", "postcode", "QX1 3"),
        ("07700 900321", "phone", "+447700900321"),
        seen_on=date(2026, 2, 12),
        grade="2AC",
    )
    tell_and_fit(
        "People come all night to 14 Quill Street since a man called Tee moved in. A grey Golf waits outside.",
        ("14 Quill Street", "address", "14 Quill Street"),
        ("Tee", "nickname", "Tee"),
        ("grey Golf", "vehicle", "grey volkswagen golf"),
        seen_on=date(2026, 2, 16),
    )
    tell_and_fit(
        "A deal line, the Rico line, sells crack and heroin from a number ending 321. Runners stay at 14 Quill Street.",
        ("Rico line", "organisation", "Rico line"),
        ("crack", "drug", "crack cocaine"),
        ("heroin", "drug", "heroin"),
        ("ending 321", "phone", "*321"),
        ("14 Quill Street", "address", "14 Quill Street"),
        seen_on=date(2026, 2, 20),
    )
    tell_and_fit(
        "Smiler sells cannabis from a black Audi, ZZ20 ABC, at the park in QX7.",
        ("Smiler", "nickname", "Smiler"),
        ("cannabis", "drug", "cannabis"),
        ("ZZ20 ABC", "plate", "ZZ20ABC"),
        ("QX7", "postcode", "QX7"),
        seen_on=date(2026, 1, 8),
    )
    tell_and_fit(
        "lil T again, with a boy of about 13 they call Midge, in a car K?19 something near QX1. Dealing crack.",
        ("lil T", "nickname", "Lil T"),
        ("Midge", "nickname", "Midge"),
        ("K?19 something", "plate", "K?19*"),
        ("QX1", "postcode", "QX1"),
        ("crack", "drug", "crack cocaine"),
        seen_on=date(2026, 3, 1),
        categories={"Midge": "possible victim"},
    )
    colleague = Actor.of(person("Ben Okoro"))
    plates = Proposal.objects.filter(mention__value="K?19*", candidate__value="KQ19KXD").get()
    judging.accept(colleague, plates.pk, now=NOW, reason="The same Golf in the same streets within three weeks.")
    homes = Proposal.objects.filter(mention__kind="address", candidate__kind="address").get()
    judging.accept(colleague, homes.pk, now=NOW)
    tell_and_fit(
        "Lil T was dropped off at 14 Quill Street by KQ19 KXD and handed Midge a bag.",
        ("Lil T", "nickname", "Lil T"),
        ("14 Quill Street", "address", "14 Quill Street"),
        ("KQ19 KXD", "plate", "KQ19KXD"),
        ("Midge", "nickname", "Midge"),
        seen_on=date(2026, 3, 3),
        grade="1AP",
        categories={"Midge": "possible victim"},
    )
    for kind in ("plate", "nickname"):
        strongest = Proposal.objects.filter(mention__kind=kind, mention__item__seen_on=date(2026, 3, 3)).latest("bits")
        judging.accept(colleague, strongest.pk, now=NOW)
    analyst = person("Priya Shah")
    session = SessionStore()
    session[SESSION_KEY] = str(analyst.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = analyst.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": NOW.timestamp()}]
    session["account_authentication_methods_user"] = str(analyst.pk)
    session.create()
    return session.session_key or ""
