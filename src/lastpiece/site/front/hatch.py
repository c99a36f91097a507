"""The front's two folders: sealed reports go out through the spool, what the desk published comes in by the board.

Everything is read again for each request: a forked child knows nothing of the one before, and a key that was
rotated or a page that was published a second ago counts at once.
"""

from dataclasses import dataclass
from datetime import datetime

from lastpiece.results.publication import Publication, PublicationWrong, from_json
from lastpiece.site.front.current import current_pack
from lastpiece.site.settings import env
from lastpiece.tell import board, certificate, mail, mailbox, root_key
from lastpiece.tell.carried import HandIn
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import epoch_of, seal
from lastpiece.tell.spool import Spool, SpoolRefused

NO_BOARD = (
    board.BoardMissing,
    board.BoardDamaged,
    board.BoardNotSigned,
    board.BoardRolledBack,
    root_key.RootMissing,
    root_key.RootDamaged,
)


class FrontClosed(Exception):
    """No report can be taken now: there is no key to seal it with, or no safe place to put it.

    The sentence is for the operator; the public sees telephone numbers.
    """


class EpochOver(Exception):
    """An envelope was sealed to a key that is not today's; the device seals it again to the new one."""

    def __init__(self) -> None:
        super().__init__("This was sealed to a key that is no longer in use.")


@dataclass(frozen=True, slots=True)
class Outside:
    """What the board says at one moment."""

    board: board.Board
    root_public: bytes
    now: datetime

    def publication(self) -> Publication | None:
        """Return what the desk released, or None when nothing readable was."""
        try:
            return from_json(self.board.documents["public.json"])
        except (KeyError, PublicationWrong, board.BoardDamaged):
            return None

    def certificate(self) -> certificate.Certificate:
        """Return the valid certificate reports are sealed to; raise `FrontClosed`."""
        try:
            found = certificate.Certificate.decode(self.board.documents.get("certificate.json"))
            return certificate.verify(found, self.root_public, self.now, site=current_pack().site_id)
        except (certificate.CertificateWrong, board.BoardDamaged) as problem:
            raise FrontClosed(str(problem)) from problem

    def mail_layout(self) -> mail.MailLayout | None:
        """Return how the mail is parted, None when none was posted yet; raise `FrontClosed`."""
        try:
            layout = self.board.documents.get(mail.LAYOUT)
            return None if layout is None else mail.MailLayout.decode(layout)
        except (mailbox.BatchDamaged, board.BoardDamaged) as problem:
            raise FrontClosed(str(problem)) from problem


def look_outside(now: datetime) -> Outside:
    """Read the board; raise `FrontClosed` when there is none that can be trusted."""
    try:
        root_public = root_key.read_root_public(env.FRONT_FOLDER / root_key.PINNED_FILE)
        found = board.read_board(
            env.BOARD, root_public, site=current_pack().site_id, now=now, seen=env.FRONT_FOLDER / "board-seen"
        )
    except NO_BOARD as problem:
        raise FrontClosed(str(problem)) from problem
    except OSError as problem:
        raise FrontClosed(f"The front's folder cannot be used: {problem.strerror}.") from problem
    return Outside(found, root_public, now)


def published(now: datetime) -> Publication | None:
    """Return what the desk released, or None when nothing readable was."""
    try:
        return look_outside(now).publication()
    except FrontClosed:
        return None


def ready(now: datetime) -> certificate.Certificate:
    """Return the certificate to seal to, or raise `FrontClosed` when a report could not be taken now."""
    found = look_outside(now).certificate()
    if Spool(env.SPOOL).stopped:
        raise FrontClosed("The spool is stopped; look at the disk, then remove its STOPPED file.")
    return found


def send(report: Report, now: datetime) -> None:
    """Seal a report and store it; when this returns it would survive a power cut. Raises `FrontClosed`."""
    try:
        Spool(env.SPOOL).put(seal(report.encode(), ready(now), site=current_pack().site_id))
    except SpoolRefused as problem:
        raise FrontClosed(str(problem)) from problem


def take(envelope: bytes, now: datetime) -> None:
    """Store what a device sealed; when this returns it would survive a power cut.

    Raises:
        NoEnvelope: it is not an envelope.
        EpochOver: it is sealed to another key than today's.
        FrontClosed: nothing can be taken now.
    """
    epoch = epoch_of(envelope)
    if epoch != ready(now).id:
        raise EpochOver
    try:
        Spool(env.SPOOL).put(envelope)
    except SpoolRefused as problem:
        raise FrontClosed(str(problem)) from problem


def hand_in(now: datetime) -> HandIn:
    """Return what takes a carried file of envelopes into the spool; raise `FrontClosed`.

    A key whose week is over is no hindrance for as long as the desk keeps it for certain.
    """
    spool = Spool(env.SPOOL)
    if spool.stopped:
        raise FrontClosed("The spool is stopped; look at the disk, then remove its STOPPED file.")
    return HandIn(spool, look_outside(now).root_public, current_pack().site_id, now)


def messages_in(words: tuple[str, ...], now: datetime) -> tuple[str, ...]:
    """Return the messages in the mailbox of seven words, newest first; raise `FrontClosed`."""
    box = mailbox.open_mailbox(words)
    try:
        return mail.read_mail(look_outside(now).board.documents, box)
    except (board.BoardDamaged, mailbox.BatchDamaged) as problem:
        raise FrontClosed(str(problem)) from problem


def mail_bucket(bucket: str, now: datetime) -> bytes | None:
    """Return the file of one bucket for a script to look into, None when there is none; raise `FrontClosed`."""
    outside = look_outside(now)
    layout = outside.mail_layout()
    if layout is None or bucket not in layout.buckets:
        return None
    try:
        return outside.board.documents[mail.document_of(bucket)]
    except (KeyError, board.BoardDamaged) as problem:
        raise FrontClosed("The board lacks a file of the mail.") from problem
