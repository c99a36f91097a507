"""Who may receive reports and who may publish: keys of the desk, signed by one offline root.

The root's fingerprint can be printed on a poster. The front pins the root and nothing else: with no valid
certificate it closes and shows telephone numbers.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lastpiece.tell import hybrid

Purpose = Literal["report", "board"]
KEY_ID_BYTES = 16
_LABEL = b"lastpiece/certificate/1\x00"


class CertificateWrong(ValueError):
    """A certificate cannot be trusted; each way is a class of its own below."""


class CertificateMissing(CertificateWrong):
    """There is no certificate."""

    def __init__(self) -> None:
        super().__init__("There is no key to seal reports with. Run `lastpiece keys make`.")


class CertificateDamaged(CertificateWrong):
    """The bytes are not a certificate."""

    def __init__(self) -> None:
        super().__init__("The key certificate is damaged.")


class CertificateExpired(CertificateWrong):
    """The certificate's days are over."""

    def __init__(self, not_after: datetime) -> None:
        super().__init__(f"The key expired on {not_after:%d %B %Y}. Run `lastpiece keys rotate`.")


class CertificateNotYet(CertificateWrong):
    """The certificate's days have not begun."""

    def __init__(self, not_before: datetime) -> None:
        super().__init__(f"The key is not valid before {not_before:%d %B %Y}. Check this machine's clock.")


class CertificateNotSigned(CertificateWrong):
    """The certificate is not signed by the root we trust."""

    def __init__(self) -> None:
        super().__init__("The key is not signed by the root this site trusts.")


class CertificateForeign(CertificateWrong):
    """The certificate is another site's, or for another purpose."""

    def __init__(self) -> None:
        super().__init__("The key belongs to another site or another purpose.")


@dataclass(frozen=True, slots=True)
class Root:
    """The offline Ed25519 key that signs certificates."""

    seed: bytes = field(repr=False)

    @classmethod
    def make(cls) -> "Root":
        """Return a new root from the operating system's randomness."""
        return cls(secrets.token_bytes(32))

    @property
    def public(self) -> bytes:
        """The 32-byte public key that fronts and desks pin."""
        return _ed25519(self.seed).public_key().public_bytes_raw()


@dataclass(frozen=True, slots=True)
class EpochKey:
    """A week's key: reports are sealed to it, and it is destroyed when they have been taken in."""

    private: hybrid.PrivateKey = field(repr=False)
    purpose: Purpose = "report"

    @classmethod
    def make(cls) -> "EpochKey":
        """Return a new key from the operating system's randomness."""
        return cls(hybrid.PrivateKey(secrets.token_bytes(hybrid.PRIVATE_BYTES)))

    @property
    def public(self) -> bytes:
        """The 1,216-byte public key."""
        return self.private.public()


@dataclass(frozen=True, slots=True)
class BoardKey:
    """The desk's Ed25519 key that signs what is published on the board."""

    seed: bytes = field(repr=False)
    purpose: Purpose = "board"

    @classmethod
    def make(cls) -> "BoardKey":
        """Return a new key from the operating system's randomness."""
        return cls(secrets.token_bytes(32))

    @property
    def public(self) -> bytes:
        """The 32-byte public key."""
        return _ed25519(self.seed).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        return _ed25519(self.seed).sign(message)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A desk public key with its site, purpose and half-open days of validity, signed by the root."""

    purpose: Purpose
    site: str
    public_key: bytes = field(repr=False)
    not_before: datetime
    not_after: datetime
    signature: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """The key's 16-byte id: the head of its SHA-256."""
        return key_id(self.public_key)

    def body(self) -> bytes:
        """Return the bytes that the root signs."""
        return json.dumps(
            {
                "purpose": self.purpose,
                "site": self.site,
                "public_key": base64.b64encode(self.public_key).decode("ascii"),
                "not_before": self.not_before.astimezone(UTC).isoformat(),
                "not_after": self.not_after.astimezone(UTC).isoformat(),
            },
            separators=(",", ":"),
        ).encode("ascii")

    def to_json(self) -> dict[str, str]:
        """Return the certificate as plain JSON values; the signed body is kept as it was signed."""
        return {
            "body": self.body().decode("ascii"),
            "signature": base64.b64encode(self.signature).decode("ascii"),
        }

    def encode(self) -> bytes:
        """Return the certificate as it stands on the board in `certificate.json`."""
        return json.dumps(self.to_json(), separators=(",", ":")).encode("ascii")

    @classmethod
    def from_json(cls, values: Any) -> "Certificate":  # noqa: ANN401 - parsed JSON is anything until checked
        """Read what `to_json` gave.

        Raises:
            CertificateDamaged: it is not a certificate.
        """
        try:
            body = json.loads(values["body"])
            certificate = cls(
                purpose=body["purpose"],
                site=body["site"],
                public_key=base64.b64decode(body["public_key"], validate=True),
                not_before=datetime.fromisoformat(body["not_before"]),
                not_after=datetime.fromisoformat(body["not_after"]),
                signature=base64.b64decode(values["signature"], validate=True),
            )
            if certificate.body().decode("ascii") != values["body"]:
                raise CertificateDamaged
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise CertificateDamaged from None
        return certificate

    @classmethod
    def decode(cls, content: bytes | None) -> "Certificate":
        """Read `certificate.json`.

        Raises:
            CertificateMissing: there is none.
            CertificateDamaged: it is not a certificate.
        """
        if content is None:
            raise CertificateMissing
        return _decoded(content)


@lru_cache(maxsize=8)  # the front's children inherit what their parent has read
def _decoded(content: bytes) -> Certificate:
    try:
        return Certificate.from_json(json.loads(content))
    except (ValueError, RecursionError):
        raise CertificateDamaged from None


def issue(root: Root, key: EpochKey | BoardKey, *, site: str, not_before: datetime, not_after: datetime) -> Certificate:
    """Sign a desk key for a site from `not_before` until just before `not_after` (aware times)."""
    return certify(root, Certificate(key.purpose, site, key.public, not_before, not_after, b""))


def certify(root: Root, unsigned: Certificate) -> Certificate:
    """Sign what a desk asks for: the root needs to see no private key for it."""
    return replace(unsigned, signature=_ed25519(root.seed).sign(_LABEL + unsigned.body()))


def verify(
    certificate: Certificate,
    root_public: bytes,
    now: datetime,
    *,
    site: str | None = None,
    purpose: Purpose = "report",
) -> Certificate:
    """Return the certificate if the root signed it for this purpose (and site) and `now` is within its days.

    Raises:
        CertificateNotSigned: the root did not sign it.
        CertificateForeign: it is another site's or for another purpose.
        CertificateNotYet: its days have not begun.
        CertificateExpired: its days are over.
    """
    if not signed_by(root_public, _LABEL + certificate.body(), certificate.signature):
        raise CertificateNotSigned
    if certificate.purpose != purpose or (site is not None and certificate.site != site):
        raise CertificateForeign
    if now < certificate.not_before:
        raise CertificateNotYet(certificate.not_before)
    if now >= certificate.not_after:
        raise CertificateExpired(certificate.not_after)
    return certificate


@lru_cache(maxsize=64)  # the front's children inherit what their parent has checked
def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the Ed25519 key `public` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public: bytes) -> bytes:
    """Return a public key's 16-byte id."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES]


def fingerprint(root_public: bytes) -> str:
    """Return a root's SHA-256 in sixteen groups of four, as printed on a poster."""
    digits = hashlib.sha256(root_public).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _ed25519(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)
