"""Publishing to the board: the approved public page and the day's mail, signed, all at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.mailboxes import expire_mailboxes
from lastpiece.site.desk.records.actions.posting import post_mail
from lastpiece.site.desk.records.models import Release
from lastpiece.tell.board import BoardMissing, post, read_board
from lastpiece.tell.mail import LAYOUT, MailLayout, is_mail
from lastpiece.tell.mailbox import BatchDamaged
from lastpiece.tell.opening import Keyring, Signer

PUBLIC = "public.json"


class ReleaseDamaged(Exception):
    """The stored page is not the one that was approved."""

    def __init__(self, release_id: int) -> None:
        super().__init__(
            f"Release {release_id} is not the page that was approved: its digest is wrong. Nothing was published."
        )


@dataclass(frozen=True, slots=True)
class Hatch:
    """Where the desk publishes to, and with which key."""

    copy: Path
    board: Path
    signer: Signer = field(repr=False)
    root_public: bytes = field(repr=False)

    @classmethod
    def of_this_desk(cls) -> "Hatch":
        """Return the hatch that the settings describe.

        Raises:
            KeysMissing: the desk has no keys.
            KeysDamaged: a key file cannot be read.
        """
        keyring = Keyring(Path(settings.KEYRING_FOLDER))
        return cls(
            Path(settings.BOARD_COPY_FOLDER), Path(settings.BOARD_FOLDER), keyring.signer(), keyring.root_public()
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What stands on the board now: its number, the release that went out with it, and the mail."""

    serial: int
    release_id: int | None
    messages: int


@action("publish board")
def publish_board(actor: Actor, hatch: Hatch, *, now: datetime) -> Published:
    """Publish the newest approved release, if one waits, and today's mail, as the next board.

    The board is posted before the transaction ends: should it fail after that, the next run posts the same
    page again under the next number, and nothing is lost.

    Raises:
        ReleaseDamaged: the stored page is not the approved one.
        BoardDamaged, BoardNotSigned: the desk's own copy of the board cannot be trusted.
        OSError: as the system says; then the old board still stands.
    """
    expire_mailboxes(actor, after_days=settings.MAILBOX_DAYS, now=now)
    old_mail = _old_mail(hatch, now)
    mail = post_mail(actor, bits_before=_bits(old_mail), now=now)
    release = _waiting()
    changes: dict[str, bytes | None] = dict.fromkeys(old_mail, None)
    changes.update(mail.documents)
    if release is not None:
        changes[PUBLIC] = _approved_bytes(release)
    board = post(
        hatch.copy,
        hatch.board,
        changes,
        hatch.signer,
        root_public=hatch.root_public,
        on=timezone.localdate(now),
        now=now,
    )
    if release is not None:
        release.state = Release.State.PUBLISHED
        release.published_at = now
        release.board_serial = board.serial
        release.save(update_fields=["state", "published_at", "board_serial"])
    release_id = release.pk if release else None
    touch("board", board.serial, release=release_id, messages=mail.messages)
    return Published(board.serial, release_id, mail.messages)


def _waiting() -> Release | None:
    """Return the newest approved release, unless a newer one is out already."""
    newest = Release.objects.filter(state=Release.State.PUBLISHED).order_by("-pk").values_list("pk", flat=True).first()
    approved = Release.objects.select_for_update().filter(state=Release.State.APPROVED, pk__gt=newest or 0)
    return approved.order_by("-pk").first()


def _approved_bytes(release: Release) -> bytes:
    document = bytes(release.document)
    if hashlib.sha256(document).hexdigest() != release.digest:
        raise ReleaseDamaged(release.pk)
    return document


def _old_mail(hatch: Hatch, now: datetime) -> dict[str, bytes | None]:
    """Return the mail that is on the board, of which only the layout is read: today's takes its place whole."""
    try:
        board = read_board(hatch.copy, hatch.root_public, site=hatch.signer.certificate.site, now=now)
    except BoardMissing:
        return {}
    return {name: board.documents[name] if name == LAYOUT else None for name in board.documents if is_mail(name)}


def _bits(old_mail: Mapping[str, bytes | None]) -> int:
    try:
        return MailLayout.decode(old_mail.get(LAYOUT) or b"").bits
    except BatchDamaged:
        return 0
