"""How django-allauth and django-axes are bent to the desk's rules."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.http import HttpRequest

from lastpiece.site.desk.records.actions.signing_in import code_was_used, spend_code
from lastpiece.site.desk.records.models import Staff
from lastpiece.site.desk.storage import hide_secret, keyed_digest, show_secret


class SignInForm(LoginForm):
    """Allauth's form without its link to a password reset, which the desk does not have."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class CodeForm(AuthenticateForm):
    """Allauth's form, but a code works once for as long as it is a right one; allauth forgets it after 30 seconds."""

    def clean_code(self) -> str:
        """Return the code, unless it is wrong or was used before."""
        digest = _digest(self.user, self.cleaned_data["code"])
        if code_was_used(digest, good_for=_good_for(), now=_now()):
            raise self._refusal()
        code = str(super().clean_code())
        if not spend(self.user, code):  # two requests at once with one code
            raise self._refusal()
        return code

    def _refusal(self) -> Exception:
        refusal: Exception = DeskSecondFactors().validation_error("incorrect_code")
        return refusal


class EnrolForm(ActivateTOTPForm):
    """Allauth's form, but the code that enrols opens nothing afterwards."""

    def clean_code(self) -> str:
        """Return the code and count it as used."""
        code = str(super().clean_code())
        spend(self.user, code)
        return code


def spend(staff: Staff, code: str) -> bool:
    """Count a code as used for as long as it could be right; return False when it was used before."""
    return spend_code(staff, _digest(staff, code), good_for=_good_for(), now=_now())


def _good_for() -> timedelta:
    return timedelta(seconds=app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1))


def _digest(staff: Staff, code: str) -> bytes:
    digits = "".join(character for character in code if character.isalnum())
    return keyed_digest(b"used code", f"{staff.pk}:{digits[:20]}".encode())


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a sign-in reads the clock


class DeskAccounts(DefaultAccountAdapter):
    """Accounts are made by an administrator; nobody signs up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Return False."""
        return False

    def add_message(self, *_args: object, **_options: object) -> None:
        """Say nothing: the page that follows shows that it worked."""


class DeskSecondFactors(DefaultMFAAdapter):
    """Second-factor secrets are enciphered with the desk's storage key."""

    def get_totp_issuer(self) -> str:
        """Return the name that authenticator apps show."""
        return "Lastpiece desk"

    def get_totp_label(self, user: Staff) -> str:
        """Return the account name that authenticator apps show."""
        return user.username

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return hide_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret that was stored."""
        return show_secret(encrypted_text)


def username_to_lock(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the account that failed sign-ins count against, whether its name or its e-mail was typed.

    For a name that is no account it is a keyed hash: people type passwords into the wrong box, and no table and no log
    may hold one. Either is counted alike, so that a lock says nothing of which accounts there are.
    """
    typed = ""
    if credentials:
        typed = credentials.get("username") or credentials.get("email") or ""
    elif request is not None:
        typed = request.POST.get("login", "")
    typed = str(typed).strip().lower()[:150]
    by = {"email__iexact": typed} if "@" in typed else {"username__iexact": typed}
    known = Staff.objects.filter(**by).values_list("username", flat=True).first()
    return known.lower() if known else "unknown-" + keyed_digest(b"typed name", typed.encode()).hex()[:24]
