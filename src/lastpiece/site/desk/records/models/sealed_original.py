"""The teller's own words, sealed apart from everything else, and the keys that open them.

The text of each report is enciphered with its own data key; the data key is wrapped by the desk's
storage key and kept alone in one small table. Deleting the wrapped key deletes the text, in every
copy of the database that is written from then on, whatever SQLite's log still holds.
"""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.report import Report


class SealedOriginal(models.Model):
    """The enciphered answers of one report."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="original")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"Original of report {self.pk}"


class DataKey(models.Model):
    """The wrapped key of one report's text."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="data_key")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return f"Key of report {self.pk}"


class Opening(models.Model):
    """A member of staff has an original open: one at a time, with a reason, until closed or timed out."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="openings")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("staff",), condition=models.Q(closed_at__isnull=True), name="one_original_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"Opening {self.pk} of report {self.report_id}"
