"""Networks have names for a day, and an address is nowhere once it has been named."""

import os
import socket
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.site.front.networks import KEY_S, Accepting, Names
from lastpiece.site.front.proxying import FIRST_BYTES, SECOND, Announcement, NotAnnounced


def name(names: Names, address: str) -> bytes:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return names.name(family, memoryview(socket.inet_pton(family, address)))


def second(address: str, command: int = 0x21) -> bytes:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    packed = socket.inet_pton(family, address)
    body = packed + packed + struct.pack("!HH", 4000, 443) + b"\x03\x00\x04tail"
    kind = 0x21 if family == socket.AF_INET6 else 0x11
    return SECOND + bytes([command, kind]) + struct.pack("!H", len(body)) + body


def first(address: str) -> bytes:
    return f"PROXY TCP{'6' if ':' in address else '4'} {address} 192.0.2.1 4000 443\r\n".encode()


def announced(names: Names, line: bytes, *, piece: int = 1000) -> tuple[bytes, bytes]:
    """Return the name that a line gave, and what was left unread."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        announcement, sent, found = Announcement(), line + b"GET / HTTP/1.1\r\n", None
        while found is None and sent:
            theirs.send(sent[:piece])
            sent = sent[piece:]
            found = announcement.read(ours.fileno(), names)
        assert found is not None
        assert not any(announcement._buffer)
        theirs.sendall(sent + b"!")
        return found, ours.recv(1000).removesuffix(b"!")


def test_neighbours_share_a_name_and_strangers_do_not() -> None:
    names = Names(0.0)
    assert name(names, "192.0.2.1") == name(names, "192.0.2.254") == name(names, "::ffff:192.0.2.7")
    assert name(names, "192.0.2.1") != name(names, "192.0.3.1")
    assert name(names, "2001:db8:1::1") == name(names, "2001:db8:1:ffff::2")
    assert name(names, "2001:db8:1::1") != name(names, "2001:db8:2::1")


def test_the_next_day_nobody_can_say_which_network_a_name_was_of() -> None:
    names = Names(0.0)
    before = name(names, "192.0.2.1")
    assert not names.renew(KEY_S - 1)
    assert name(names, "192.0.2.1") == before
    assert names.renew(KEY_S)
    assert name(names, "192.0.2.1") != before
    assert "key" not in repr(names)


def test_a_connection_is_named_and_its_address_wiped() -> None:
    names = Names(0.0)
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as sender:
        listener.settimeout(0)
        accepting = Accepting(listener)
        assert accepting.accept(names) is None
        sender.bind(("127.9.8.7", 0))
        sender.connect(listener.getsockname())
        accepted = accepting.accept(names)
        assert accepted is not None
        descriptor, network = accepted
        os.close(descriptor)
    assert network == name(names, "127.9.8.200")
    assert not any(accepting._view)


@pytest.mark.parametrize("address", ["198.51.100.7", "2001:db8:5::9"])
@pytest.mark.parametrize("piece", [1, 7, 1000])
@pytest.mark.parametrize("version", [first, second])
def test_a_proxys_line_gives_the_network_and_not_a_byte_of_the_request_is_read(
    address: str, piece: int, version: Callable[[str], bytes]
) -> None:
    names = Names(0.0)
    found, left = announced(names, version(address), piece=piece)
    assert found == name(names, address)
    assert left == b"GET / HTTP/1.1\r\n"


def test_a_proxy_that_asks_for_itself_is_of_no_network() -> None:
    names = Names(0.0)
    nobody = names.name(socket.AF_UNIX, memoryview(b""))
    assert announced(names, second("192.0.2.1", command=0x20))[0] == nobody
    assert announced(names, b"PROXY UNKNOWN\r\n")[0] == nobody


@pytest.mark.parametrize(
    "line",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PROXY TCP4 999.0.2.1 1.2.3.4 1 2\r\n",
        b"PROXY TCP4 nonsense\r\n",
        b"PROXY TCP4 " + b"1" * 200 + b"\r\n",
        SECOND + b"\x31\x11\x00\x0c" + bytes(12),
        SECOND + b"\x21\x11\xff\xff" + bytes(600),
    ],
)
def test_a_connection_that_is_not_announced_is_let_go(line: bytes) -> None:
    with pytest.raises(NotAnnounced):
        announced(Names(0.0), line)


@given(st.binary(min_size=FIRST_BYTES, max_size=200), st.booleans())
def test_any_bytes_are_an_announcement_or_none(tail: bytes, as_second: bool) -> None:  # noqa: FBT001 - hypothesis draws it
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(0)
        theirs.send((SECOND if as_second else b"PROXY TCP6 ") + tail)
        try:
            Announcement().read(ours.fileno(), Names(0.0))
        except NotAnnounced:
            return
