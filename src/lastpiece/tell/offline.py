"""A root that never comes near the desk: the desk asks in a file, the root's own machine answers in another.

The request holds public keys and days. What the answer certifies is only taken in for the private keys of the last
request, so an answer to another one, or to somebody else's, does nothing.
"""

import base64
import json
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from lastpiece.tell import hybrid
from lastpiece.tell.certificate import (
    BoardKey,
    Certificate,
    CertificateDamaged,
    EpochKey,
    Root,
    certify,
    verify,
)
from lastpiece.tell.disk import DISK
from lastpiece.tell.opening import STORAGE_KEY_BYTES, Keyring, KeysDamaged, KeysMissing, Signer
from lastpiece.tell.rotation import (
    BOARD_DAYS,
    BOARD_RENEWAL,
    KeysExist,
    Places,
    Rotated,
    check_pin,
    forget_old,
    midnight,
    publish_certificate,
)

LONGEST = timedelta(days=BOARD_DAYS + 1)
_ASKS, _ANSWERS = "lastpiece/request/1", "lastpiece/certificates/1"
_KEY_BYTES = {"report": hybrid.PUBLIC_BYTES, "board": 32}


class RequestDamaged(ValueError):
    """The file is not a request for certificates that a root may answer."""

    def __init__(self) -> None:
        super().__init__(
            "This file is not a request for certificates. Make one with `lastpiece keys rotate --request`."
        )


class AnswerDamaged(ValueError):
    """The file is not what the root's machine made."""

    def __init__(self) -> None:
        super().__init__("This file holds no certificates. Make it with `lastpiece keys epoch`.")


