"""Crimes as the police publish them: by month, at a snapped place, in a small area."""

from django.db import models


class Crime(models.Model):
    """One row of a street file of data.police.uk. Never more exact than what was published."""

    identity = models.BinaryField(unique=True, max_length=16)
    """Which published row it is, so that importing it twice adds nothing (`values/crime.py`)."""
    crime_id = models.CharField(max_length=64, blank=True)
    month = models.DateField()
    """The first day of the month; nothing finer is published."""
    crime_type = models.CharField(max_length=60)
    area_code = models.CharField(max_length=20, blank=True)
    area_name = models.CharField(max_length=120, blank=True)
    location = models.CharField(max_length=160, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    outcome = models.CharField(max_length=120, blank=True)
    force = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("month", "crime_type", "area_code"), name="crime_map"),
            models.Index(fields=("area_code", "month", "crime_type"), name="crime_area"),
        )

    def __str__(self) -> str:
        return f"{self.crime_type}, {self.month:%Y-%m}"
