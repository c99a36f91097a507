"""The daily mail: one sealed slot for every mailbox, so that having mail shows nowhere."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from lastpiece.site.desk.records.actions.answering import text_of
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Mailbox, Message
from lastpiece.site.desk.records.queries.originals import OriginalDeleted
from lastpiece.tell.hybrid import KeyWrong
from lastpiece.tell.mailbox import ReplyTooLong, make_batch, seal_replies
from lastpiece.tell.report import MailboxAddress

KEPT_FOR = timedelta(days=28)
"""A batch carries the answers of four weeks, so that somebody who looks once a week misses none."""


@dataclass(frozen=True, slots=True)
class Post:
    """One day's batch as it stands on the board."""

    name: str
    batch: bytes = field(repr=False)
    messages: int


@action("post mail")
def post_mail(actor: Actor, *, now: datetime) -> Post:
    """Return today's batch and mark what it carries as sent; asking again gives the same messages again.

    The batch is safe to publish twice or to lose: the next one carries the same answers for four weeks.
    """
    today = timezone.localdate(now)
    due = Message.objects.filter(
        direction=Message.Direction.OUT,
        state__in=(Message.State.RELEASED, Message.State.SENT),
        released_on__gt=today - KEPT_FOR,
    ).select_related("report", "mailbox")
    by_mailbox: dict[int, list[Message]] = defaultdict(list)
    for message in due.order_by("-released_on", "-id"):
        by_mailbox[message.mailbox_id].append(message)
    addresses = {box.pk: _address(box) for box in Mailbox.objects.all()}
    replies = {
        addresses[box].id: sealed
        for box, messages in by_mailbox.items()
        if (sealed := _slot(messages, addresses[box])) is not None
    }
    batch = make_batch(replies, addresses.values())
    Message.objects.filter(pk__in=[message.pk for message in due], state=Message.State.RELEASED).update(
        state=Message.State.SENT, sent_on=today
    )
    name = f"mail-{today.isoformat()}.bin"
    touch("mail", name, messages=len(due), mailboxes=len(addresses))
    return Post(name, batch, len(due))


def _address(box: Mailbox) -> MailboxAddress:
    return MailboxAddress(bytes(box.address), bytes(box.reply_public_key))


def _slot(messages: list[Message], address: MailboxAddress) -> bytes | None:
    """Seal as many messages as fit, the newest first; None when the address is one that nothing can be sealed to."""
    texts: list[str] = []
    for message in messages:
        try:
            texts.append(text_of(message))
        except OriginalDeleted:
            continue  # the teller's words are gone, and the message that held them with them
    while True:
        try:
            return seal_replies(texts, address)
        except ReplyTooLong:
            texts.pop()
        except KeyWrong:
            return None
