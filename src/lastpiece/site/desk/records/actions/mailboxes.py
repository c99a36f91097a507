"""Mailboxes end: when their teller says so, or when nothing went through them for long.

What is deleted is the way to answer: address, key and every message to the teller. What the teller told stays with the
desk, and still counts as one source, because a report keeps a hash of its mailbox and nothing that leads back to it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.intake import source_key
from lastpiece.site.desk.records.models import ClosedMailbox, Mailbox, Message, Report
from lastpiece.tell.report import Report as Told


@action("close mailbox")
def close_mailbox(actor: Actor, told: Told, *, now: datetime) -> bool:
    """Delete the mailbox a teller asks to have deleted; return whether there was one.

    Only who has the words can name the mailbox, so the asking needs no further proof. The same asking again, or one for
    a mailbox that never was, changes nothing.
    """
    if told.mailbox is None:
        raise ValueError("A wish to close names its mailbox.")  # `Report.decode` lets no other through
    key = source_key(told)
    ClosedMailbox.objects.get_or_create(source_key=key)
    boxes = Mailbox.objects.filter(address=told.mailbox.id)
    messages = _delete_messages(boxes.values_list("pk", flat=True))
    known = boxes.delete()[0] > 0
    touch("mailbox", key, messages=messages, known=known)
    return known


@action("expire mailboxes")
def expire_mailboxes(actor: Actor, *, after_days: int, now: datetime) -> int:
    """Delete mailboxes through which nothing went for `after_days` days, and return how many."""
    unused = Mailbox.objects.filter(last_used_on__lt=timezone.localdate(now) - timedelta(days=after_days))
    ended = list(unused.values_list("pk", flat=True))
    messages = _delete_messages(ended)
    Mailbox.objects.filter(pk__in=ended).delete()
    touch("mailboxes", len(ended), messages=messages)
    return len(ended)


def _delete_messages(mailboxes: Iterable[int]) -> int:
    """Delete all messages to the tellers of these mailboxes, untie what they wrote, and return how many went."""
    ids = list(mailboxes)
    deleted = Message.objects.filter(mailbox_id__in=ids, direction=Message.Direction.OUT).delete()[0]
    Message.objects.filter(mailbox_id__in=ids).update(mailbox=None)
    Report.objects.filter(mailbox_id__in=ids).update(mailbox=None)
    return deleted
