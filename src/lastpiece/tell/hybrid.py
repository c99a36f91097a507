"""The one public-key suite we use: X25519 and ML-KEM-768 together, so that either may fall.

HPKE (RFC 9180) with KEM `MLKEM768_X25519` (X-Wing), HKDF-SHA256 and ChaCha20-Poly1305. A private key is
its 32-byte X-Wing seed (draft-connolly-cfrg-xwing-kem: SHAKE256 expands it to 96 bytes), which is also what
browsers' libraries store, so what Python seals a browser opens and the other way round.
"""

import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
PRIVATE_BYTES = 32
MLKEM_PUBLIC_BYTES = 1184
PUBLIC_BYTES = MLKEM_PUBLIC_BYTES + 32
OVERHEAD_BYTES = 1136
"""Encapsulated key (1,120) and authentication tag (16)."""


class KeyWrong(ValueError):
    """The bytes are not a key of our suite."""

    def __init__(self) -> None:
        super().__init__("This is not a key that Lastpiece can use.")


class NotForThisKey(ValueError):
    """The sealed bytes were altered, cut short, or sealed to another key or label."""

    def __init__(self) -> None:
        super().__init__("This cannot be opened with this key.")


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A private key as its 32-byte seed, never shown."""

    seed: bytes = field(repr=False)

    def _expanded(self) -> MLKEM768X25519PrivateKey:
        if len(self.seed) != PRIVATE_BYTES:
            raise KeyWrong
        expanded = hashlib.shake_256(self.seed).digest(96)
        return MLKEM768X25519PrivateKey(
            MLKEM768PrivateKey.from_seed_bytes(expanded[:64]), X25519PrivateKey.from_private_bytes(expanded[64:])
        )

    def public(self) -> bytes:
        """Return the 1,216-byte public key: ML-KEM-768, then X25519."""
        if len(self.seed) != PRIVATE_BYTES:
            raise KeyWrong
        expanded = hashlib.shake_256(self.seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64]).public_key().public_bytes_raw()
        return mlkem + X25519PrivateKey.from_private_bytes(expanded[64:]).public_key().public_bytes_raw()

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return what was sealed to this key under `info`.

        Raises:
            NotForThisKey: altered, cut short, or sealed to another key or label.
        """
        try:
            return SUITE.decrypt(sealed, self._expanded(), info)
        except InvalidTag as error:
            raise NotForThisKey from error


def public_key(raw: bytes) -> MLKEM768X25519PublicKey:
    """Read a 1,216-byte public key.

    Raises:
        KeyWrong: the bytes are not a public key.
    """
    if len(raw) != PUBLIC_BYTES:
        raise KeyWrong
    try:
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC_BYTES]),
            X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC_BYTES:]),
        )
    except ValueError as error:
        raise KeyWrong from error


def seal_to(raw_public: bytes, plain: bytes, info: bytes) -> bytes:
    """Seal `plain` to a public key: 1,136 bytes longer than it was.

    Raises:
        KeyWrong: the public key is not one.
    """
    key = public_key(raw_public)
    try:
        return SUITE.encrypt(plain, key, info)
    except ValueError as error:  # an X25519 point of low order: well-formed, and no secret can be shared with it
        raise KeyWrong from error
