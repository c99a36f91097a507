"""A report as it waits, is assessed and is done with. Its words are in `SealedOriginal` only."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.languages import name_of
from lastpiece.site.desk.records.models.mailbox import Mailbox


class Report(models.Model):
    """What was told, without a word of it.

    Times are days: at one report an hour, anything finer would point at the teller.
    """

    class Kind(models.TextChoices):
        """What the teller sent."""

        REPORT = "report", "Report"
        FEEDBACK = "feedback", "Feedback about the site"
        MESSAGE = "message", "Message about an earlier report"

    class State(models.TextChoices):
        """How far the desk has got with it."""

        WAITING = "waiting", "Waiting"
        ASSESSING = "assessing", "Being assessed"
        ASSESSED = "assessed", "Assessed"
        SET_ASIDE = "set_aside", "Set aside"

    class Priority(models.IntegerChoices):
        """The order of the queue; a list of words proposes it, a person may change it."""

        THREAT_TO_LIFE = 1, "Threat to life"
        CHILD_HARM = 2, "Harm to a child"
        UNREAD = 3, "In another language"
        ROUTINE = 4, "Routine"

    nonce = models.BinaryField(unique=True)
    """Chosen by the teller's sealing; importing the same one twice adds nothing."""
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REPORT)
    channel = models.CharField(max_length=20)
    form_version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=40, default="en")
    """BCP-47 code of the page it was told on, or of what it was written down in; `und` where nobody named one."""
    lists_read = models.BooleanField(default=True)
    """Our word lists could read it: told in English, and plainly in English."""
    told_on = models.DateField()
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.ROUTINE)
    priority_why = models.CharField(max_length=200, blank=True)
    """Entries of our own word list that were found, or its language; never the teller's sentence."""
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="reports")
    source_key = models.CharField(max_length=64)
    """Equal for reports that must count as one source: a hash of the mailbox, or unique to the report."""
    by_child = models.BooleanField(default=False)
    """Its words, or the door they came by, show that a child may have told it; then child rules hold for its source."""
    harm_if_child = models.CharField(max_length=200, blank=True)
    """Entries of our own list that call the safeguarding lead if the teller is, or turns out to be, a child."""
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    set_aside_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("priority", "told_on", "id")
        indexes = (
            models.Index(fields=("kind", "state", "priority", "told_on"), name="report_queue"),
            models.Index(fields=("source_key",), name="report_source"),
        )

    def __str__(self) -> str:
        return f"Report {self.pk}"

    @property
    def unread_language(self) -> str:
        """Return the name of a language that our lists cannot read, empty when they could read the report."""
        return "" if self.lists_read else name_of(self.language)
