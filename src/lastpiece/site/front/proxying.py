"""The line with which a proxy says whom a connection is from (the PROXY protocol, versions 1 and 2, HAProxy 2020).

The parent reads exactly that line and not one byte of the request behind it. The address in it is turned into the name
of a network at once and the buffer is wiped.
"""

import ctypes
import os
import socket
import struct

from lastpiece.site.front.networks import Names

FIRST_BYTES = 12
"""Both versions are longer than this, so reading it never touches the request."""
SECOND = b"\r\n\r\n\x00\r\nQUIT\n"
FIRST = b"PROXY "
LONGEST_FIRST = 107
LONGEST_SECOND = 16 + 512
_FAMILIES = {b"TCP4": socket.AF_INET, b"TCP6": socket.AF_INET6}
_PACKED = {0x11: (socket.AF_INET, 4), 0x21: (socket.AF_INET6, 16)}
"""Version 2's family and transport byte, and the length of one address."""
_LIBC = ctypes.CDLL(None)


class NotAnnounced(Exception):
    """The connection does not begin with a proxy's line, or it is too long or wrong: it is closed."""


class Announcement:
    """Reads a proxy's line from a connection that does not block, in as many pieces as it comes in."""

    def __init__(self) -> None:
        self._buffer = bytearray(LONGEST_SECOND)
        self._at = 0

    def __repr__(self) -> str:
        return "Announcement()"

    def read(self, descriptor: int, names: Names) -> bytes | None:
        """Return the network's name when the line is whole, and None while it is not.

        Raises:
            NotAnnounced: it is no proxy's line.
        """
        while (wanted := self._wanted()) > 0:
            try:
                count = os.readv(descriptor, [memoryview(self._buffer)[self._at : self._at + wanted]])
            except BlockingIOError:
                return None
            except OSError as problem:
                raise NotAnnounced from problem
            if not count:
                raise NotAnnounced
            self._at += count
        try:
            return self._name(names)
        finally:
            self.wipe()

    def wipe(self) -> None:
        """Forget what was read, when it was used or the connection is let go."""
        self._buffer[:] = bytes(len(self._buffer))

    def _wanted(self) -> int:
        """Return how many bytes may be read without touching the request: 0 when the line is whole.

        Raises:
            NotAnnounced: what has come is no proxy's line.
        """
        if self._at < FIRST_BYTES:
            return FIRST_BYTES - self._at
        if self._buffer.startswith(SECOND):
            whole = 16 + int.from_bytes(self._buffer[14:16]) if self._at >= 16 else 16  # noqa: PLR2004 - version 2's fixed part
            if whole > LONGEST_SECOND:
                raise NotAnnounced
            return whole - self._at
        if not self._buffer.startswith(FIRST) or self._at > LONGEST_FIRST:
            raise NotAnnounced
        return 0 if self._buffer[self._at - 1] == ord("\n") else 1

    def _name(self, names: Names) -> bytes:
        view = memoryview(self._buffer)
        if not self._buffer.startswith(SECOND):
            return self._name_of_text(names)
        version, family = struct.unpack_from("BB", self._buffer, 12)
        if version >> 4 != 2 or version & 15 > 1:  # noqa: PLR2004 - the second version's own nibble
            raise NotAnnounced
        kind, length = _PACKED.get(family, (socket.AF_UNSPEC, 0))
        if version & 15 == 0 or 2 * length > int.from_bytes(view[14:16]):  # LOCAL: the proxy itself asks
            kind, length = socket.AF_UNSPEC, 0
        return names.name(kind, view[16 : 16 + length])

    def _name_of_text(self, names: Names) -> bytes:
        """Read version 1's address with the C library, from buffer to buffer: no Python text of it is made."""
        kind = _FAMILIES.get(bytes(self._buffer[6:10]), socket.AF_UNSPEC)
        if kind == socket.AF_UNSPEC:
            return names.name(kind, memoryview(b""))
        end = self._buffer.find(b" ", 11, self._at)
        if end < 0:
            raise NotAnnounced
        self._buffer[end] = 0
        line = (ctypes.c_char * LONGEST_SECOND).from_buffer(self._buffer)
        packed = bytearray(16)
        place = (ctypes.c_char * 16).from_buffer(packed)
        try:
            if _LIBC.inet_pton(kind, ctypes.byref(line, 11), place) != 1:
                raise NotAnnounced
            return names.name(kind, memoryview(packed))
        finally:
            packed[:] = bytes(16)
