"""Every kind of answer a front gives, asked of a running one over a socket: pages, files, errors, its own refusals."""

import http.client
import io
import socket
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.factories.public_addresses import read_table

STATIC = Path(__file__).parents[2] / "src" / "lastpiece" / "site" / "front" / "static"
FORM = "application/x-www-form-urlencoded"
SEED = "00" * 16
PATIENCE_S = 60.0
LONG = 400_000_000
"""Bytes: longer than any body the front takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, as bytes; the label says what it is meant to bring out."""

    label: str
    sent: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    label: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str = field(repr=False)
    size: int = 0
    """Bytes on the wire, headers and all."""


def request(method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> bytes:
    """Return a whole request to `localhost`."""
    head = {"Host": "localhost", "Connection": "close", **(headers or {})}
    if body or method == "POST":
        head = {"Content-Type": FORM, "Content-Length": str(len(body)), **head}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def post(target: str, fields: Mapping[str, str]) -> bytes:
    return request("POST", target, body=urllib.parse.urlencode(fields).encode())


def requests() -> Iterator[Asked]:
    """Yield what brings out every kind of answer but 500 and 503, which need a front that is broken."""
    for name, addresses in read_table().items():
        for address in dict.fromkeys(addresses.values()):
            yield Asked(f"{name} {address}", request("GET", address))
    for file in sorted(STATIC.rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield Asked("a static file", request("GET", f"/static/{file.relative_to(STATIC).as_posix()}"))
    yield Asked("a file packed", request("GET", "/static/vendor/front.css", {"Accept-Encoding": "gzip"}))
    yield Asked("a file not changed", request("GET", "/static/icon.svg", {"If-Modified-Since": far_ahead()}))
    yield Asked("a file that is not there", request("GET", "/static/none.css"))
    yield from in_the_form()
    yield from refused_by_the_site()
    yield from refused_by_the_server()


def far_ahead() -> str:
    return "Fri, 01 Jan 2100 00:00:00 GMT"


def in_the_form() -> Iterator[Asked]:
    told = {"seed": SEED, "what": "A blue car"}
    yield Asked("a question", post("/tell", {"seed": SEED, "step": "start", "go": "next"}))
    yield Asked("a question, empty", post("/tell", {"seed": SEED, "step": "what", "go": "next"}))
    yield Asked("the answers, to check", post("/tell", {**told, "step": "contact", "go": "next"}))
    yield Asked("the receipt", post("/tell", {**told, "step": "check", "go": "send"}))
    yield Asked("a mailbox, wrong words", post("/mailbox", {"words": "not seven", "go": "open"}))
    yield Asked("feedback, empty", post("/feedback", {"feedback": ""}))
    yield Asked("feedback", post("/feedback", {"feedback": "Good"}))


def refused_by_the_site() -> Iterator[Asked]:
    yield Asked("HEAD", request("HEAD", "/"))
    yield Asked("400, a host that is not ours", request("GET", "/", {"Host": "evil.example"}))
    yield Asked("403, a post of another site", request("POST", "/tell", {"Origin": "https://evil.example"}))
    yield Asked("404", request("GET", "/nowhere"))
    yield Asked("404, in Welsh", request("GET", "/cy/nowhere"))
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        yield Asked(f"405, {method}", request(method, "/"))
    yield Asked("405, a post to a page that takes none", request("POST", "/privacy"))


def refused_by_the_server() -> Iterator[Asked]:
    yield Asked("400, no request", b"\x00\x01\x02\r\n\r\n")
    yield Asked("400, a length that is none", request("POST", "/tell", {"Content-Length": "many"}))
    yield Asked("411, no length", request("POST", "/tell", {"Transfer-Encoding": "chunked"}))
    yield Asked("413, too long a body", request("POST", "/tell", {"Content-Length": str(LONG)}))
    yield Asked("414, too long an address", request("GET", "/" + "a" * 10_000))
    yield Asked("431, too long a head", request("GET", "/", {"X-Long": "a" * 40_000}))
    yield Asked("a method nobody knows", request("BREW", "/"))
    yield Asked("a version nobody speaks", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n")
    yield Asked("a version without headers", b"GET /\r\n\r\n")


def ask(port: int, asked: Asked) -> Answered:
    """Send one request to a front on this machine and read all it answers."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as line:
        line.sendall(asked.sent)
        came = b""
        while chunk := line.recv(65536):
            came += chunk
    return parse(asked.label, came)


def parse(label: str, came: bytes) -> Answered:
    """Read an answer; one that is not HTTP has status 0, no headers, and itself as its body."""
    head, _, body = came.partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    words = first.split(b" ", 2)
    if not first.startswith(b"HTTP/") or len(words) < 2:
        return Answered(label, 0, (), came.decode("utf-8", "replace"), len(came))
    fields = http.client.parse_headers(io.BytesIO(rest + b"\r\n\r\n"))
    return Answered(label, int(words[1]), tuple(fields.items()), body.decode("utf-8", "replace"), len(came))
