"""Everything that left a device: told by the browser itself, or taken down on the wire before the front.

A browser may be asked what it sent (`Recording.watch`). One that cannot be asked is given a wire to the front that
keeps every byte (`recorded_wire`): what is not in there did not leave.
"""

import base64
import itertools
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from playwright.sync_api import Page, Request

SEALED = b"LPSE"
"""Sealed bodies begin so. They are as good as random, so that a short word may stand in one by chance."""
SHORTEST = 5
PIECE = 65_536


@dataclass
class Recording:
    """Everything a page sent: addresses, headers and bodies."""

    sent: list[bytes] = field(default_factory=list)
    bodies: dict[str, list[bytes]] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        """Keep what this page sends from now on."""
        page.on("request", self.take)

    def take(self, request: Request) -> None:
        """Keep one request of a page."""
        self.add(request.url, json.dumps(request.all_headers()).encode(), request.post_data_buffer or b"")

    def add(self, address: str, head: bytes, body: bytes) -> None:
        """Keep one request."""
        self.bodies.setdefault(address.split("?", maxsplit=1)[0].rsplit("/", 1)[-1], []).append(body)
        self.sent += [address.encode(), head, body]

    def holds(self, text: str) -> list[str]:
        """Return the forms in which a text, or any line of it, was sent."""
        found = []
        for part in {text, *text.splitlines()}:
            raw = part.encode()
            forms = {
                "plain": raw,
                "percent": quote(part).encode(),
                "form": quote_plus(part).encode(),
                "json": json.dumps(part).strip('"').encode(),
                "utf-16": part.encode("utf-16-le"),
                "hex": raw.hex().encode(),
                **{f"base64+{shift}": base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)},
            }
            found += [f"{name}: {part}" for name, form in forms.items() if len(form) > SHORTEST and self.saw(form)]
        return found

    def saw(self, form: bytes) -> bool:
        """Return whether these bytes were sent."""
        return any(form in sent for sent in self.sent)

    def spoke(self, words: tuple[str, ...]) -> list[str]:
        """Return which of the words, alone or with the next, were posted or are in an address."""
        pairs = [mark.join(pair) for pair in itertools.pairwise(words) for mark in (" ", "+", "%20", ",", "-")]
        posted = [body for bodies in self.bodies.values() for body in bodies if not body.startswith(SEALED)]
        alone = [word for word in words if any(word.encode() in body.lower() for body in posted)]
        return alone + [pair for pair in pairs if self.saw(pair.encode()) or self.saw(pair.upper().encode())]


@dataclass
class Wire:
    """A way to a front on which every byte of a browser is kept, connection by connection."""

    address: str
    heard: list[bytearray] = field(default_factory=list, repr=False)

    def forget(self) -> None:
        """Begin anew."""
        self.heard.clear()

    def recording(self) -> Recording:
        """Return every request that was heard."""
        recording = Recording()
        for heard in list(self.heard):
            for address, head, body in requests_in(bytes(heard)):
                recording.add(address, head, body)
        return recording


def requests_in(heard: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield target, head and body of each request of one connection; what is no request comes as a body."""
    while heard:
        head, blank, rest = heard.partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        length = int(fields.get(b"content-length", b"0")) if blank else 0
        parts = head.split(b" ", 2)
        yield parts[1].decode() if len(parts) > 1 else "", head, rest[:length]
        heard = rest[length:]


@contextmanager
def recorded_wire(address: str) -> Iterator[Wire]:
    """Stand before the front at `address` on a port of this machine, and pass everything on as it comes."""
    port = int(address.rsplit(":", 1)[1])

    class Passing(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard = bytearray()
            wire.heard.append(heard)
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)) as front:
                back = threading.Thread(target=_pass, args=(front, self.request, None))
                back.start()
                _pass(self.request, front, heard)
                back.join()

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads, allow_reuse_address, request_queue_size = True, True, 64

    with Server(("127.0.0.1", 0), Passing) as server:
        wire = Wire(f"http://localhost:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield wire
        finally:
            server.shutdown()


def _pass(source: socket.socket, sink: socket.socket, heard: bytearray | None) -> None:
    """Pass bytes on until the source ends, keeping them before they go."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            if heard is not None:
                heard += piece
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
