"""Making the first keys and changing them: root, epochs, board key, storage key.

Everything is put together in a folder beside its place and then renamed into it, so that an interruption
leaves no half-made keyring. Making again after an interruption goes on with the root that is there.
"""

import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lastpiece.tell.board import BoardSigner, post
from lastpiece.tell.certificate import BoardKey, Certificate, EpochKey, Root, issue
from lastpiece.tell.disk import DISK
from lastpiece.tell.opening import STORAGE_KEY_BYTES, EnvelopeDamaged, Keyring, Signer, envelope_epoch, open_sealed
from lastpiece.tell.root_key import (
    PINNED_FILE,
    ROOT_FILE,
    RootElsewhere,
    RootMissing,
    read_root,
    read_root_public,
    write_root,
    write_root_public,
)
from lastpiece.tell.spool import Spool

BOARD_DAYS = 400
BOARD_RENEWAL = timedelta(days=60)


class KeysExist(ValueError):
    """There are keys already, and they are never overwritten."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There are keys in {folder} already. Use `lastpiece keys rotate` to change the epoch key.")


class RootDiffers(ValueError):
    """The root at hand is not the one that this desk or front has pinned."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The root key at hand is not the one that {path} trusts. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders that keys touch: the root's, the desk's keyring, its board copy, the front's, the hatches."""

    root: Path
    keys: Path
    copy: Path
    front: Path
    board: Path
    spool: Path

    @property
    def root_file(self) -> Path:
        """The private root."""
        return self.root / ROOT_FILE

    @property
    def pinned_file(self) -> Path:
        """The public root that the front pins."""
        return self.front / PINNED_FILE


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did: the new epoch's certificate, and the ids of the epochs whose keys were destroyed."""

    certificate: Certificate
    forgotten: tuple[bytes, ...]


def make(places: Places, *, site: str, now: datetime, days: int) -> Certificate:
    """Make the root (unless one is there), the first epoch, the board key and the storage key, and publish.

    Raises:
        KeysExist: the desk has keys.
        RootDiffers: the front pins another root.
        RootDamaged: the root that is there cannot be read.
        OSError: a folder cannot be written.
    """
    if places.keys.exists():
        raise KeysExist(places.keys)
    root = _root(places)
    check_pin(places.pinned_file, root.public)
    draft = places.keys.with_name(f".{places.keys.name}.{secrets.token_hex(8)}")
    keyring = Keyring(draft)
    try:
        keyring.set_root_public(root.public)
        keyring.set_storage_key(secrets.token_bytes(STORAGE_KEY_BYTES))
        keyring.set_signer(_new_signer(root, site=site, now=now))
        certificate = _add_epoch(keyring, root, site=site, now=now, days=days)
        DISK.rename(draft, places.keys)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    DISK.sync_folder(places.keys.parent)
    publish_certificate(places, Keyring(places.keys), certificate, now=now)
    return certificate


def rotate(places: Places, *, site: str, now: datetime, days: int, keep_days: int = 30) -> Rotated:
    """Make a new epoch key valid from today, publish it, and destroy keys that nothing can need any more.

    An old key is destroyed when its certificate ended more than `keep_days` days ago and it opens no sealed file in
    the spool, quarantine included. A file that only bears the key's name does not keep it alive.

    Raises:
        KeysMissing: the desk has no keys.
        RootElsewhere: the root is not at hand.
        RootDiffers: it is another root.
        OSError: a folder cannot be written.
    """
    keyring = Keyring(places.keys)
    pinned = keyring.root_public()
    try:
        root = read_root(places.root_file)
    except RootMissing:
        raise RootElsewhere(places.root_file) from None
    if root.public != pinned:
        raise RootDiffers(places.keys)
    check_pin(places.pinned_file, root.public)
    signer: BoardSigner = keyring.signer()
    if signer.certificate.not_after - now < BOARD_RENEWAL:
        keyring.set_signer(_new_signer(root, site=site, now=now))
    certificate = _add_epoch(keyring, root, site=site, now=now, days=days)
    publish_certificate(places, keyring, certificate, now=now)
    return Rotated(certificate, forget_old(places, keyring, now - timedelta(days=keep_days)))


def _root(places: Places) -> Root:
    try:
        return read_root(places.root_file)
    except RootMissing:
        root = Root.make()
        write_root(places.root_file, root)
        return root


def check_pin(pinned: Path, root_public: bytes) -> None:
    """See that the front trusts this root, or none yet.

    Raises:
        RootDiffers: it trusts another one.
    """
    if pinned.exists() and read_root_public(pinned) != root_public:
        raise RootDiffers(pinned)


def _new_signer(root: Root, *, site: str, now: datetime) -> Signer:
    key = BoardKey.make()
    begin = midnight(now)
    return Signer(key, issue(root, key, site=site, not_before=begin, not_after=begin + timedelta(days=BOARD_DAYS)))


def _add_epoch(keyring: Keyring, root: Root, *, site: str, now: datetime, days: int) -> Certificate:
    key = EpochKey.make()
    begin = midnight(now)
    # One day more than asked: a key of today lives to the end of its last day.
    certificate = issue(root, key, site=site, not_before=begin, not_after=begin + timedelta(days=days + 1))
    keyring.add_epoch(key, certificate)
    return certificate


def publish_certificate(places: Places, keyring: Keyring, certificate: Certificate, *, now: datetime) -> None:
    """Pin the root for the front, unless it is pinned, and put the certificate on the board.

    Raises:
        OSError: a folder cannot be written.
    """
    root_public = keyring.root_public()
    if not places.pinned_file.exists():
        write_root_public(places.pinned_file, root_public)
    post(
        places.copy,
        places.board,
        {"certificate.json": certificate.encode()},
        keyring.signer(),
        root_public=root_public,
        on=midnight(now).date(),
        now=now,
    )


def forget_old(places: Places, keyring: Keyring, before: datetime) -> tuple[bytes, ...]:
    """Destroy the keys whose days ended before `before` and that open no file in the spool; return their ids."""
    old = [epoch.id for epoch in keyring.epochs() if epoch.certificate.not_after <= before]
    needed = _epochs_in(Spool(places.spool), keyring, frozenset(old)) if old else set()
    forgotten = tuple(epoch_id for epoch_id in old if epoch_id not in needed)
    for epoch_id in forgotten:
        keyring.forget_epoch(epoch_id)
    return forgotten


def _epochs_in(spool: Spool, keyring: Keyring, old: frozenset[bytes]) -> set[bytes]:
    needed: set[bytes] = set()
    for blob in spool.everything():
        try:
            epoch_id = envelope_epoch(blob)
            if epoch_id in old - needed:
                open_sealed(blob, keyring, site=keyring.epoch(epoch_id).certificate.site)
                needed.add(epoch_id)
        except EnvelopeDamaged:
            continue  # nothing will ever open it, so no key is kept for it
    return needed


def midnight(now: datetime) -> datetime:
    """Return the start of the day in UTC: a certificate need not tell at what hour somebody sat at the desk."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
