"""What the engine proposes: that a piece belongs to a known thing, with the score taken apart."""

from django.db import models

from lastpiece.site.desk.records.models.mention import Mention


class Proposal(models.Model):
    """One link for a person to judge: `mention` may be the same thing as `candidate`.

    `candidate` is a piece of the thing proposed, so the proposal still means the same after things were joined or
    taken apart. `bits` weighs this link; no number here or anywhere weighs a person.
    """

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="proposals")
    candidate = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="proposed_for")
    bits = models.FloatField()
    parts = models.JSONField(default=list)
    """The reasons that sum to `bits`: objects with `feature`, `bits`, `sentence` and `items`."""
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("mention", "candidate"), name="proposal_pair"),)
        indexes = (models.Index(fields=("-bits", "id"), name="proposal_strength"),)

    def __str__(self) -> str:
        return f"Proposal {self.pk}"
