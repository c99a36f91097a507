"""Messages between the desk and a teller: templates out, words back in."""

from django.conf import settings
from django.db import models

from lastpiece.site.desk.records.models.mailbox import Mailbox
from lastpiece.site.desk.records.models.report import Report


class Message(models.Model):
    """One message through a mailbox, tied to the report it is about."""

    class Direction(models.TextChoices):
        """Which way it goes."""

        OUT = "out", "To the teller"
        IN = "in", "From the teller"

    class State(models.TextChoices):
        """How far it has got; a message from the teller is `received`."""

        DRAFTED = "drafted", "Drafted"
        RELEASED = "released", "Released"
        SENT = "sent", "Sent"
        REFUSED = "refused", "Not released"
        RECEIVED = "received", "Received"

    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.PROTECT, related_name="messages")
    """None for what a teller wrote before the mailbox was deleted or ended."""
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    template_id = models.CharField(max_length=40, blank=True)
    sealed_slots = models.BinaryField(null=True)
    """The filled slots, which hold the teller's own words: enciphered with the report's data key."""
    told_in = models.OneToOneField(Report, null=True, on_delete=models.PROTECT, related_name="as_message")
    """For a message from the teller: the report-like record that holds its sealed words."""
    why = models.CharField(max_length=300, blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    released_on = models.DateField(null=True)
    sent_on = models.DateField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("direction", "state"), name="message_state"),)

    def __str__(self) -> str:
        return f"Message {self.pk}"
