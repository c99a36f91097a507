"""Adding members of staff, changing their role, ending their second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Role, Staff


class UsernameTaken(Exception):
    """Somebody has that username or e-mail address already."""

    def __init__(self) -> None:
        super().__init__("Somebody has that username or e-mail address already. Choose another one.")


class OwnAccount(Exception):
    """An administrator tried to change their own account."""

    def __init__(self) -> None:
        super().__init__("You cannot change your own role, second factor or access. Ask another administrator.")


@action("add staff")
def add_staff(
    actor: Actor,
    *,
    username: str,
    name: str,
    email: str,
    role: Role,
    password: str,
    totp_secret: str | None = None,
    now: datetime,
) -> Staff:
    """Make an account. Without `totp_secret` its owner enrols a second factor at the first sign-in.

    Args:
        actor: Who adds the person.
        username: Name to sign in with.
        name: Name to show.
        email: Work address; it also signs in.
        role: What the person may do.
        password: First password.
        totp_secret: Base32 secret of a second factor that is set up already (the demonstration's accounts).
        now: Time of the action.

    Raises:
        UsernameTaken: the username or e-mail address is in use.
    """
    if Staff.objects.filter(username__iexact=username).exists() or Staff.objects.filter(email__iexact=email).exists():
        raise UsernameTaken
    staff = Staff(username=username, name=name, email=email, role=role)
    staff.set_password(password)
    staff.save()
    if totp_secret:
        TOTP.activate(staff, totp_secret)
    touch("staff", staff.pk, role=str(role), second_factor=bool(totp_secret))
    return staff


@action("change role")
def change_role(actor: Actor, staff_id: int, role: Role, *, now: datetime) -> None:
    """Give somebody another role; their sessions end."""
    staff = _another(actor, staff_id)
    before, staff.role = staff.role, role
    staff.session_stamp += 1
    staff.save(update_fields=["role", "session_stamp"])
    touch("staff", staff.pk, before=before, after=str(role))


@action("reset second factor")
def reset_second_factor(actor: Actor, staff_id: int, *, now: datetime) -> None:
    """Remove somebody's second factor; their sessions end and the next sign-in enrols a new one."""
    staff = _another(actor, staff_id)
    Authenticator.objects.filter(user_id=staff.pk).delete()
    staff.session_stamp += 1
    staff.save(update_fields=["session_stamp"])
    touch("staff", staff.pk)


@action("change access")
def change_access(actor: Actor, staff_id: int, *, open_account: bool, now: datetime) -> None:
    """Close somebody's account or open it again; a closed one's sessions end at once."""
    staff = _another(actor, staff_id)
    staff.is_active = open_account
    staff.session_stamp += 1
    staff.save(update_fields=["is_active", "session_stamp"])
    touch("staff", staff.pk, open=open_account)


def _another(actor: Actor, staff_id: int) -> Staff:
    if actor.staff_id == staff_id:
        raise OwnAccount
    return Staff.objects.select_for_update().get(pk=staff_id)
