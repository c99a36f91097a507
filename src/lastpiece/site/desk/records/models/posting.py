"""The index that finds what a new piece could fit without looking at every piece."""

from django.db import models

from lastpiece.site.desk.records.models.mention import Mention


class Posting(models.Model):
    """One feature of one piece: an exact form, a sound, a few letters in a row (`lastpiece.fit.candidates`)."""

    feature = models.CharField(max_length=320)
    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="postings")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("feature", "mention"), name="posting_once"),)

    def __str__(self) -> str:
        return f"Posting {self.pk}"
