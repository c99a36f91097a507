"""What a child does: read one request, answer it, and end, with all that it read.

An ordinary worker still held a whole copy of a report after 1,110 later ones. Python cannot wipe what it read; the end
of a process does.
"""

import contextlib
import io
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TypeVar
from wsgiref.types import WSGIApplication, WSGIEnvironment

from lastpiece.site.front import children
from lastpiece.site.front.incoming import PIECE, READ_S, Cut, Head, Incoming, Refused
from lastpiece.site.front.packing import packed
from lastpiece.site.front.refusals import refusal
from lastpiece.site.settings import env

DEADLINE_S = 30
"""No request lives longer, and for each `SLOWEST` bytes it brings or takes a second more."""
SLOWEST = 8 * 1024
AT_ONCE_S = 0.05
"""A request that has not come whole after this long gives its place to another until it has."""
LEAVE_S = 300
"""So long a child waits for leave to work before it ends unanswered: only a flood makes anyone wait."""
HEARD_OUT = 4 * 1024 * 1024
HEARD_OUT_S = 2

Read = TypeVar("Read")
Prepared = Callable[[Head], bytes | None]
"""Returns a whole answer that was made ready before, or None."""


@dataclass(frozen=True, slots=True)
class Site:
    """What answers: the application, what it made ready, and under which name and port it is asked."""

    application: WSGIApplication = field(repr=False)
    prepared: Prepared = field(repr=False)
    name: str
    port: int


class Exchange:
    """One request on one connection. `notes` is where to tell the parent that the sender is slow."""

    def __init__(self, line: socket.socket, site: Site, notes: int) -> None:
        self._line, self._site, self._notes = line, site, notes
        self._incoming = Incoming(line)
        self._slow = False

    def run(self) -> None:
        """Read and answer; a sender that stalls or oversteps is told so and let go."""
        alarm(0)
        try:
            self._exchange()
        except Refused as refused:
            self._refuse(refused.code)
        except TimeoutError:
            if self._incoming.begun:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        except (Cut, ConnectionError):
            return

    def _exchange(self) -> None:
        head = self._patiently(self._incoming.head)
        if head.headers.get("EXPECT", "").lower() == "100-continue":
            self._line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        alarm(head.length)
        if head.streamed:
            self._reads()
            stream = self._incoming.stream(head.length, self._ask)
            self._send(run(self._site, head, stream), head)
            self._hear_out(stream.left)
            return
        body = self._patiently(lambda: self._incoming.whole(head.length))
        if self._slow:
            self._ask()
        alarm(0)
        self._send(self._site.prepared(head) or run(self._site, head, io.BytesIO(body)), head)

    def _patiently(self, read: Callable[[], Read]) -> Read:
        """Read; when not all is there at once, give the place back and read on."""
        if not self._slow:
            self._line.settimeout(AT_ONCE_S)
            try:
                return read()
            except TimeoutError:
                self._reads()
        return read()

    def _reads(self) -> None:
        self._slow = True
        self._line.settimeout(READ_S)
        self._give_back()

    def _give_back(self) -> None:
        """Leave the place to another while this one waits for the other side."""
        children.note(self._notes, children.READS)

    def _ask(self) -> None:
        """Wait for leave to work; a parent that is gone has nobody else to let work."""
        signal.alarm(LEAVE_S)
        if children.note(self._notes, children.ASKS):
            signal.sigwait([children.GO])

    def _send(self, answer: bytes, head: Head) -> None:
        """Send an answer, without its body when only the head was asked for."""
        answer = packed(answer, head)
        if head.method == "HEAD":
            answer = answer[: answer.index(b"\r\n\r\n") + 4]
        alarm(len(answer))
        left = self._send_at_once(memoryview(answer))
        if left:
            self._give_back()
            self._line.settimeout(READ_S)
        while left:
            left = left[self._line.send(left[: 4 * PIECE]) :]

    def _send_at_once(self, left: memoryview) -> memoryview:
        """Send as much as the other side takes without being waited for, and return the rest."""
        self._line.settimeout(AT_ONCE_S)
        with contextlib.suppress(TimeoutError):
            while left:
                left = left[self._line.send(left[: 4 * PIECE]) :]
        return left

    def _refuse(self, code: HTTPStatus) -> None:
        with contextlib.suppress(OSError):
            self._line.settimeout(READ_S)
            self._line.sendall(refusal(code))
            self._hear_out(HEARD_OUT)

    def _hear_out(self, expected: int) -> None:
        """Read a little of what is still coming, so that the sender gets the answer and not a reset."""
        if not expected:
            return
        self._give_back()
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
            self._line.settimeout(HEARD_OUT_S)
            left = max(expected, HEARD_OUT)
            while left > 0 and (count := len(self._line.recv(PIECE))):
                left -= count


def alarm(size: int) -> None:
    """End this process when it has not brought or taken `size` bytes in the time that they may take."""
    signal.alarm(DEADLINE_S + size // SLOWEST)


def run(site: Site, head: Head, body: io.BytesIO | io.RawIOBase | None = None) -> bytes:
    """Return the application's whole answer; an error that even its own error page did not catch says nothing."""
    started: list[bytes] = []
    content = b""

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
        started[:] = ["\r\n".join(lines).encode("latin-1")]
        return started.append

    try:
        answer = site.application(environment(site, head, body), start_response)
        try:
            content = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
    except Exception:  # noqa: BLE001 - whatever it is, it may quote what was told
        started.clear()
    return b"".join((*started, content)) if started else refusal(HTTPStatus.INTERNAL_SERVER_ERROR)


def environment(site: Site, head: Head, body: io.BytesIO | io.RawIOBase | None = None) -> WSGIEnvironment:
    """Return WSGI's environment: nothing in it says who sent the request."""
    given = {f"HTTP_{name.replace('-', '_')}": value for name, value in head.headers.items()}
    return given | {
        "REQUEST_METHOD": head.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": head.path,
        "QUERY_STRING": head.query,
        "CONTENT_TYPE": head.headers.get("CONTENT-TYPE", ""),
        "CONTENT_LENGTH": str(head.length),
        "SERVER_NAME": site.name,
        "SERVER_PORT": str(site.port),
        "SERVER_PROTOCOL": head.version,
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if env.HTTPS else "http",
        "wsgi.input": body or io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": True,
    }
