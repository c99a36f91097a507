"""An alert: what a named person must see now, a report or a disk that fills, and everybody who was paged about it."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.report import Report


class AlertKind(models.TextChoices):
    """What an alert is about; it says whose duty it is."""

    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    CHILD_HARM = "child_harm", "Harm to a child"
    UNREAD = "unread", "In another language: nobody could look for danger"
    UNREAD_CHILD = "unread_child", "By a child in another language: nobody could look for danger"
    ROOM = "room", "Room is running out"


UNREAD_KINDS = (AlertKind.UNREAD, AlertKind.UNREAD_CHILD)
"""Raised for what our lists cannot read; over when a person has it or has opened the report."""


class Alert(models.Model):
    """Open until somebody says that they have it.

    One about a report is raised in the transaction that takes the report in; one about room by the collector, and it
    also ends when there is room again.
    """

    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="alerts")
    """The report it is about; none for `AlertKind.ROOM`."""
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    why = models.CharField(max_length=200, blank=True)
    """Entries of our own word lists that were found, never the teller's sentence; its language; or what runs out."""
    about = models.CharField(max_length=20, blank=True)
    """Which room it is that runs out."""
    raised_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    """When there was room again."""
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("raised_at", "id")
        constraints = (models.UniqueConstraint(fields=("report", "kind"), name="alert_once"),)
        indexes = (models.Index(fields=("acknowledged_at", "raised_at"), name="alert_open"),)

    def __str__(self) -> str:
        return f"Alert {self.pk}"

    @property
    def is_unread(self) -> bool:
        """Return whether it was raised because our lists cannot read the report's language."""
        return self.kind in UNREAD_KINDS


class Paging(models.Model):
    """One try to reach one person about one alert, in one way."""

    class Way(models.TextChoices):
        """How the person was to be reached."""

        COMMAND = "command", "pager"
        MAIL = "mail", "e-mail"
        NONE = "none", "no way"

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="pagings")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None when there was nobody to page."""
    turn = models.PositiveSmallIntegerField()
    """0 for the first round, and one more each time nobody had it."""
    way = models.CharField(max_length=7, choices=Way.choices)
    at = models.DateTimeField()
    sent = models.BooleanField()
    why = models.CharField(max_length=120, blank=True)
    """Why it was not sent; a sentence of ours."""

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("alert", "at"), name="paging_alert"),)

    def __str__(self) -> str:
        return f"Paging {self.pk}"
