"""The line to a mail server: everything together within one time and one size, whatever the server does.

`smtplib` counts its timeout for each reading alone, reads an answer of any length, and waits for the answer to QUIT.
Whoever is between the desk and the server could so hold a page for ever, before any encryption begins.
"""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

LONGEST_TALK = 64 * 1024
"""Bytes that a mail server may say in all; a talk about one page is some hundred."""


class TooSlow(OSError):
    """The mail server took too long over everything together."""


class TooMuch(OSError):
    """The mail server said more than any answer needs."""


class _Measured:
    """What the server says, up to `LONGEST_TALK`."""

    def __init__(self, said: BinaryIO) -> None:
        self._said, self._left = said, LONGEST_TALK

    def readline(self, limit: int) -> bytes:
        """Return the next line.

        Raises:
            TooMuch: the server has said more than it may.
        """
        line = self._said.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise TooMuch
        return line

    def close(self) -> None:
        """Read no more."""
        self._said.close()


class Line(smtplib.SMTP):
    """A connection that is cut when its time is over: connecting, encrypting and talking together."""

    def __init__(self, seconds: float, context: ssl.SSLContext | None = None) -> None:
        """Prepare it; `context` is given where TLS begins with the first byte."""
        super().__init__(timeout=seconds)
        self._until = time.monotonic() + seconds
        self._at_once = context
        self._held: socket.socket | None = None
        self._lock = threading.Lock()
        self.was_cut = False

    def cut(self) -> None:
        """End the talk now, from another thread; a handshake that is going on ends as well."""
        with self._lock:
            self.was_cut = True
            if self._held is not None:
                with suppress(OSError):
                    self._held.shutdown(socket.SHUT_RDWR)

    def hang_up(self) -> None:
        """Close without waiting for anything: what was taken was taken with the answer to the letter."""
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None
        with suppress(OSError):
            self.close()

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer of a bounded length."""
        if self.file is None and self.sock is not None:
            self.file = _Measured(self.sock.makefile("rb"))
        return super().getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's own signature; the time left counts
        """Connect; a second handle on the line is kept, because the first is given away while TLS begins."""
        self._host = host  # whose certificate STARTTLS expects
        line = self._connected(host, port)
        with self._lock:
            self._held = line.dup()
            if self.was_cut:
                line.close()
                raise TooSlow
        return self._at_once.wrap_socket(line, server_hostname=host) if self._at_once else line

    def _connected(self, host: str, port: int) -> socket.socket:
        places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        wrong: OSError = TooSlow()
        for number, (*_, place) in enumerate(places):
            left = self._until - time.monotonic()
            if left <= 0:
                raise TooSlow
            try:
                line = socket.create_connection((str(place[0]), port), left / (len(places) - number))
            except OSError as error:
                wrong = error
            else:
                line.settimeout(max(0.1, self._until - time.monotonic()))
                return line
        raise wrong


@contextmanager
def line_for(seconds: float, context: ssl.SSLContext | None = None) -> Iterator[Line]:
    """Give a line that is cut after that many seconds from now, and closed at the end without a word.

    Raises:
        TooSlow: it was cut before the block had ended.
    """
    line = Line(seconds, context)
    timer = threading.Timer(seconds, line.cut)
    timer.daemon = True
    timer.start()
    try:
        yield line
    except (OSError, ValueError, smtplib.SMTPException) as error:
        if line.was_cut:
            raise TooSlow from error
        raise
    finally:
        timer.cancel()
        line.hang_up()
