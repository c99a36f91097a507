"""Sealing a report so that nobody but the desk can open it: all that the front can do.

The envelope is `LPSE`, a version byte, the 16-byte epoch id, and HPKE over the report padded to a bucket, so
that its size says only "short" or "long". Byte layout in `docs/reference/envelope.md`.
"""

from lastpiece.tell import hybrid
from lastpiece.tell.certificate import KEY_ID_BYTES, Certificate, CertificateForeign

MAGIC = b"LPSE"
VERSION = 1
HEADER_BYTES = len(MAGIC) + 1 + KEY_ID_BYTES
BUCKETS = (4 * 1024, 16 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024)
"""Padded sizes in bytes of what is inside the seal, its four-byte length included."""
LENGTH_BYTES = 4
ENVELOPE_SIZES = frozenset(HEADER_BYTES + hybrid.OVERHEAD_BYTES + bucket for bucket in BUCKETS)
LARGEST = max(ENVELOPE_SIZES)
FORM = "report/1"
"""The version of what is inside, bound to the seal: an envelope of one form never opens as another."""


class ReportTooLong(ValueError):
    """What was told does not fit the largest bucket."""

    def __init__(self) -> None:
        super().__init__("This is too long to send at once. Shorten it, or send it in parts.")


class NoEnvelope(ValueError):
    """The bytes are not an envelope of this version."""

    def __init__(self) -> None:
        super().__init__("This is not a sealed report of a kind this site takes.")


def epoch_of(envelope: bytes) -> bytes:
    """Return the id of the key an envelope says it is sealed to; only the desk can tell whether it is.

    Raises:
        NoEnvelope: its size or its first bytes are not an envelope's.
    """
    if len(envelope) not in ENVELOPE_SIZES or not envelope.startswith(MAGIC + bytes([VERSION])):
        raise NoEnvelope
    return envelope[HEADER_BYTES - KEY_ID_BYTES : HEADER_BYTES]


def seal(plain: bytes, certificate: Certificate, *, site: str) -> bytes:
    """Seal `plain` to the desk's epoch key. The caller has `verify`-ed the certificate.

    Raises:
        CertificateForeign: the certificate is another site's or not for reports.
        ReportTooLong: over one mebibyte.
        KeyWrong: the certificate holds no usable key.
    """
    if certificate.purpose != "report" or certificate.site != site:
        raise CertificateForeign
    sealed = hybrid.seal_to(certificate.public_key, padded(plain), binding(site, certificate.id))
    return MAGIC + bytes([VERSION]) + certificate.id + sealed


def padded(plain: bytes) -> bytes:
    """Return length, content and zeros up to the smallest bucket that holds them.

    Raises:
        ReportTooLong: no bucket does.
    """
    needed = LENGTH_BYTES + len(plain)
    bucket = next((size for size in BUCKETS if size >= needed), None)
    if bucket is None:
        raise ReportTooLong
    return (len(plain).to_bytes(LENGTH_BYTES) + plain).ljust(bucket, b"\x00")


def binding(site: str, epoch: bytes) -> bytes:
    """Return HPKE's `info`: an envelope opens only at its site, for its epoch and as its form."""
    name, form = site.encode("utf-8"), FORM.encode("ascii")
    return b"lastpiece/envelope/1" + bytes([len(name)]) + name + epoch + bytes([len(form)]) + form
