"""Reading one request within limits of size and time. Only a child ever does this."""

import io
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import unquote_to_bytes

LONGEST_LINE = 4 * 1024
LONGEST_HEAD = 16 * 1024
LONGEST_BODY = 1280 * 1024
"""What is read whole before the application runs; the largest sealed envelope is 1 MiB and 1,157 bytes."""
LONGEST_UPLOAD = 212 * 1024 * 1024
"""What a form with files may hold: ten of 20 MiB, and what stands between them. It is read piece by piece."""
LONGEST_LENGTH = 20
"""Digits of a stated length; Python refuses to read a number of some thousands."""
MOST_HEADERS = 100
READ_S = 10
"""A sender that is silent for this long is let go."""
PIECE = 64 * 1024

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VERSION = re.compile(r"HTTP/(\d)\.(\d)")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Refused(Exception):
    """The request oversteps a limit or is none; `code` is the HTTP status to answer with."""

    def __init__(self, code: HTTPStatus) -> None:
        super().__init__(code.phrase)
        self.code = code


class Cut(Exception):
    """The sender went away before the request was whole: there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Head:
    """The request line and headers. `path` is percent-decoded, a character for each byte, as WSGI has it.

    `headers` has names in capitals with hyphens, values joined by commas; `length` is of the body in bytes.
    """

    method: str
    path: str = field(repr=False)
    query: str = field(repr=False)
    version: str
    headers: dict[str, str] = field(repr=False)
    length: int

    @property
    def streamed(self) -> bool:
        """True when the body is a form with files too long to be read whole, which is handed on as it comes."""
        return self.length > LONGEST_BODY


def parse(head: bytes) -> Head:
    """Read the request line and headers (the empty line is not among them).

    Raises:
        Refused: not a request of HTTP/1, or over a limit.
    """
    line, *rest = head.decode("latin-1").split("\n")
    method, target, version = _request_line(line.rstrip("\r"))
    headers = _headers(rest)
    path, _, query = target.partition("?")
    decoded = unquote_to_bytes(path).decode("latin-1")
    return Head(method, "/" + decoded.lstrip("/"), query, version, headers, _length(method, headers))


def _request_line(line: str) -> tuple[str, str, str]:
    if len(line) > LONGEST_LINE:
        raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG)
    words = line.split(" ")
    if len(words) != 3 or not _TOKEN.fullmatch(words[0]) or not words[1].startswith("/") or not words[1].isascii():  # noqa: PLR2004 - method, target, version
        raise Refused(HTTPStatus.BAD_REQUEST)
    version = _VERSION.fullmatch(words[2])
    if not version:
        raise Refused(HTTPStatus.BAD_REQUEST)
    if version[1] != "1":
        raise Refused(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    return words[0], words[1], words[2]


def _headers(lines: list[str]) -> dict[str, str]:
    if len(lines) > MOST_HEADERS:
        raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.rstrip("\r").partition(":")
        text = value.strip(" \t")
        if not colon or not _TOKEN.fullmatch(name) or _CONTROL.search(text):
            raise Refused(HTTPStatus.BAD_REQUEST)
        key = name.upper()
        if key in found and key in ("HOST", "CONTENT-LENGTH", "CONTENT-TYPE"):
            raise Refused(HTTPStatus.BAD_REQUEST)
        if "_" not in key:  # in WSGI it would pass for the name with a hyphen
            found[key] = f"{found[key]},{text}" if key in found else text
    return found


def _length(method: str, headers: dict[str, str]) -> int:
    if "TRANSFER-ENCODING" in headers:
        raise Refused(HTTPStatus.LENGTH_REQUIRED)
    stated = headers.get("CONTENT-LENGTH", "0")
    if not stated.isascii() or not stated.isdigit():
        raise Refused(HTTPStatus.BAD_REQUEST)
    files = method == "POST" and headers.get("CONTENT-TYPE", "").lower().startswith("multipart/form-data")
    if len(stated) > LONGEST_LENGTH or int(stated) > (LONGEST_UPLOAD if files else LONGEST_BODY):
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return int(stated)


class Incoming:
    """The bytes of one request as they come. `line` has a time limit for each piece of its own."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._got = bytearray()

    def __repr__(self) -> str:
        return "Incoming()"

    @property
    def begun(self) -> bool:
        """True when a byte has come."""
        return bool(self._got)

    def head(self) -> Head:
        """Return the head.

        Raises:
            Refused: over a limit, or no request.
            Cut: the sender closed before its end.
            TimeoutError: the sender was silent.
        """
        while (end := self._end_of_head()) is None:
            self._more()
        head = bytes(self._got[: end[0]])
        del self._got[: end[1]]
        return parse(head)

    def whole(self, length: int) -> bytes:
        """Return the whole body.

        Raises:
            Cut: the sender closed before its end.
            TimeoutError: the sender was silent.
        """
        while len(self._got) < length:
            self._more()
        return bytes(self._got[:length])

    def stream(self, length: int, ended: Callable[[], None]) -> "Stream":
        """Return the body to be read piece by piece; `ended` is called when no more will come."""
        return Stream(self._line, bytes(self._got[:length]), length, ended)

    def _more(self) -> None:
        piece = self._line.recv(PIECE)
        if not piece:
            raise Cut
        self._got += piece

    def _end_of_head(self) -> tuple[int, int] | None:
        """Return where the head ends and the body begins, once both are there."""
        if b"\n" not in self._got[: LONGEST_LINE + 2] and len(self._got) > LONGEST_LINE:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG)
        ends = [(at, at + len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := self._got.find(mark)) >= 0]
        end = min(ends, default=None)
        if (len(self._got) if end is None else end[0]) > LONGEST_HEAD:
            raise Refused(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        return end


class Stream(io.RawIOBase):
    """A body of a stated length, straight from the connection: it ends early when the sender stalls or goes away.

    Never more than what was asked for is in memory.
    """

    def __init__(self, line: socket.socket, got: bytes, length: int, ended: Callable[[], None]) -> None:
        super().__init__()
        self._line, self._got, self._ended = line, memoryview(got), ended
        self.left = length

    def __repr__(self) -> str:
        return "Stream()"

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # what `read` and `readline` give
        """Put the next bytes into `buffer` and return how many; 0 at the end, and where the sender stopped."""
        view = memoryview(buffer)[: self.left]
        if not view:
            return 0
        if self._got:
            count = min(len(view), len(self._got))
            view[:count] = self._got[:count]
            self._got = self._got[count:]
        else:
            try:
                count = self._line.recv_into(view, min(len(view), PIECE))
            except (TimeoutError, ConnectionError):
                count = 0
        self.left = self.left - count if count else 0
        if not self.left:  # also when the sender stopped: what follows is work
            self._ended()
        return count
