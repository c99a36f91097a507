"""Reading a request: limits, refusals, and a form with files that is never whole in memory."""

import socket
import threading
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lastpiece.site.front.incoming import LONGEST_BODY, Cut, Incoming, Refused, parse

MULTIPART = b"multipart/form-data; boundary=x"


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(0.3)
    with ours, theirs:
        yield ours, theirs


def test_a_request_is_read_as_wsgi_wants_it() -> None:
    head = parse(b"POST //tell/%C3%A9?a=b HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\nX_B: 3\r\nContent-Length: 7")
    assert (head.method, head.path, head.query, head.length) == ("POST", "/tell/\xc3\xa9", "a=b", 7)
    assert head.headers == {"HOST": "x", "X-A": "1,2", "CONTENT-LENGTH": "7"}
    assert not head.streamed


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"GET http://evil.example/ HTTP/1.1", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b", 400),
        (b"GET / HTTP/1.1\r\n folded: x", 400),
        (b"GET / HTTP/1.1\r\nA: b\x00c", 400),
        (b"GET / HTTP/2.0", 505),
        (b"POST / HTTP/1.1\r\nContent-Length: 1e3", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: " + str(LONGEST_BODY + 1).encode(), 413),
        (b"POST / HTTP/1.1\r\nContent-Type: " + MULTIPART + b"\r\nContent-Length: 300000000", 413),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"B: c", 431),
    ],
)
def test_what_oversteps_is_refused(head: bytes, code: int) -> None:
    with pytest.raises(Refused) as refused:
        parse(head)
    assert refused.value.code == code


@given(st.binary(max_size=300))
@example(b"GET / HTTP/1.1\r\nContent-Length: \xb2")
def test_any_bytes_are_a_request_or_refused(head: bytes) -> None:
    try:
        found = parse(head)
    except Refused:
        return
    assert found.path.startswith("/")
    assert not found.path.startswith("//")


def test_a_head_and_a_body_may_come_in_any_pieces(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    for byte in b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello":
        theirs.send(bytes([byte]))
    incoming = Incoming(ours)
    assert incoming.whole(incoming.head().length) == b"hello"


def test_a_sender_who_goes_or_falls_silent_is_noticed(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    theirs.send(b"GET / HT")
    incoming = Incoming(ours)
    with pytest.raises(TimeoutError):
        incoming.head()
    assert incoming.begun
    theirs.close()
    with pytest.raises(Cut):
        incoming.head()


def test_a_long_form_with_files_is_handed_on_as_it_comes(pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    length, ended = LONGEST_BODY + 100, []
    head = b"POST / HTTP/1.1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (MULTIPART, length)
    sender = threading.Thread(target=lambda: theirs.sendall(head + b"a" * length + b"not ours"))
    sender.start()
    incoming = Incoming(ours)
    assert incoming.head().streamed
    stream = incoming.stream(length, lambda: ended.append(True))
    longest = count = 0
    while piece := stream.read(1 << 20):
        assert set(piece) == {ord("a")}
        longest, count = max(longest, len(piece)), count + len(piece)
    sender.join()
    assert count == length
    assert longest <= 128 * 1024
    assert ended == [True]
    assert stream.read(10) == b""


def test_a_form_that_is_cut_ends_early_and_leave_is_asked_for_what_is_done_with_it(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    """A whole form in a longer body would otherwise be worked on by as many as may wait for slow senders."""
    ours, theirs = pair
    theirs.send(b"POST / HTTP/1.1\r\n\r\nabc")
    incoming, ended = Incoming(ours), []
    incoming.head()
    stream = incoming.stream(10, lambda: ended.append(True))
    assert stream.read(10) == b"abc"
    assert stream.read(10) == b""
    assert stream.read(10) == b""
    assert ended == [True]
