"""A front that is killed in the middle of a file: nothing readable stays, and the teller goes on with the next one."""

import http.client
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.factories.killed_front import KilledFront
from tests.factories.needles import Needles
from tests.factories.proofs import collected, home_with_keys
from tests.factories.tellers import Page, Teller

NEEDLE = "zyxowl in a grey van"
PHOTO = (NEEDLE * 400).encode() * 500
BOUNDARY = "xxBOUNDARYxx"
PATIENCE_S = 60


@pytest.fixture
def front(tmp_path: Path) -> Iterator[KilledFront]:
    front = KilledFront(home_with_keys(tmp_path))
    front.start()
    yield front
    front.kill()


def body_of(hidden: dict[str, str]) -> bytes:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in hidden.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{NEEDLE}.jpg"\r\n\r\n'
    return ("".join(parts) + head).encode() + PHOTO + f"\r\n--{BOUNDARY}--\r\n".encode()


def at_files(front: KilledFront) -> dict[str, str]:
    page = Teller(front.address, PATIENCE_S).ask("GET", {})
    return {**page.hidden, "what": "A grey van.", "step": "files", "go": "add"}


def held(front: KilledFront) -> list[Path]:
    return list((front.home / "front" / "spool" / "held").rglob("*.sealed"))


def post(front: KilledFront, body: bytes) -> Page:
    connection = http.client.HTTPConnection(urlsplit(front.address).netloc, timeout=PATIENCE_S)
    connection.request("POST", "/tell", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
    answer = connection.getresponse()
    page = Page(answer.read().decode())
    connection.close()
    assert answer.status == http.client.OK
    return page


def half_sent(front: KilledFront, body: bytes) -> socket.socket:
    """Send most of a body and wait until some of it is held."""
    address = urlsplit(front.address)
    connection = socket.create_connection((address.hostname or "", address.port or 0))
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(f"POST /tell HTTP/1.1\r\nHost: {address.netloc}\r\n{kind}".encode() + body[: len(body) * 3 // 4])
    until = time.monotonic() + PATIENCE_S
    while not held(front) and time.monotonic() < until:
        time.sleep(0.05)
    assert held(front), "nothing was held while the file came"
    return connection


def test_a_front_killed_in_the_middle_of_a_file_leaves_nothing_readable_and_loses_no_report(front: KilledFront) -> None:
    body = body_of(at_files(front))
    with half_sent(front, body):
        front.kill()
    assert Needles.of([NEEDLE]).in_files(front.home) == []
    front.start()
    page = post(front, body)
    assert NEEDLE in page.hidden["files"]
    receipt = Teller(front.address, PATIENCE_S).ask("POST", {**page.hidden, "step": "check", "go": "send"})
    assert len(receipt.words) == 7
    found = collected(front.home)
    assert found["added"] == 1
    assert found["notes"]["parts of files"] == -(-len(PHOTO) // 1_048_544)


def test_a_connection_that_ends_in_the_middle_of_a_file_leaves_nothing_held(front: KilledFront) -> None:
    half_sent(front, body_of(at_files(front))).close()
    until = time.monotonic() + PATIENCE_S
    while held(front) and time.monotonic() < until:
        time.sleep(0.05)
    assert held(front) == []
