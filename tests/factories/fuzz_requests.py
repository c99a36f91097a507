"""What the server itself reads of a stranger, as targets for a fuzzer: a request's head, and a proxy's line."""

import socket

from tests.factories.fuzz_targets import FuzzTarget

from lastpiece.site.front.incoming import LONGEST_UPLOAD, Refused, parse
from lastpiece.site.front.networks import Names
from lastpiece.site.front.proxying import SECOND, Announcement, NotAnnounced

NAMES = Names(0.0)


def read_head(told: bytes) -> None:
    """Read a head: it is refused with a status, or stays within every limit."""
    try:
        head = parse(told)
    except Refused:
        return
    assert head.path.startswith("/")
    assert not head.path.startswith("//")
    assert 0 <= head.length <= LONGEST_UPLOAD
    assert not [name for name in head.headers if "_" in name]


def read_announcement(told: bytes) -> None:
    """Read a proxy's line: it is refused, is not whole, or gives a name and leaves nothing of the address."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        theirs.send(told[:4096] or b"x")
        announcement = Announcement()
        try:
            name = announcement.read(ours.fileno(), NAMES)
        except NotAnnounced:
            return
        assert name is None or not any(announcement._buffer)


def _heads() -> list[bytes]:
    return [
        b"GET /tell?a=b HTTP/1.1\r\nHost: localhost\r\nAccept: */*",
        b"POST /tell HTTP/1.0\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 3000000",
    ]


def _lines() -> list[bytes]:
    return [
        b"PROXY TCP4 198.51.100.7 192.0.2.1 4000 443\r\nGET /",
        b"PROXY TCP6 2001:db8::1 2001:db8::2 4000 443\r\n",
        SECOND + b"\x21\x11\x00\x0c" + bytes(range(12)) + b"GET /",
        SECOND + b"\x21\x21\x00\x24" + bytes(36),
    ]


REQUESTS = (FuzzTarget("request", read_head, _heads), FuzzTarget("announcement", read_announcement, _lines))
