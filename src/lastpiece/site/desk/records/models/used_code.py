"""Second-factor codes that were used, for as long as they could be right."""

from django.conf import settings
from django.db import models


class UsedCode(models.Model):
    """One code of one person, as a keyed hash: kept in the database, so that a restart forgets none."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"Used code {self.pk}"
