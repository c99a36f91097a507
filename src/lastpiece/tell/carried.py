"""A file of sealed reports that somebody carries: from a tablet without a network to the front, read as it comes in.

Byte layout in `docs/reference/envelope.md`. Every envelope has its own digest, so that one that was damaged on the way
is named by its place and costs none of the others. The certificate in the file lets the front see that the key is the
desk's own, even when its week is over by now.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from lastpiece.tell.certificate import Certificate, CertificateWrong, verify
from lastpiece.tell.sealing import ENVELOPE_SIZES, LARGEST, VERSION, NoEnvelope, epoch_of
from lastpiece.tell.sealing import MAGIC as ENVELOPE_MAGIC

MAGIC = b"LPCARRY\x01"
LENGTH_BYTES = 4
LONGEST_CERTIFICATE = 16 * 1024
LATEST = timedelta(days=29)
"""So long after a key's last day its reports are taken: a day less than the desk keeps the key at least."""
DIGEST_BYTES = 32
_BEFORE = LENGTH_BYTES + DIGEST_BYTES
_MARK = ENVELOPE_MAGIC + bytes([VERSION])
_TAIL = _BEFORE + len(_MARK)
"""What is kept while the next envelope is looked for: its mark may be half here."""


class NotCarried(ValueError):
    """The file is not one that was made for carrying, or not for this site."""

    def __init__(self) -> None:
        super().__init__("This is not a file of locked reports for this site. Nothing was taken from it.")


class KeyGone(NotCarried):
    """The reports are sealed to a key that the desk may have destroyed: nothing of them may be called safe."""

    def __init__(self) -> None:
        ValueError.__init__(
            self,
            "These reports were locked so long ago that the desk may have destroyed the key. Nothing was taken. Keep "
            "the file and the tablet as they are, and ask whoever looks after the keys whether `lastpiece keys show` "
            "still lists a key of that time. If it does not, nobody can open them: ask the people to tell it again.",
        )


class Box(Protocol):
    """Where envelopes are put: a `Spool`."""

    def put(self, envelope: bytes) -> str:
        """Store one; when this returns it would survive a power cut."""


def pack(certificate: Certificate, envelopes: list[bytes]) -> bytes:
    """Return the file's bytes."""
    head = certificate.encode()
    records = [len(one).to_bytes(LENGTH_BYTES) + hashlib.sha256(one).digest() + one for one in envelopes]
    return MAGIC + len(head).to_bytes(LENGTH_BYTES) + head + b"".join(records)


@dataclass(slots=True)
class HandIn:
    """One file as it comes in, a part at a time; at most one envelope is held in memory.

    `stored` counts the envelopes that are safe, `damaged` holds the places (from 1) of those that are not whole.
    `add` and `end` raise what the box raises; what was stored before stays stored, and handing in again does no harm.
    """

    box: Box
    root_public: bytes = field(repr=False)
    site: str
    now: datetime
    stored: int = 0
    damaged: list[int] = field(default_factory=list)
    certificate: Certificate | None = field(default=None, repr=False)
    _rest: bytearray = field(default_factory=bytearray, repr=False)
    _seen: int = 0
    _lost: bool = False

    def add(self, part: bytes) -> None:
        """Take the next bytes.

        Raises:
            NotCarried: it is not such a file.
        """
        self._rest += part
        if self.certificate is None and not self._read_head():
            return
        while len(self._rest) >= _BEFORE + LARGEST:
            self._take_one()

    def end(self) -> None:
        """Take what is left; whatever is no whole envelope is damaged.

        Raises:
            NotCarried: it is not such a file.
        """
        if self.certificate is None:
            raise NotCarried
        while len(self._rest) > _TAIL or (self._rest and not self._lost):
            self._take_one()
        self._rest.clear()

    def _read_head(self) -> bool:
        start = len(MAGIC) + LENGTH_BYTES
        if not self._rest.startswith(MAGIC[: len(self._rest)]):
            raise NotCarried
        if len(self._rest) < start:
            return False
        length = int.from_bytes(self._rest[len(MAGIC) : start])
        if length > LONGEST_CERTIFICATE:
            raise NotCarried
        if len(self._rest) < start + length:
            return False
        self.certificate = self._checked(bytes(self._rest[start : start + length]))
        del self._rest[: start + length]
        return True

    def _checked(self, head: bytes) -> Certificate:
        """Return the certificate if our root signed it for this site; its week may be over, but not for long."""
        try:
            found = Certificate.from_json(json.loads(head))
            verify(found, self.root_public, found.not_before, site=self.site)
        except (CertificateWrong, ValueError, RecursionError):
            raise NotCarried from None
        if found.not_after + LATEST <= self.now:
            raise KeyGone
        return found

    def _take_one(self) -> None:
        """Store the next envelope, or pass over what is none to where one may begin."""
        if not self._lost:
            self._seen += 1
            length = int.from_bytes(self._rest[:LENGTH_BYTES])
            envelope = bytes(self._rest[_BEFORE : _BEFORE + length]) if length in ENVELOPE_SIZES else b""
            if self._is_whole(envelope, bytes(self._rest[LENGTH_BYTES:_BEFORE])):
                self.box.put(envelope)
                self.stored += 1
                del self._rest[: _BEFORE + length]
                return
            self.damaged.append(self._seen)
        found = self._rest.find(_MARK, _BEFORE + 1)
        self._lost = found < 0
        del self._rest[: -_TAIL if self._lost else found - _BEFORE]

    def _is_whole(self, envelope: bytes, digest: bytes) -> bool:
        if hashlib.sha256(envelope).digest() != digest or self.certificate is None:
            return False
        try:
            return epoch_of(envelope) == self.certificate.id
        except NoEnvelope:
            return False
