"""A campaign of weeks of action, each with its theme."""

from django.db import models


class Campaign(models.Model):
    """A campaign that the public follows week by week."""

    name = models.CharField(max_length=120, unique=True)
    strapline = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class CampaignWeek(models.Model):
    """One week, from `starts_on` up to but not including `ends_on`."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="weeks")
    number = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("campaign_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="week_number"),
            models.CheckConstraint(condition=models.Q(ends_on__gt=models.F("starts_on")), name="week_has_days"),
        )

    def __str__(self) -> str:
        return f"Week {self.number}: {self.theme}"
