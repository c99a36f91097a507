"""What a named person said about two pieces. Rows are taken back, never overwritten and never deleted."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.mention import Mention
from lastpiece.site.desk.records.models.proposal import Proposal


class Judgement(models.Model):
    """One decision about two mentions, the lower number first."""

    class Verdict(models.TextChoices):
        """What the person decided; the same words as `lastpiece.fit.judgement.Verdict`."""

        SAME = "same", "Same"
        DIFFERENT = "different", "Different"
        UNSURE = "unsure", "Not sure"

    left = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="judged_as_left")
    right = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="judged_as_right")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)
    """Why, in the person's words, when they gave any."""
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="judgements")
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        # Two people may contradict each other; one person says one thing about two pieces at a time.
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="judgement_lower_first"),
            models.UniqueConstraint(
                fields=("left", "right", "by"), condition=models.Q(undone_at=None), name="judgement_once_each"
            ),
        )
        indexes = (models.Index(fields=("by", "undone_at", "at"), name="judgement_by"),)

    def __str__(self) -> str:
        return f"Judgement {self.pk}"
