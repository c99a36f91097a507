"""Which network a connection comes from, without anybody's address staying in memory.

The kernel writes the sender's address into one buffer of ours; a keyed hash of its first bytes is taken (a /24, or a
/48 of IPv6) and the buffer is wiped. No text of an address is ever made. The key is random, changes every day, and is
never on disk: after that nobody can say which network a hash was of.
"""

import ctypes
import errno
import hashlib
import os
import secrets
import socket
import sys

KEY_S = 24 * 60 * 60
NAME_BYTES = 12
V4_PREFIX, V6_PREFIX = 3, 6
"""Bytes of an address that name its network: a /24, a /48."""
_MAPPED = b"\x00" * 10 + b"\xff\xff"
"""IPv6 addresses that hold an IPv4 address begin so."""
_SOCKADDR_BYTES = 128
_LIBC = ctypes.CDLL(None, use_errno=True)
GONE = frozenset({errno.EAGAIN, errno.ECONNABORTED, errno.EPROTO, errno.EPERM, errno.EINTR})
"""The connection that was to be accepted is no longer there."""


class Names:
    """Names networks for a day. `now` is seconds of a clock that never goes back."""

    def __init__(self, now: float) -> None:
        self._draw(now)

    def __repr__(self) -> str:
        return "Names()"

    def renew(self, now: float) -> bool:
        """Take another key when the day is over, and tell whether it was."""
        if now < self._until:
            return False
        self._draw(now)
        return True

    def _draw(self, now: float) -> None:
        self._until = now + KEY_S
        self._key = secrets.token_bytes(32)

    def name(self, family: int, address: memoryview) -> bytes:
        """Return the name of the network of a packed address (4 or 16 bytes), or of no network for other families."""
        if family == socket.AF_INET6 and bytes(address[:12]) == _MAPPED:
            family, address = socket.AF_INET, address[12:]
        if family == socket.AF_INET:
            return self._hash(b"4", bytes(address[:V4_PREFIX]))
        if family == socket.AF_INET6:
            return self._hash(b"6", bytes(address[:V6_PREFIX]))
        return self._hash(b"?", b"")

    def _hash(self, kind: bytes, prefix: bytes) -> bytes:
        return hashlib.blake2b(kind + prefix, key=self._key, digest_size=NAME_BYTES).digest()


class Accepting:
    """Accepts connections; the address of the last one is wiped before the next."""

    def __init__(self, listener: socket.socket) -> None:
        self._listening = listener.fileno()
        self._buffer = ctypes.create_string_buffer(_SOCKADDR_BYTES)
        self._view = memoryview(self._buffer).cast("B")
        self._length = ctypes.c_uint32()

    def accept(self, names: Names) -> tuple[int, bytes] | None:
        """Return a new connection's descriptor, which does not block, and its network's name; None when none waits.

        Raises:
            OSError: there are no descriptors or no memory.
        """
        self._length.value = _SOCKADDR_BYTES
        descriptor = int(_LIBC.accept(self._listening, self._buffer, ctypes.byref(self._length)))
        if descriptor < 0:
            number = ctypes.get_errno()
            if number in GONE:
                return None
            raise OSError(number, os.strerror(number))
        try:
            os.set_blocking(descriptor, False)
            return descriptor, names.name(*packed(self._view))
        finally:
            ctypes.memset(self._buffer, 0, _SOCKADDR_BYTES)


def packed(sockaddr: memoryview) -> tuple[int, memoryview]:
    """Return the family and the packed address inside a kernel's socket address."""
    family = sockaddr[1] if sys.platform == "darwin" else int.from_bytes(sockaddr[:2], sys.byteorder)
    if family == socket.AF_INET:
        return family, sockaddr[4:8]
    if family == socket.AF_INET6:
        return family, sockaddr[8:24]
    return family, sockaddr[:0]
