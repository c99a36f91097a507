"""What came of a week of action, entry by entry; early figures and final ones are both kept."""

from django.conf import settings
from django.db import models

from lastpiece.results.outcomes import KINDS, Entry
from lastpiece.site.desk.records.models.campaign import CampaignWeek


class Outcome(models.Model):
    """One entry. It is never changed: a later one replaces it."""

    class Status(models.TextChoices):
        """Whether it is still being weighed and counted."""

        PROVISIONAL = "provisional", "Provisional"
        FINAL = "final", "Final"

    week = models.ForeignKey(CampaignWeek, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=30)
    four_p = models.CharField(max_length=10)
    detail = models.CharField(max_length=30, blank=True)
    measure = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=11, choices=Status.choices)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    note = models.CharField(max_length=200, blank=True)
    """Why it replaces another, or where the figure comes from; for the desk only."""
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("week_id", "id")
        constraints = (models.CheckConstraint(condition=models.Q(amount__gte=0), name="outcome_not_negative"),)

    def __str__(self) -> str:
        return f"Outcome {self.pk}"

    @property
    def entry(self) -> Entry:
        """Return the outcome as the engine sees it."""
        return Entry(
            id=self.pk,
            kind=self.kind,
            amount=self.amount,
            detail=self.detail,
            measure=self.measure,
            status="final" if self.status == self.Status.FINAL else "provisional",
            replaces=self.replaces_id,
        )

    @property
    def label(self) -> str:
        """Return what it counts, in words."""
        kind = KINDS[self.kind]
        return f"{kind.label}: {kind.details[self.detail]}" if self.detail else kind.label

    @property
    def shown(self) -> str:
        """Return the amount with its measure, as people read it."""
        amount = f"{self.amount:,.2f}".removesuffix(".00")
        return f"£{amount}" if self.measure == "£" else f"{amount} {self.measure}"
