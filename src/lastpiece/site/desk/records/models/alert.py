"""An alert: a report that a named person must see now, and everybody who was paged about it."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.report import Report


class AlertKind(models.TextChoices):
    """What an alert is about; it says whose duty it is."""

    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    CHILD_HARM = "child_harm", "Harm to a child"


class Alert(models.Model):
    """Raised in the transaction that takes the report in; open until somebody says that they have it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    why = models.CharField(max_length=200, blank=True)
    """Entries of our own word lists that were found; never the teller's sentence."""
    raised_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("raised_at", "id")
        constraints = (models.UniqueConstraint(fields=("report", "kind"), name="alert_once"),)
        indexes = (models.Index(fields=("acknowledged_at", "raised_at"), name="alert_open"),)

    def __str__(self) -> str:
        return f"Alert {self.pk}"


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