class AnswerForeign(ValueError):
    """The certificates are not for the keys that this desk last asked for."""

    def __init__(self) -> None:
        super().__init__("These certificates do not answer this desk's last request. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Request:
    """What a desk asks its root to sign: certificates that lack nothing but the signature."""

    unsigned: tuple[Certificate, ...]

    @property
    def site(self) -> str:
        """The site they are for."""
        return self.unsigned[0].site

    def encode(self) -> bytes:
        """Return the request's file."""
        return _file(_ASKS, self.unsigned)

    @classmethod
    def decode(cls, content: bytes) -> "Request":
        """Read a request and see that it asks for nothing a root should not sign.

        Raises:
            RequestDamaged: it is no request, asks for keys of several sites, or for more than 401 days.
        """
        try:
            asked = _certificates(json.loads(content), _ASKS)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise RequestDamaged from None
        if not asked or len({each.site for each in asked}) != 1 or not all(map(_may_be_asked, asked)):
            raise RequestDamaged
        return cls(asked)


@dataclass(frozen=True, slots=True)
class Pending:
    """The private keys that wait for their certificates."""

    epoch: EpochKey = field(repr=False)
    board: BoardKey | None = field(repr=False)
    site: str

    def keep(self, keyring: Keyring) -> None:
        """Write them into the keyring."""
        values = {"site": self.site, "report": _text(self.epoch.private.seed)}
        keyring.set_pending(values | ({"board": _text(self.board.seed)} if self.board else {}))

    @classmethod
    def of(cls, keyring: Keyring) -> "Pending":
        """Read them.

        Raises:
            AnswerForeign: nothing was asked for.
            KeysDamaged: the file cannot be read.
        """
        values = keyring.pending()
        if not values:
            raise AnswerForeign
        try:
            board = BoardKey(base64.b64decode(values["board"], validate=True)) if "board" in values else None
            epoch = EpochKey(hybrid.PrivateKey(base64.b64decode(values["report"], validate=True)))
            return cls(epoch, board, values["site"])
        except (KeyError, ValueError):
            raise KeysDamaged(keyring.folder / "pending.json") from None


def ask(places: Places, *, site: str, now: datetime, days: int) -> Request:
    """Make the next epoch key, and a board key when one is due, and return what the root is asked to sign.

    Asking again replaces the keys of the question before.

    Raises:
        KeysMissing: the desk has no keyring; the first time use `begin`.
        OSError: the keyring cannot be written.
    """
    keyring = Keyring(places.keys)
    keyring.root_public()
    begin_of_day = midnight(now)
    pending = Pending(EpochKey.make(), BoardKey.make() if _board_due(keyring, now) else None, site)
    pending.keep(keyring)
    asked = [_unsigned(pending.epoch, site, begin_of_day, days + 1)]
    if pending.board:
        asked.append(_unsigned(pending.board, site, begin_of_day, BOARD_DAYS))
    return Request(tuple(asked))


def begin(places: Places, root_public: bytes, *, site: str, now: datetime, days: int) -> Request:
    """Make a desk's keyring around a root's public key alone, and ask for its first certificates.

    Raises:
        KeysExist: the desk has keys.
        RootDiffers: the front pins another root.
        OSError: a folder cannot be written.
    """
    if places.keys.exists():
        raise KeysExist(places.keys)
    check_pin(places.pinned_file, root_public)
    draft = places.keys.with_name(f".{places.keys.name}.{secrets.token_hex(8)}")
    try:
        keyring = Keyring(draft)
        keyring.set_root_public(root_public)
        keyring.set_storage_key(secrets.token_bytes(STORAGE_KEY_BYTES))
        DISK.rename(draft, places.keys)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    DISK.sync_folder(places.keys.parent)
    return ask(places, site=site, now=now, days=days)


def answer(request: Request, root: Root) -> bytes:
    """Sign all that is asked for and return the file for the desk."""
    return _file(_ANSWERS, [certify(root, each) for each in request.unsigned])


def take_in(places: Places, content: bytes, *, now: datetime, keep_days: int = 30) -> Rotated:
    """Take in what the root answered: publish the new epoch, and destroy keys that nothing can need any more.

    Raises:
        AnswerDamaged: the file holds no certificates.
        AnswerForeign: it does not answer the last request.
        CertificateWrong: our root did not sign it, or its days are not now.
        OSError: a folder cannot be written; the request still waits.
    """
    keyring = Keyring(places.keys)
    root_public = keyring.root_public()
    pending = Pending.of(keyring)
    try:
        certificates = {each.purpose: each for each in _certificates(json.loads(content), _ANSWERS)}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AnswerDamaged from None
    keys: dict[str, EpochKey | BoardKey | None] = {"report": pending.epoch, "board": pending.board}
    for purpose, key in keys.items():
        if (key and key.public) != (certificates[purpose].public_key if purpose in certificates else None):
            raise AnswerForeign
    for each in certificates.values():
        verify(each, root_public, now, site=pending.site, purpose=each.purpose)
    check_pin(places.pinned_file, root_public)
    if pending.board:
        keyring.set_signer(Signer(pending.board, certificates["board"]))
    keyring.add_epoch(pending.epoch, certificates["report"])
    publish_certificate(places, keyring, certificates["report"], now=now)
    keyring.drop_pending()
    return Rotated(certificates["report"], forget_old(places, keyring, now - timedelta(days=keep_days)))


def _board_due(keyring: Keyring, now: datetime) -> bool:
    try:
        return keyring.signer().certificate.not_after - now < BOARD_RENEWAL
    except KeysMissing:
        return True


def _unsigned(key: EpochKey | BoardKey, site: str, begin_of_day: datetime, days: int) -> Certificate:
    return Certificate(key.purpose, site, key.public, begin_of_day, begin_of_day + timedelta(days=days), b"")


def _may_be_asked(asked: Certificate) -> bool:
    lasts = asked.not_after - asked.not_before
    return timedelta(0) < lasts <= LONGEST and len(asked.public_key) == _KEY_BYTES.get(asked.purpose)


def _file(layout: str, certificates: Sequence[Certificate]) -> bytes:
    body = {"layout": layout, "certificates": [each.to_json() for each in certificates]}
    return json.dumps(body, indent=1).encode("ascii") + b"\n"


def _certificates(body: Any, layout: str) -> tuple[Certificate, ...]:  # noqa: ANN401 - parsed JSON, not yet checked
    if body["layout"] != layout:
        raise CertificateDamaged
    return tuple(Certificate.from_json(each) for each in body["certificates"])


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
