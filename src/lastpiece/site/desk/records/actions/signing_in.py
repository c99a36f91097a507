"""Signing in and out, as the audit sees it."""

from datetime import datetime, timedelta

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Staff, UsedCode


@action("sign in")
def note_sign_in(actor: Actor, *, now: datetime) -> None:
    """Record that somebody signed in with password and second factor."""
    touch("staff", actor.staff_id or 0)


@action("sign out")
def note_sign_out(actor: Actor, *, now: datetime) -> None:
    """Record that somebody signed out."""
    touch("staff", actor.staff_id or 0)


@action("enrol second factor")
def note_enrolment(actor: Actor, *, now: datetime) -> None:
    """Record that somebody set up a second factor."""
    touch("staff", actor.staff_id or 0)


@action("fail to sign in")
def note_failure(actor: Actor, account: str, *, now: datetime) -> None:
    """Record a sign-in that failed: the account, or a keyed hash of a name that is no account.

    What is typed into the box for the name is sometimes a password.
    """
    touch("staff", "", account=account[:60])


def spend_code(staff: Staff, digest: bytes, *, good_for: timedelta, now: datetime) -> bool:
    """Count a second-factor code as used for as long as it could be right; return False when it was used before.

    It is kept in the database, so that neither a restart nor a second process forgets it.
    """
    UsedCode.objects.filter(used_at__lt=now - good_for).delete()
    _, first = UsedCode.objects.get_or_create(digest=digest.hex(), defaults={"staff": staff, "used_at": now})
    return first


def code_was_used(digest: bytes, *, good_for: timedelta, now: datetime) -> bool:
    """Return whether that code was used while it could be right."""
    return UsedCode.objects.filter(digest=digest.hex(), used_at__gte=now - good_for).exists()
