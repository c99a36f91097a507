"""Adding members of staff, changing their role, ending their second factor."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Notice, Role, Staff


class UsernameTaken(Exception):
    """Somebody has that username or e-mail address already."""

    def __init__(self) -> None:
        super().__init__("Somebody has that username or e-mail address already. Choose another one.")


class OwnAccount(Exception):
    """An administrator tried to change their own account."""

    def __init__(self) -> None:
        super().__init__("You cannot change your own role, second factor or access. Ask another administrator.")


class SamePassword(Exception):
    """Somebody kept the password that another person chose."""

    def __init__(self) -> None:
        super().__init__("Choose another password than the one you have.")


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
    own_password: bool = False,
    now: datetime,
) -> Staff:
    """Make an account. Its owner chooses another password at the first sign-in, and then enrols a second factor.

    Args:
        actor: Who adds the person.
        username: Name to sign in with.
        name: Name to show.
        email: Work address; it also signs in.
        role: What the person may do.
        password: First password.
        totp_secret: Base32 secret of a second factor that is set up already (the demonstration's accounts).
        own_password: Whether the password is the person's own already (the demonstration's accounts).
        now: Time of the action.

    Raises:
        UsernameTaken: the username or e-mail address is in use.
    """
    if Staff.objects.filter(username__iexact=username).exists() or Staff.objects.filter(email__iexact=email).exists():
        raise UsernameTaken
    staff = Staff(username=username, name=name, email=email, role=role, password_is_first=not own_password)
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
    _tell(actor, staff, Notice.Kind.ROLE, now)
    touch("staff", staff.pk, before=before, after=str(role))


@action("reset second factor")
def reset_second_factor(actor: Actor, staff_id: int, *, now: datetime) -> None:
    """Remove somebody's second factor; their sessions end and the next sign-in enrols a new one."""
    staff = _another(actor, staff_id)
    Authenticator.objects.filter(user_id=staff.pk).delete()
    staff.session_stamp += 1
    staff.save(update_fields=["session_stamp"])
    _tell(actor, staff, Notice.Kind.SECOND_FACTOR, now)
    touch("staff", staff.pk)


@action("change access")
def change_access(actor: Actor, staff_id: int, *, open_account: bool, now: datetime) -> None:
    """Close somebody's account or open it again; a closed one's sessions end at once."""
    staff = _another(actor, staff_id)
    staff.is_active = open_account
    staff.session_stamp += 1
    staff.save(update_fields=["is_active", "session_stamp"])
    if open_account:
        _tell(actor, staff, Notice.Kind.ACCESS, now)
    touch("staff", staff.pk, open=open_account)


@action("give password")
def give_password(actor: Actor, staff_id: int, password: str, *, now: datetime) -> None:
    """Give somebody a new first password; their sessions end, and the next sign-in begins with choosing their own."""
    staff = _another(actor, staff_id)
    staff.set_password(password)
    staff.password_is_first = True
    staff.session_stamp += 1
    staff.save(update_fields=["password", "password_is_first", "session_stamp"])
    _tell(actor, staff, Notice.Kind.PASSWORD, now)
    touch("staff", staff.pk)


@action("choose password")
def choose_password(actor: Actor, password: str, *, now: datetime) -> Staff:
    """Change one's own password; all other sessions of the person end.

    Raises:
        SamePassword: it is the one they have.
    """
    staff = Staff.objects.select_for_update().get(pk=actor.person)
    if staff.check_password(password):
        raise SamePassword
    first, staff.password_is_first = staff.password_is_first, False
    staff.set_password(password)
    staff.save(update_fields=["password", "password_is_first"])
    touch("staff", staff.pk, first=first)
    return staff


@action("read notice")
def read_notice(actor: Actor, notice_id: int, *, now: datetime) -> None:
    """Take a notice of one's own off the first page."""
    notice = Notice.objects.select_for_update().get(pk=notice_id, staff_id=actor.person)
    if notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    touch("notice", notice.pk, kind=notice.kind)


def _tell(actor: Actor, staff: Staff, kind: Notice.Kind, now: datetime) -> None:
    """Leave a notice, so that a change to somebody's account is never silent."""
    Notice.objects.create(staff=staff, kind=kind, by=actor.name, at=now)


def _another(actor: Actor, staff_id: int) -> Staff:
    if actor.staff_id == staff_id:
        raise OwnAccount
    return Staff.objects.select_for_update().get(pk=staff_id)
