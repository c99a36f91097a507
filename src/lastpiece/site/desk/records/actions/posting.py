"""The daily mail: one sealed slot for every mailbox, so that having mail shows nowhere.

A slot holds the whole thread, the newest first, for as long as the mailbox lasts: a teller who looks once in two months
misses nothing, and no older file has to be kept.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from lastpiece.assess.questions import TEMPLATES
from lastpiece.site.desk.records.actions.answering import text_of
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Mailbox, Message, Role
from lastpiece.site.desk.records.queries.answers import may_be_child
from lastpiece.site.desk.records.queries.originals import OriginalDeleted
from lastpiece.tell.hybrid import KeyWrong
from lastpiece.tell.mail import MailLayout, bits_for, make_mail
from lastpiece.tell.mailbox import ReplyTooLong, seal_replies
from lastpiece.tell.report import MailboxAddress


@dataclass(frozen=True, slots=True)
class Post:
    """One day's mail as it stands on the board: documents by name, and how many messages they carry."""

    documents: dict[str, bytes] = field(repr=False)
    messages: int


@action("post mail")
def post_mail(actor: Actor, *, bits_before: int = 0, now: datetime) -> Post:
    """Return today's mail and mark what it carries as sent; asking again gives the same messages again.

    The mail is safe to publish twice or to lose: the next one carries the same messages. What was released to somebody
    who turned out to be a child since waits for release again. `bits_before` says how the
    mail on the board is parted, so that mailboxes stay in their files.
    """
    today = timezone.localdate(now)
    held_back = _hold_back()
    due = Message.objects.filter(
        direction=Message.Direction.OUT,
        state__in=(Message.State.RELEASED, Message.State.SENT),
        mailbox__isnull=False,
    ).select_related("report", "mailbox")
    by_mailbox: dict[int, list[Message]] = defaultdict(list)
    for message in due.order_by("-released_on", "-id"):
        by_mailbox[message.mailbox_id or 0].append(message)
    addresses = {box.pk: _address(box) for box in Mailbox.objects.all()}
    replies = {
        addresses[box].id: sealed
        for box, messages in by_mailbox.items()
        if (sealed := _slot(messages, addresses[box])) is not None
    }
    layout = MailLayout(bits_for(len(addresses), bits_before), today)
    documents = make_mail(replies, addresses.values(), layout)
    _mark_sent(due, now=now)
    touch("mail", today.isoformat(), messages=len(due), mailboxes=len(addresses), bits=layout.bits, held_back=held_back)
    return Post(documents, len(due))


def _hold_back() -> int:
    """Let wait for release what was not released for a child and would go to one; return how many."""
    released = Message.objects.filter(direction=Message.Direction.OUT, state=Message.State.RELEASED)
    held = [
        message.pk
        for message in released.select_related("report", "released_by")
        if message.report is not None and not for_a_child(message) and may_be_child(message.report)
    ]
    again = {"state": Message.State.DRAFTED, "released_by": None, "released_on": None}
    return Message.objects.filter(pk__in=held).update(**again)


def for_a_child(message: Message) -> bool:
    """Return whether a released message is one that a child may get, by the leave of the safeguarding lead."""
    lead = message.released_by is not None and message.released_by.role == Role.SAFEGUARDING_LEAD
    return lead and TEMPLATES[message.template_id].for_children


def _mark_sent(due: QuerySet[Message], *, now: datetime) -> None:
    """Say of what goes out for the first time that it is sent; it also keeps its mailbox alive."""
    today = timezone.localdate(now)
    first_time = [message for message in due if message.state == Message.State.RELEASED]
    Message.objects.filter(pk__in=[message.pk for message in first_time]).update(
        state=Message.State.SENT, sent_on=today
    )
    Mailbox.objects.filter(pk__in={message.mailbox_id for message in first_time}).update(last_used_on=today)


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
