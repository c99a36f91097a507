"""Where an imported report came from, and the grade it arrived with."""

from django.db import models

from lastpiece.site.desk.records.models.report import Report


class ImportedReport(models.Model):
    """One row of somebody else's file. Its words are sealed like those of a told report."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="imported")
    file_name = models.CharField(max_length=200)
    line = models.PositiveBigIntegerField()
    their_reference = models.CharField(max_length=80, blank=True)
    content_digest = models.BinaryField(max_length=32)
    """Keyed digest of the row, to notice that the same reference came with other words."""
    grade = models.CharField(max_length=3, blank=True)
    """The 3x5x2 grade proposed for its items; a person decides."""
    mapped_from = models.CharField(max_length=12, blank=True)
    """The old 5x5x5 grade it was mapped from, when it was."""
    conditions = models.JSONField(default=list)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Imported report {self.pk}"
