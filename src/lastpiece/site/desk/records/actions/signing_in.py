"""Signing in and out, as the audit sees it."""

from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch


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
def note_failure(actor: Actor, username: str, *, now: datetime) -> None:
    """Record a sign-in that failed, under the name that was typed."""
    touch("staff", "", typed=username[:60])
