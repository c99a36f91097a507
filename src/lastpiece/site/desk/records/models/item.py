"""An item of information: one thing that stands alone, sanitised, with its own 3x5x2 grade."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.report import Report
from lastpiece.values.grade import Grade, Handling, Information, Source


class Item(models.Model):
    """What the desk may work with and, under its conditions, share. Never the teller's own words."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    source_grade = models.CharField(max_length=1, choices=[(mark.value, mark.name) for mark in Source])
    information_grade = models.CharField(max_length=1, choices=[(mark.value, mark.name) for mark in Information])
    handling_code = models.CharField(max_length=1, choices=[(mark.value, mark.name) for mark in Handling])
    conditions = models.JSONField(default=list)
    """Handling conditions, each a sentence: not codes, because forces' codes differ."""
    generalised = models.JSONField(default=list)
    """What sanitising took out, in words that do not say it again."""
    seen_on = models.DateField(null=True)
    """The day the information speaks of, when it speaks of one."""
    subject_notes = models.TextField(blank=True)
    """What must be known about the people named, such as that one of them is a child."""
    source_key = models.CharField(max_length=64, db_index=True)
    review_on = models.DateField(db_index=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("report_id", "number")
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="item_number"),)

    def __str__(self) -> str:
        return f"Item {self.reference}"

    @property
    def reference(self) -> str:
        """Return the number people quote: `report.item`."""
        return f"{self.report_id}.{self.number}"

    @property
    def grade(self) -> Grade:
        """Return the 3x5x2 grade."""
        return Grade(Source(self.source_grade), Information(self.information_grade), Handling(self.handling_code))
