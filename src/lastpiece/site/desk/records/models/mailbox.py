"""A teller's mailbox, as far as the desk can know it: an address, never the words that open it."""

from django.db import models


class Mailbox(models.Model):
    """Where answers to one teller go. Two reports with the same mailbox come from one source."""

    address = models.BinaryField(unique=True)
    reply_public_key = models.BinaryField()

    class Meta:
        verbose_name_plural = "mailboxes"

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"
