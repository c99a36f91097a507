"""The mail on the board: every mailbox's one slot, in files that only the first bits of a mailbox's id choose.

A reader fetches one file, not all of them, and says by it no more than a few bits of an id that thousands could share:
there are only as many files as leave 64 slots and more in each. All of it is made anew every day.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lastpiece.tell.mailbox import BatchDamaged, Mailbox, ReplyForStranger, make_batch, read_batch
from lastpiece.tell.report import MAILBOX_ID_BYTES, MailboxAddress

LAYOUT = "mail.json"
MOST_BITS = 12
_FEWEST = 48
"""Mailboxes a file on average below which files are put together; they are parted at twice 64."""
_ENOUGH = 64
_ID_BITS = 8 * MAILBOX_ID_BYTES


@dataclass(frozen=True, slots=True)
class MailLayout:
    """How today's mail is parted: by the first `bits` bits of a mailbox's id, 0 to 12."""

    bits: int
    day: date

    def encode(self) -> bytes:
        """Return `mail.json`."""
        return json.dumps({"bits": self.bits, "day": self.day.isoformat()}, separators=(",", ":")).encode("ascii")

    @classmethod
    def decode(cls, content: bytes) -> "MailLayout":
        """Read `mail.json`.

        Raises:
            BatchDamaged: it is not one.
        """
        try:
            body = json.loads(content)
            bits, day = body["bits"], date.fromisoformat(body["day"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BatchDamaged from None
        if type(bits) is not int or not 0 <= bits <= MOST_BITS:
            raise BatchDamaged
        return cls(bits, day)

    @property
    def buckets(self) -> tuple[str, ...]:
        """The names of all buckets, in order."""
        return tuple(_name(number, self.bits) for number in range(1 << self.bits))

    def bucket_of(self, mailbox_id: bytes) -> str:
        """Return the bucket of a 16-byte mailbox id: its first bits as a hexadecimal number."""
        return _name(int.from_bytes(mailbox_id) >> (_ID_BITS - self.bits), self.bits)


def bits_for(mailboxes: int, before: int = 0) -> int:
    """Return how many bits part so many mailboxes, changing from `before` only when files grow or shrink far enough.

    A mailbox therefore stays in the same file from day to day, and a coming or going moves none of the others.
    """
    bits = min(max(before, 0), MOST_BITS)
    while bits and mailboxes < _FEWEST << bits:
        bits -= 1
    while bits < MOST_BITS and mailboxes >= _ENOUGH << (bits + 1):
        bits += 1
    return bits


def document_of(bucket: str) -> str:
    """Return the name on the board of a bucket's file."""
    return f"mail-{bucket}.bin"


def is_mail(document: str) -> bool:
    """Tell whether a document of the board belongs to the mail, today's or an older layout's."""
    return document == LAYOUT or document.startswith("mail-")


def make_mail(
    replies_by_mailbox: Mapping[bytes, bytes], mailboxes: Iterable[MailboxAddress], layout: MailLayout
) -> dict[str, bytes]:
    """Return the documents of one day's mail: the layout, and a file for every bucket, however few are in it.

    Raises:
        ReplyForStranger: a reply is for a mailbox that is not in `mailboxes`.
        ReplyTooLong: a reply is not of the sealed size.
    """
    parted: dict[str, list[MailboxAddress]] = {bucket: [] for bucket in layout.buckets}
    known = set()
    for address in mailboxes:
        parted[layout.bucket_of(address.id)].append(address)
        known.add(address.id)
    if not replies_by_mailbox.keys() <= known:
        raise ReplyForStranger
    documents = {LAYOUT: layout.encode()}
    for bucket, addresses in parted.items():
        own = {box.id: replies_by_mailbox[box.id] for box in addresses if box.id in replies_by_mailbox}
        documents[document_of(bucket)] = make_batch(own, addresses)
    return documents


def read_mail(documents: Mapping[str, bytes], mailbox: Mailbox) -> tuple[str, ...]:
    """Return a mailbox's messages, newest first: none if there is none, or if no mail was ever posted.

    Raises:
        BatchDamaged: the layout or the file it names is missing or damaged.
    """
    layout = documents.get(LAYOUT)
    if layout is None:
        return ()
    batch = documents.get(document_of(MailLayout.decode(layout).bucket_of(mailbox.id)))
    if batch is None:
        raise BatchDamaged
    return read_batch(batch, mailbox)


def _name(number: int, bits: int) -> str:
    return f"{number:0{max(1, -(-bits // 4))}x}"
