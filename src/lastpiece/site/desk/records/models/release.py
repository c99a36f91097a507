"""A release: the exact public page, drafted by one person and approved by another."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.campaign import Campaign


class Release(models.Model):
    """The public document's bytes as they were drafted; approving and publishing change no byte."""

    class State(models.TextChoices):
        """How far it has got."""

        DRAFTED = "drafted", "Waiting for a second person"
        APPROVED = "approved", "Approved, waiting to be published"
        PUBLISHED = "published", "Published"
        REFUSED = "refused", "Refused"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="releases")
    document = models.BinaryField()
    digest = models.CharField(max_length=64)
    """SHA-256 of `document`, in hex: what the second person approves."""
    held_back = models.JSONField(default=list)
    """`[week, key, label, why]` for each figure the public does not see; for the desk only."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFTED)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refused_why = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    board_serial = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("drafted_by")),
                name="release_needs_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"Release {self.pk}"
