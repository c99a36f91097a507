"""Opening what was sealed: the desk's side, which the front can never reach (a contract proves it).

The keyring is a folder, `desk/keys/`: one file an epoch, the board's signing key, the desk's storage key and
the pinned root. Private files are 0600 and written whole.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lastpiece.tell import hybrid
from lastpiece.tell.certificate import KEY_ID_BYTES, BoardKey, Certificate, CertificateWrong, EpochKey, key_id
from lastpiece.tell.disk import DISK, PRIVATE, write_whole
from lastpiece.tell.root_key import PINNED_FILE, RootDamaged, RootMissing, read_root_public, write_root_public
from lastpiece.tell.sealing import ENVELOPE_SIZES, HEADER_BYTES, LENGTH_BYTES, MAGIC, VERSION, binding

STORAGE_KEY_BYTES = 32


class KeysMissing(ValueError):
    """The keyring lacks a file it needs."""

    def __init__(self, path: Path | None = None) -> None:
        super().__init__(
            "The desk has no keys. Run `lastpiece keys make`."
            if path is None
            else f"The desk's key file {path} is not there. Restore it from its backup, or take in what the root "
            "answered with `lastpiece keys rotate --certificates`."
        )


class KeysDamaged(ValueError):
    """A file of the keyring cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The desk's key file {path} is damaged or may not be read. Restore it from its backup.")


class EnvelopeDamaged(ValueError):
    """The file is not a whole, unaltered envelope for this site."""

    def __init__(self) -> None:
        super().__init__("This file is not a whole, unaltered report for this site.")


class SealNotOpened(EnvelopeDamaged):
    """Its key is here and is this site's, and the seal does not open under it: no key that comes back can help."""


class EpochUnknown(ValueError):
    """The envelope is sealed to a key that is not, or no longer, in the keyring."""

    def __init__(self, epoch: bytes) -> None:
        super().__init__(f"This report is sealed to key {epoch.hex()}, which is not in the keyring.")


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch's private key and its certificate."""

    key: EpochKey = field(repr=False)
    certificate: Certificate

    @property
    def id(self) -> bytes:
        """The 16-byte epoch id."""
        return self.certificate.id


@dataclass(frozen=True, slots=True)
class Signer:
    """The board's signing key and its certificate."""

    key: BoardKey = field(repr=False)
    certificate: Certificate


