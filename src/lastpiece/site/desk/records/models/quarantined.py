"""Sealed files that could not be opened and lie in the spool's quarantine."""

from django.db import models


class Quarantined(models.Model):
    """One sealed file, under its random name: why it was set aside, and when. Deleted with the file, never alone."""

    name = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "quarantined"
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"Quarantined {self.pk}"
