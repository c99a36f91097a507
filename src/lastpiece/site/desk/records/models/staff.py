"""The people who work at the desk, each with one role."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac


class Role(models.TextChoices):
    """What a member of staff may do; `lastpiece.site.desk.permissions` says which pages that is."""

    INTAKE_ASSESSOR = "intake_assessor", "Intake assessor"
    SAFEGUARDING_LEAD = "safeguarding_lead", "Safeguarding lead"
    CALL_TAKER = "call_taker", "Call taker or outreach"
    ANALYST = "analyst", "Analyst"
    PUBLISHER = "publisher", "Publisher"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class Staff(AbstractBaseUser):
    """A member of staff; one role each, so that nobody can both do and approve by accident."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    session_stamp = models.PositiveIntegerField(default=0)
    """Raised to end every session of this person at once."""
    password_is_first = models.BooleanField(default=False)
    """Somebody else chose the password; the next sign-in begins with choosing another."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email", "role"]

    objects = BaseUserManager()

    class Meta:
        verbose_name_plural = "staff"
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own hash changes with the password only; ours also with the stamp, so that
        # resetting a second factor ends the sessions that stood on the old one.
        salt = "lastpiece.site.desk.records.models.staff.Staff"
        return salted_hmac(salt, f"{self.password}:{self.session_stamp}", secret=secret, algorithm="sha256").hexdigest()
