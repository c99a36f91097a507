"""Many people at once from one cheap process: each sends their next request when the last was answered.

Raw sockets and one selector, so that the asking costs little of the cores it shares with the server.
"""

import errno
import selectors
import socket
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

PORT_LATER = 24
"""Linux: IP_BIND_ADDRESS_NO_PORT, so that the port is chosen with the destination."""
Ask = bytes
"""A whole request."""
Talk = Generator[Ask, bytes, None]
"""One report: yields requests, is sent whole answers, and returns when it is acknowledged.

Raises:
    Unanswered: an answer was not what it must be.
"""


class Unanswered(Exception):
    """The server answered something else, or nothing."""


@dataclass(slots=True)
class Tally:
    """What became of the reports. Times in seconds, one of each request and one of each whole report."""

    began: float = 0.0
    seconds: float = 0.0
    acknowledged: int = 0
    failed: int = 0
    requests: list[float] = field(default_factory=list)
    lasts: list[float] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Teller:
    """One person: where they call from, the report they are at, and the connection of their request."""

    source: str
    talk: Talk | None = None
    line: socket.socket | None = None
    out: bytes = b""
    got: bytearray = field(default_factory=bytearray)
    whole_at: float = 0.0
    asked_at: float = 0.0


class ClosedLoop:
    """Tellers at one server. `sources` are their addresses, taken in turn; none means any."""

    def __init__(
        self, host: str, port: int, tellers: int, sources: Iterable[str] = ("",), *, think_s: float = 0
    ) -> None:
        ways = list(sources)
        self._to = (host, port)
        self._idle = [Teller(ways[number % len(ways)]) for number in range(tellers)]
        self._later: list[tuple[float, Teller]] = []
        self._think_s = think_s
        self._selector = selectors.DefaultSelector()
        self._busy = 0
        self.tally = Tally()

    def run(self, talks: Iterable[Talk], *, until: float | None = None) -> Tally:
        """Let all `talks` be talked, or as many as begin before `until` (of `time.perf_counter`)."""
        waiting = iter(talks)
        self.tally.began = time.perf_counter()
        more = True
        while more or self._busy:
            more = more and self._start(waiting, until)
            for key, _ in self._selector.select(0.05):
                self._go_on(key.data)
        self.tally.seconds = time.perf_counter() - self.tally.began
        return self.tally

    def _start(self, waiting: Iterable[Talk], until: float | None) -> bool:
        now = time.perf_counter()
        self._idle += [teller for at, teller in self._later if at <= now]
        self._later = [(at, teller) for at, teller in self._later if at > now]
        while self._idle:
            talk = next(iter(waiting), None) if until is None or now < until else None
            if talk is None:
                return False
            teller = self._idle.pop()
            teller.talk, teller.whole_at = talk, time.perf_counter()
            self._busy += 1
            self._ask(teller, next(talk))
        return True

    def _ask(self, teller: Teller, request: bytes) -> None:
        teller.out, teller.asked_at = request, time.perf_counter()
        teller.got.clear()
        line = socket.socket(socket.AF_INET6 if ":" in self._to[0] else socket.AF_INET)
        line.settimeout(0)
        if teller.source:
            line.setsockopt(socket.IPPROTO_IP, PORT_LATER, 1)
            line.bind((teller.source, 0))
        if line.connect_ex(self._to) not in (0, errno.EINPROGRESS):
            self._end(teller, fine=False)
            return
        teller.line = line
        self._selector.register(line, selectors.EVENT_WRITE, teller)

    def _go_on(self, teller: Teller) -> None:
        line = teller.line
        assert line is not None
        try:
            if teller.out:
                teller.out = teller.out[line.send(teller.out) :]
                if not teller.out:
                    self._selector.modify(line, selectors.EVENT_READ, teller)
                return
            piece = line.recv(1 << 18)
        except OSError:
            piece = b""
        teller.got += piece
        if piece and not whole(teller.got):
            return
        self._selector.unregister(line)
        line.close()
        teller.line = None
        self._answered(teller)

    def _answered(self, teller: Teller) -> None:
        now = time.perf_counter()
        assert teller.talk is not None
        last = now - teller.asked_at
        self.tally.requests.append(last)
        try:
            self._ask(teller, teller.talk.send(complete(teller.got)))
        except StopIteration:
            self.tally.acknowledged += 1
            self.tally.lasts.append(last)
            self.tally.wholes.append(now - teller.whole_at)
            self._end(teller)
        except Unanswered:
            self.tally.failed += 1
            self._end(teller)

    def _end(self, teller: Teller, *, fine: bool = True) -> None:
        self.tally.failed += not fine
        self._busy -= 1
        teller.talk = None
        if self._think_s:
            self._later.append((time.perf_counter() + self._think_s, teller))
        else:
            self._idle.append(teller)


def complete(answer: bytes | bytearray) -> bytes:
    """Return an answer that is whole.

    Raises:
        Unanswered: it is not.
    """
    if not whole(answer):
        raise Unanswered
    return bytes(answer)


def whole(answer: bytes | bytearray) -> bool:
    """Tell whether an answer has all the bytes that its head states."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = bytes(answer[:end]).lower()
    if head.split(b" ", 2)[1] in (b"204", b"304"):
        return True
    at = head.find(b"content-length:")
    return at >= 0 and len(answer) >= end + 4 + int(head[at + 15 :].split(b"\r\n", 1)[0])
