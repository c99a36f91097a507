"""What one sending says: the value that is sealed at the front and opened at the desk, and nothing between.

Byte layout in `docs/reference/envelope.md`. The text is hidden from every `repr`, so that no log, traceback
or assertion can carry it.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from lastpiece.tell import hybrid
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.chunk import FILE_ID_BYTES, LONGEST_FILE, MOST_FILES, chunks_of
from lastpiece.tell.seed import NONCE_BYTES

Kind = Literal["report", "feedback", "message", "close"]
"""`close` is a teller's wish that the mailbox be deleted; it says nothing else."""

MAILBOX_ID_BYTES = 16
ANSWERS = ("what", "where", "when", "who", "vehicles", "phones", "how", "at_risk", "contact")
"""The report form's answers, in the order in which it asks for them."""

_LAYOUT = 2
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_LONGEST_NAME = 255
_CODE = re.compile(r"[A-Za-z0-9._-]{1,40}")
"""What channels, form versions and names of answers look like: codes, so that no database refuses one of them."""


class ReportDamaged(ValueError):
    """The opened bytes are not a report of a layout this version reads."""

    def __init__(self) -> None:
        super().__init__("This was opened, but what is inside is not a report this version can read.")


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where a reply can be left for a teller: a 16-byte id and a 1,216-byte public key."""

    id: bytes = field(repr=False)
    reply_public_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """One sending by a teller: a report, feedback on the site, a message in a mailbox, or its end.

    `nonce` is 32 bytes, derived from the form's seed; a second sending with the same nonce is the same report.
    `told_on` is the local day; nothing finer is kept, because at one report an hour a time names the teller.
    `language` is the BCP-47 code of the page it was told on.
    """

    nonce: bytes = field(repr=False)
    kind: Kind
    channel: str
    form_version: str
    answers: Mapping[str, str] = field(repr=False)
    mailbox: MailboxAddress | None = field(repr=False)
    told_on: date
    language: str = "en"
    attachments: tuple[Attachment, ...] = ()

    def encode(self) -> bytes:
        """Return the report as UTF-8 JSON; a lone surrogate, which no browser sends, becomes `?`."""
        body = {
            "layout": _LAYOUT,
            "nonce": _text(self.nonce),
            "kind": self.kind,
            "channel": self.channel,
            "form_version": self.form_version,
            "told_on": self.told_on.isoformat(),
            "language": self.language,
            "answers": dict(self.answers),
            "attachments": [_attachment_body(file) for file in self.attachments],
            "mailbox": None
            if self.mailbox is None
            else {"id": _text(self.mailbox.id), "reply_public_key": _text(self.mailbox.reply_public_key)},
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")

    @classmethod
    def decode(cls, plain: bytes) -> "Report":
        """Read what `encode` wrote.

        Raises:
            ReportDamaged: it is not a report of this layout. The error says nothing of the content.
        """
        try:
            return _read(json.loads(plain.decode("utf-8")))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise ReportDamaged from None  # the cause may quote the text


def _read(body: Any) -> Report:  # noqa: ANN401 - parsed JSON is anything until it has been checked
    if body["layout"] != _LAYOUT or body["kind"] not in get_args(Kind):
        raise ReportDamaged
    answers = body["answers"]
    codes = [body["channel"], body["form_version"], *answers.keys()]
    nonce = _bytes(body["nonce"])
    if len(nonce) != NONCE_BYTES or not all(_CODE.fullmatch(code) for code in codes):
        raise ReportDamaged
    if not all(isinstance(text, str) for text in answers.values()) or not _LANGUAGE.fullmatch(body["language"]):
        raise ReportDamaged
    if body["kind"] == "close" and body["mailbox"] is None:
        raise ReportDamaged
    return Report(
        nonce=nonce,
        kind=body["kind"],
        channel=body["channel"],
        form_version=body["form_version"],
        answers={name: _whole(text) for name, text in answers.items()},
        mailbox=None if body["mailbox"] is None else _read_mailbox(body["mailbox"]),
        told_on=date.fromisoformat(body["told_on"]),
        language=body["language"],
        attachments=_read_attachments(body["attachments"]),
    )


def _attachment_body(file: Attachment) -> dict[str, str | int | bool]:
    return {
        "id": _text(file.id),
        "name": file.name,
        "size": file.size,
        "sha256": _text(file.sha256),
        "chunks": file.chunks,
        "use_place": file.use_place,
    }


def _read_attachments(entries: Any) -> tuple[Attachment, ...]:  # noqa: ANN401 - parsed JSON, not yet checked
    if not isinstance(entries, list) or len(entries) > MOST_FILES:
        raise ReportDamaged
    files = tuple(_read_attachment(entry) for entry in entries)
    if len({file.id for file in files}) != len(files):
        raise ReportDamaged
    return files


def _read_attachment(entry: Any) -> Attachment:  # noqa: ANN401 - parsed JSON, not yet checked
    size, name = entry["size"], entry["name"]
    if type(size) is not int or not 1 <= size <= LONGEST_FILE or entry["chunks"] != chunks_of(size):
        raise ReportDamaged
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or not isinstance(entry["use_place"], bool):
        raise ReportDamaged
    file_id, sha256 = _bytes(entry["id"]), _bytes(entry["sha256"])
    if len(file_id) != FILE_ID_BYTES or len(sha256) != hashlib.sha256().digest_size:
        raise ReportDamaged
    return Attachment(file_id, _whole(name), size, sha256, chunks_of(size), entry["use_place"])


def _read_mailbox(body: Mapping[str, str]) -> MailboxAddress:
    """Return the address if a reply can really be sealed to it: one that cannot would hold up the mail of all."""
    address = MailboxAddress(_bytes(body["id"]), _bytes(body["reply_public_key"]))
    if len(address.id) != MAILBOX_ID_BYTES:
        raise ReportDamaged
    hybrid.seal_to(address.reply_public_key, b"", b"")
    return address


def _whole(text: str) -> str:
    """Return `text` with `?` for lone surrogates, which no database takes and scripts escape in their JSON."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ReportDamaged from None
