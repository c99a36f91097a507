"""You said, we did: what people in one area said, and what was done about it."""

from django.conf import settings
from django.db import models


class YouSaidWeDid(models.Model):
    """One pair, written by a person for the public. Its area is never so small that a teller could be guessed."""

    area = models.CharField(max_length=80)
    said = models.CharField(max_length=300)
    did = models.CharField(max_length=300)
    month = models.DateField()
    """The first day of the month it is told for."""
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("-month", "area", "id")
        verbose_name_plural = "you said, we did"

    def __str__(self) -> str:
        return f"You said, we did {self.pk}"
