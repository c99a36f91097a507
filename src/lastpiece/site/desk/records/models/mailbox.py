"""A teller's mailbox, as far as the desk can know it: an address, never the words that open it."""

from django.db import models


class Mailbox(models.Model):
    """Where answers to one teller go. Two reports with the same mailbox come from one source."""

    address = models.BinaryField(unique=True)
    reply_public_key = models.BinaryField()
    last_used_on = models.DateField()
    """The day the teller last wrote or an answer last went out; the mailbox ends so many days after it."""

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"


class ClosedMailbox(models.Model):
    """A mailbox its teller had deleted: only the hash by which its reports count as one source.

    What still comes from it, an older report that was waiting in the spool for one, never makes the mailbox again.
    """

    source_key = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "closed mailboxes"

    def __str__(self) -> str:
        return f"Closed mailbox {self.pk}"
