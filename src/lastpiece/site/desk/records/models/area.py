"""Small areas of the county: their names and outlines, for the map of crimes."""

from django.db import models


class Area(models.Model):
    """A small area, such as a lower-layer super output area (LSOA)."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    rings = models.JSONField()
    """Outlines as `[[[longitude, latitude], …], …]`, WGS 84 degrees; holes are rings like the others."""

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
