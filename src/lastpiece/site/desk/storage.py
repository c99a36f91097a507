"""The desk's storage key: it wraps the key of each report's text, and hides second-factor secrets.

It lives in one file beside the database and in no table, so that a copy of the database alone opens nothing.
"""

import functools
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12


class StorageKeyMissing(Exception):
    """The file that holds the storage key is not there or is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The desk's storage key is missing or damaged: {path}. Without it no report can be opened. "
            "Put the file back from your backup; on a new desk run `lastpiece desk migrate`, which makes it."
        )


class TextUnreadable(Exception):
    """A stored text does not open with this desk's storage key."""

    def __init__(self) -> None:
        super().__init__("This text does not open with the desk's storage key. Nothing was changed.")


def make_key_file(path: Path) -> None:
    """Write a new random key to `path`, readable by its owner only; keep one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def seal_text(plain: bytes, *, about: bytes) -> tuple[bytes, bytes]:
    """Encipher a text under a new data key.

    Args:
        plain: The text.
        about: What the text belongs to; it must be given again to open it.

    Returns:
        The enciphered text and its wrapped data key.
    """
    data_key = secrets.token_bytes(KEY_BYTES)
    return seal_under(data_key, plain, about=about), seal_under(_derived(b"wrap"), data_key, about=about)


def open_text(sealed: bytes, wrapped: bytes, *, about: bytes) -> bytes:
    """Return the text that `seal_text` enciphered.

    Raises:
        TextUnreadable: another key, another record, or a damaged text.
    """
    return open_under(unwrap(wrapped, about=about), sealed, about=about)


def unwrap(wrapped: bytes, *, about: bytes) -> bytes:
    """Return the data key that `seal_text` wrapped."""
    return open_under(_derived(b"wrap"), wrapped, about=about)


def seal_under(key: bytes, plain: bytes, *, about: bytes) -> bytes:
    """Return `plain` enciphered under `key`, a random nonce first."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, about)


def open_under(key: bytes, sealed: bytes, *, about: bytes) -> bytes:
    """Return what `seal_under` enciphered."""
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError) as error:
        raise TextUnreadable from error


def hide_secret(secret: str) -> str:
    """Return a second-factor secret as it may stand in the database."""
    return seal_under(_derived(b"second factor"), secret.encode(), about=b"").hex()


def show_secret(hidden: str) -> str:
    """Return the second-factor secret that `hide_secret` hid."""
    return open_under(_derived(b"second factor"), bytes.fromhex(hidden), about=b"").decode()


def _derived(purpose: bytes) -> bytes:
    return _derived_from(Path(settings.STORAGE_KEY_FILE), purpose)


@functools.lru_cache(maxsize=8)
def _derived_from(path: Path, purpose: bytes) -> bytes:
    try:
        key = path.read_bytes()
    except OSError as error:
        raise StorageKeyMissing(path) from error
    if len(key) != KEY_BYTES:
        raise StorageKeyMissing(path)
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"lastpiece desk " + purpose).derive(key)