class Keyring:
    """The desk's private keys, read from their folder each time they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Keyring({str(self.folder)!r})"

    def epochs(self) -> tuple[Epoch, ...]:
        """Return every epoch in the keyring, the latest certificate first.

        Raises:
            KeysDamaged: a file cannot be read.
        """
        if not self.folder.is_dir():
            return ()
        found = [self._epoch(path) for path in self.folder.glob("epoch-*.json")]
        return tuple(sorted(found, key=lambda epoch: epoch.certificate.not_before, reverse=True))

    def epoch(self, epoch_id: bytes) -> Epoch:
        """Return one epoch.

        Raises:
            EpochUnknown: it is not here.
            KeysDamaged: its file cannot be read.
        """
        path = self._epoch_file(epoch_id)
        if not path.exists():
            raise EpochUnknown(epoch_id)
        return self._epoch(path)

    def add_epoch(self, key: EpochKey, certificate: Certificate) -> None:
        """Keep an epoch's private key and certificate; an id that is there already is left alone."""
        path = self._epoch_file(certificate.id)
        if not path.exists():
            _write(path, {"private": _text(key.private.seed), "certificate": certificate.to_json()})

    def forget_epoch(self, epoch_id: bytes) -> None:
        """Destroy an epoch's private key: what is still sealed to it can never be opened again."""
        self._epoch_file(epoch_id).unlink(missing_ok=True)
        DISK.sync_folder(self.folder)

    def signer(self) -> Signer:
        """Return the board's signing key.

        Raises:
            KeysMissing: there is none.
            KeysDamaged: its file cannot be read.
        """
        values = _read(self.folder / "board.json")
        try:
            return Signer(BoardKey(_key_bytes(values["private"])), Certificate.from_json(values["certificate"]))
        except (CertificateWrong, KeyError, ValueError):
            raise KeysDamaged(self.folder / "board.json") from None

    def set_signer(self, signer: Signer) -> None:
        """Keep the board's signing key and certificate in place of the old ones."""
        values = {"private": _text(signer.key.seed), "certificate": signer.certificate.to_json()}
        _write(self.folder / "board.json", values)

    def pending(self) -> Mapping[str, str]:
        """Return the private keys (Base64 by purpose) and the site of the last request to the root; empty if none.

        Raises:
            KeysDamaged: the file cannot be read.
        """
        return _read(self._pending_file) if self._pending_file.exists() else {}

    def set_pending(self, values: Mapping[str, str]) -> None:
        """Keep the private keys that the root is asked to certify, in place of those it was asked for before."""
        _write(self._pending_file, values)

    def drop_pending(self) -> None:
        """Forget the request: its keys stand in the keyring now."""
        self._pending_file.unlink(missing_ok=True)
        DISK.sync_folder(self.folder)

    def storage_key(self) -> bytes:
        """Return the 32-byte key under which the desk stores originals.

        Raises:
            KeysMissing: there is none.
            KeysDamaged: its file cannot be read.
        """
        try:
            return _key_bytes(_read(self.folder / "storage.json")["private"])
        except (KeyError, ValueError) as error:
            if isinstance(error, KeysMissing | KeysDamaged):
                raise
            raise KeysDamaged(self.folder / "storage.json") from None

    def set_storage_key(self, key: bytes) -> None:
        """Keep the storage key."""
        _write(self.folder / "storage.json", {"private": _text(key)})

    def root_public(self) -> bytes:
        """Return the pinned 32-byte root public key.

        Raises:
            KeysMissing: there is none.
            KeysDamaged: it cannot be read.
        """
        try:
            return read_root_public(self.folder / PINNED_FILE)
        except RootMissing:
            raise (KeysMissing(self.folder / PINNED_FILE) if self.folder.exists() else KeysMissing()) from None
        except RootDamaged:
            raise KeysDamaged(self.folder / PINNED_FILE) from None

    def set_root_public(self, public: bytes) -> None:
        """Pin the root."""
        write_root_public(self.folder / PINNED_FILE, public)

    @property
    def _pending_file(self) -> Path:
        return self.folder / "pending.json"

    def _epoch_file(self, epoch_id: bytes) -> Path:
        return self.folder / f"epoch-{epoch_id.hex()}.json"

    def _epoch(self, path: Path) -> Epoch:
        values = _read(path)
        try:
            key = EpochKey(hybrid.PrivateKey(_key_bytes(values["private"])))
            epoch = Epoch(key, Certificate.from_json(values["certificate"]))
        except (CertificateWrong, KeyError, ValueError):
            raise KeysDamaged(path) from None
        if key_id(key.public) != epoch.id:
            raise KeysDamaged(path)
        return epoch


def open_sealed(blob: bytes, keyring: Keyring, *, site: str) -> bytes:
    """Return what was sealed.

    Raises:
        EnvelopeDamaged: not ours, cut short, or for a key of another site.
        SealNotOpened: an `EnvelopeDamaged` whose key is here and this site's; it can never be opened.
        EpochUnknown: sealed to a key that is not in the keyring.
        KeysDamaged: the key's file cannot be read.
    """
    epoch_id = envelope_epoch(blob)
    epoch = keyring.epoch(epoch_id)
    never = SealNotOpened if epoch.certificate.site == site else EnvelopeDamaged  # a site's name can be put right
    try:
        plain = epoch.key.private.open(blob[HEADER_BYTES:], binding(site, epoch_id))
    except hybrid.NotForThisKey:
        raise never from None
    length = int.from_bytes(plain[:LENGTH_BYTES])
    content, filling = plain[LENGTH_BYTES : LENGTH_BYTES + length], plain[LENGTH_BYTES + length :]
    if len(content) != length or any(filling):
        raise never
    return content


def envelope_epoch(blob: bytes) -> bytes:
    """Return the epoch id that an envelope names in clear.

    Raises:
        EnvelopeDamaged: it is not an envelope of this version and of one of the five sizes.
    """
    if len(blob) not in ENVELOPE_SIZES or not blob.startswith(MAGIC + bytes([VERSION])):
        raise EnvelopeDamaged
    return blob[HEADER_BYTES - KEY_ID_BYTES : HEADER_BYTES]


def _write(path: Path, values: Mapping[str, object]) -> None:
    DISK.make_folder(path.parent)
    write_whole(path, json.dumps(values, indent=1).encode("ascii") + b"\n", mode=PRIVATE)


def _read(path: Path) -> dict[str, str]:
    try:
        values = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise (KeysMissing(path) if path.parent.exists() else KeysMissing()) from None
    except (OSError, ValueError):
        raise KeysDamaged(path) from None
    if not isinstance(values, dict):
        raise KeysDamaged(path)
    return values


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _key_bytes(text: str) -> bytes:
    raw = base64.b64decode(text, validate=True)
    if len(raw) != STORAGE_KEY_BYTES:  # every private key of ours is a 32-byte seed
        raise ValueError("A private key has 32 bytes.")
    return raw
