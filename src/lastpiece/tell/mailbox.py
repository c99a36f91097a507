"""A mailbox without an account: seven words make its id and its key, and every day every mailbox gets a slot.

The desk seals replies to the public key that came inside the report. The front holds batches it cannot read
(`tell.mail` says which mailbox is in which). In a batch each known mailbox has exactly one slot of 3,200 bytes,
filled or empty, under a tag that only the words give and that changes with every batch: "has mail" says nothing,
and no mailbox can be followed from day to day. Wrong words, no mail and mail take the same steps.
"""

import bisect
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nacl.pwhash import argon2id

from lastpiece.tell import hybrid
from lastpiece.tell.report import MAILBOX_ID_BYTES, MailboxAddress
from lastpiece.tell.seed import derive
from lastpiece.tell.words import known

_SALT = b"lastpiece/mail/1"
"""Sixteen bytes, as libsodium wants: in Python and in the browser's build of it alike."""
_MEMORY_BYTES = 7 * 1024 * 1024  # OWASP's fifth choice for Argon2id, as strong as its others (ADR 0057)
_PASSES = 5

_MAGIC = b"LPMAIL\x00\x01"
_SALT_BYTES = 16
_HEADER_BYTES = len(_MAGIC) + _SALT_BYTES + 4
_TAG_BYTES = 16
REPLY_BYTES = 2048
"""What one slot holds, padded: a two-byte length and the texts as a JSON list."""
_NOTHING = (b"\x00\x02[]").ljust(REPLY_BYTES, b"\x00")
SEALED_REPLY_BYTES = REPLY_BYTES + hybrid.OVERHEAD_BYTES
SLOT_BYTES = _TAG_BYTES + SEALED_REPLY_BYTES
SLOTS_STEP = 64
"""Batches are filled up with slots that nobody can open, to a multiple of this: the count of mailboxes is blurred."""


class ReplyTooLong(ValueError):
    """The reply does not fit the fixed slot."""

    def __init__(self) -> None:
        super().__init__("This reply is too long: a mailbox holds about 2,000 letters. Shorten it, or send part.")


class BatchDamaged(ValueError):
    """The file is not a whole batch of replies."""

    def __init__(self) -> None:
        super().__init__("The replies file is damaged.")


