"""One random seed a form, from which all that belongs to one report is derived.

The seed travels in a hidden field of the teller's own page. A sending that is tried again therefore
gives the same seven words and the same import nonce, and the desk takes the report in once. A sending of
other words from the same page gives the same seven words and another nonce: nothing acknowledged is dropped.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lastpiece.tell.attachment import Attachment

SEED_BYTES = 32
NONCE_BYTES = 32


class SeedWrong(ValueError):
    """The form's hidden seed is not 32 bytes: the page was altered or is from another version."""

    def __init__(self) -> None:
        super().__init__("This page is out of date. Go back to the start of the form and try again.")


def new_seed() -> bytes:
    """Return 32 random bytes from the operating system."""
    return secrets.token_bytes(SEED_BYTES)


def derive(secret: bytes, label: str, length: int) -> bytes:
    """Return `length` bytes of HKDF-SHA256 over `secret`, kept apart from other uses by `label` (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=b"lastpiece/" + label.encode()).derive(secret)


def checked(seed: bytes) -> bytes:
    """Return `seed` if it has the right length.

    Raises:
        SeedWrong: it has not.
    """
    if len(seed) != SEED_BYTES:
        raise SeedWrong
    return seed


def import_nonce(seed: bytes, answers: Mapping[str, str], attachments: Sequence[Attachment] = ()) -> bytes:
    """Return the 32-byte nonce by which the desk imports what this page said exactly once.

    Somebody who sends, goes back, changes an answer or adds a photo and sends again has told two things: answers
    and files are part of it.

    Raises:
        SeedWrong: the seed is not 32 bytes.
    """
    said = json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    files = "".join(f"\n{file.id.hex()}{int(file.use_place)}" for file in attachments)
    digest = hashlib.sha256((said + files).encode("utf-8", "replace")).digest()
    return derive(checked(seed) + digest, "import-nonce/2", NONCE_BYTES)
