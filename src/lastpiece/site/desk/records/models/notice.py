"""What a person must be told about their own account because somebody else changed it."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """Shown on the first page until the person says that they have read it."""

    class Kind(models.TextChoices):
        """What was done to the account."""

        PASSWORD = "password", "gave you a new first password"
        SECOND_FACTOR = "second_factor", "removed your second factor"
        ROLE = "role", "changed your role"
        ACCESS = "access", "opened your account again"

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"Notice {self.pk}"
