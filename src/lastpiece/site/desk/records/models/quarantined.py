"""Sealed files that could not be opened and lie in the spool's quarantine."""

from django.db import models


class Quarantined(models.Model):
    """One sealed file, under its random name: why it was set aside, and when. Deleted with the file, never alone."""

    class State(models.TextChoices):
        """What may yet become of it."""

        NEVER = "never", "its key is here, and the seal does not open: it can never be read"
        UNREAD = "unread", "the seal opened, and what is inside is nothing this version reads"
        AWAY = "away", "its key is away or unknown: it may be a true report"

    name = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.AWAY, db_index=True)
    size = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "quarantined"
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"Quarantined {self.pk}"
