"""Reports whose words look alike: kept as sketches that say nothing without the desk's storage key."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.report import Report


class AlikeSketch(models.Model):
    """The sketch of one report's words (`lastpiece.assess.alike`) and the report that stands for its group.

    `first` is the report itself as long as nothing like it came before. Groups only order the queue: nothing is
    joined, and what counts as one source is as it was.
    """

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="sketch")
    minima = models.BinaryField()
    said = models.CharField(max_length=32, db_index=True)
    """A digest under the desk's key: equal for reports that say the very same, word for word."""
    alone = models.CharField(max_length=40, blank=True)
    """Why it may never be set aside with others (`lastpiece.assess.alone`), with commas between."""
    first = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="look_alikes")

    def __str__(self) -> str:
        return f"Sketch of report {self.pk}"


class AlikeBand(models.Model):
    """One band of the sketch of a group's first report: where a look-alike is looked up."""

    digest = models.CharField(max_length=24, db_index=True)
    first = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Band {self.pk}"


class GroupSetAside(models.Model):
    """One act of setting aside what waits of a group, so that it can be undone as one."""

    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    reports = models.ManyToManyField(Report, related_name="set_aside_together")

    class Meta:
        verbose_name_plural = "groups set aside"

    def __str__(self) -> str:
        return f"Group set aside {self.pk}"