class ReplyForStranger(ValueError):
    """A reply was given for a mailbox that is not among the mailboxes of the batch."""

    def __init__(self) -> None:
        super().__init__("A reply is addressed to a mailbox that is not on the list. Nothing was sent.")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An opened mailbox: its id, its address, and the private key that its words gave."""

    id: bytes = field(repr=False)
    address: MailboxAddress = field(repr=False)
    private: hybrid.PrivateKey = field(repr=False)


def open_mailbox(words: Sequence[str]) -> Mailbox:
    """Derive the mailbox of seven words: libsodium's Argon2id (7 MiB, 16 to 30 ms), then HKDF.

    Raises:
        WordsWrong: they are not seven words of the list.
    """
    secret = " ".join(known(words)).encode("ascii")
    stretched = argon2id.kdf(32, secret, _SALT, opslimit=_PASSES, memlimit=_MEMORY_BYTES)
    private = hybrid.PrivateKey(derive(stretched, "mailbox-key/1", hybrid.PRIVATE_BYTES))
    address = MailboxAddress(derive(stretched, "mailbox-id/1", MAILBOX_ID_BYTES), private.public())
    return Mailbox(address.id, address, private)


def seal_reply(text: str, address: MailboxAddress) -> bytes:
    """Seal one reply: always 3,184 bytes.

    Raises:
        ReplyTooLong: it does not fit.
        KeyWrong: the address holds no public key.
    """
    return seal_replies((text,), address)


def seal_replies(texts: Sequence[str], address: MailboxAddress) -> bytes:
    """Seal none, one or several replies as one slot: always 3,184 bytes.

    Raises:
        ReplyTooLong: together they do not fit.
        KeyWrong: the address holds no public key.
    """
    plain = json.dumps(list(texts), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    if len(plain) > REPLY_BYTES - 2:
        raise ReplyTooLong
    framed = len(plain).to_bytes(2) + plain
    return hybrid.seal_to(address.reply_public_key, framed.ljust(REPLY_BYTES, b"\x00"), _info(address.id))


def make_batch(replies_by_mailbox: Mapping[bytes, bytes], mailboxes: Iterable[MailboxAddress]) -> bytes:
    """Put one batch together: one slot for every mailbox, an empty one where there is no reply.

    `replies_by_mailbox` maps a mailbox id to what `seal_reply` or `seal_replies` gave. Order and padding say
    nothing: slots stand in the order of their random tags, and the batch is filled to a multiple of 64.

    Raises:
        ReplyForStranger: a reply is for a mailbox that is not in `mailboxes`.
        ReplyTooLong: a reply is not of the sealed size.
    """
    known_mailboxes = {address.id: address for address in mailboxes}
    if not replies_by_mailbox.keys() <= known_mailboxes.keys():
        raise ReplyForStranger
    if any(len(sealed) != SEALED_REPLY_BYTES for sealed in replies_by_mailbox.values()):
        raise ReplyTooLong
    salt = secrets.token_bytes(_SALT_BYTES)
    slots = [
        _tag(address.id, salt) + (replies_by_mailbox.get(address.id) or _nothing_for(address))
        for address in known_mailboxes.values()
    ]
    slots += _filling(-len(slots) % SLOTS_STEP or (0 if slots else SLOTS_STEP))
    return _MAGIC + salt + len(slots).to_bytes(4) + b"".join(sorted(slots))


def read_batch(batch: bytes, mailbox: Mailbox) -> tuple[str, ...]:
    """Return the replies a batch holds for a mailbox: none if it has none, or is not in it.

    Exactly one slot is looked up and tried, whatever the words: the mailbox's own, or the one where it would stand.

    Raises:
        BatchDamaged: the file is not a whole batch.
    """
    salt, count = _header(batch)
    tag = _tag(mailbox.id, salt)
    at = min(bisect.bisect_left(range(count), tag, key=lambda slot: _slot_tag(batch, slot)), count - 1)
    start = _HEADER_BYTES + at * SLOT_BYTES + _TAG_BYTES
    try:
        framed = mailbox.private.open(batch[start : start + SEALED_REPLY_BYTES], _info(mailbox.id))
    except hybrid.NotForThisKey:
        framed = _NOTHING  # and on: words that open nothing take the steps of words that open an empty slot
    return tuple(json.loads(framed[2 : 2 + int.from_bytes(framed[:2])]))


def _header(batch: bytes) -> tuple[bytes, int]:
    salt_end = len(_MAGIC) + _SALT_BYTES
    count = int.from_bytes(batch[salt_end:_HEADER_BYTES])
    if not batch.startswith(_MAGIC) or not count or len(batch) != _HEADER_BYTES + count * SLOT_BYTES:
        raise BatchDamaged
    return batch[len(_MAGIC) : salt_end], count


def _slot_tag(batch: bytes, slot: int) -> bytes:
    start = _HEADER_BYTES + slot * SLOT_BYTES
    return batch[start : start + _TAG_BYTES]


def _nothing_for(address: MailboxAddress) -> bytes:
    """Return an empty slot; a mailbox whose key is none gets one that nobody opens, and all others their mail."""
    try:
        return seal_replies((), address)
    except hybrid.KeyWrong:
        return _filling(1)[0][_TAG_BYTES:]


def _filling(how_many: int) -> list[bytes]:
    """Return slots sealed to a key that is thrown away; random bytes would not look like sealed ones."""
    nobody = MailboxAddress(
        secrets.token_bytes(MAILBOX_ID_BYTES), hybrid.PrivateKey(secrets.token_bytes(hybrid.PRIVATE_BYTES)).public()
    )
    return [secrets.token_bytes(_TAG_BYTES) + seal_replies((), nobody) for _ in range(how_many)]


def _tag(mailbox_id: bytes, salt: bytes) -> bytes:
    return hmac.new(mailbox_id, b"lastpiece/slot/1" + salt, hashlib.sha256).digest()[:_TAG_BYTES]


def _info(mailbox_id: bytes) -> bytes:
    return b"lastpiece/reply/1" + mailbox_id
