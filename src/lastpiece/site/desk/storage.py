"""The desk's storage key: it wraps the key of each report's text, and hides second-factor secrets.

It lives in the keyring's folder and in no table, so that a copy of the database alone opens nothing.
"""

import functools
import hmac
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from lastpiece.tell.opening import Keyring

KEY_BYTES = 32
NONCE_BYTES = 12


class TextUnreadable(Exception):
    """A stored text does not open with this desk's storage key."""

    def __init__(self) -> None:
        super().__init__("This text does not open with the desk's storage key. Nothing was changed.")


def seal_text(plain: bytes, *, about: bytes) -> tuple[bytes, bytes]:
    """Encipher a text under a new data key.

    Args:
        plain: The text.
        about: What the text belongs to; it must be given again to open it.

    Returns:
        The enciphered text and its wrapped data key.
    """
    data_key, wrapped = new_key(about=about)
    return seal_under(data_key, plain, about=about), wrapped


def new_key(*, about: bytes) -> tuple[bytes, bytes]:
    """Return a new data key, and the same wrapped for keeping; `unwrap` needs the same `about`."""
    data_key = secrets.token_bytes(KEY_BYTES)
    return data_key, seal_under(_derived(b"wrap"), data_key, about=about)


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


def keyed_digest(purpose: bytes, content: bytes) -> bytes:
    """Return 32 bytes that are the same for the same content, and say nothing of it without the storage key."""
    return hmac.digest(_derived(purpose), content, "sha256")


def _derived(purpose: bytes) -> bytes:
    return _derived_from(Path(settings.KEYRING_FOLDER), purpose)


@functools.lru_cache(maxsize=8)
def _derived_from(keyring: Path, purpose: bytes) -> bytes:
    key = Keyring(keyring).storage_key()
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"lastpiece desk " + purpose).derive(key)
