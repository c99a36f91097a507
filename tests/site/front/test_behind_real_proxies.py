"""nginx and HAProxy before the front, set up as `docs/how-to/run-the-front.md` says and in no other way."""

import http.client
import os
import re
import socket
import ssl
import struct
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.factories.proofs import free_port, home_with_keys, nonces_in_spool
from tests.factories.real_proxies import Proxy, found, proxy
from tests.factories.recording import Wire, recorded_wire
from tests.factories.servers import running
from tests.factories.tellers import Page

from lastpiece.site.front.headers import headers

VISITOR = "127.45.6.7"
"""Every address of 127.0.0.0/8 is this machine's, so a visitor may have one that no other log line can hold."""
SILENT = "127.66.6.6"
SILENT_LINES = 400
"""More than nginx has room for in these tests (256), and more than one address may have."""
OF_ONE_ADDRESS = 128
AT_ONCE = struct.pack("ii", 1, 0)
HANDSHAKE_S = 5
NAMES = ("nginx", "haproxy")
NEEDLE = b"the green door of Quillfeather Lane"
LARGE = 15_000_000
BOUNDARY = "invented-boundary"
ANNOUNCED = {
    "nginx": f"PROXY TCP4 {VISITOR} 127.0.0.1 ".encode(),
    "haproxy": b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c" + socket.inet_aton(VISITOR) + socket.inet_aton("127.0.0.1"),
}
"""The first version is text, the second is bytes: both are the PROXY protocol."""


@dataclass
class Behind:
    """A front behind a proxy, with the wire between them recorded."""

    proxy: Proxy
    wire: Wire
    home: Path

    def connect(self) -> ssl.SSLSocket:
        return tls(self.proxy)

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[http.client.HTTPResponse, bytes]:
        head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", "Connection: close"]
        head += [f"Content-Type: {kind}"] if kind else []
        with self.connect() as line:
            line.sendall("\r\n".join([*head, "", ""]).encode() + body)
            return answered(line)


def tls(to: Proxy, patience: float = 30) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=to.folder / "front.pem")
    line = socket.create_connection(("127.0.0.1", to.port), patience, source_address=(VISITOR, 0))
    return context.wrap_socket(line, server_hostname="localhost")


def answered(line: socket.socket) -> tuple[http.client.HTTPResponse, bytes]:
    answer = http.client.HTTPResponse(line)
    answer.begin()
    return answer, answer.read()


def required(name: str) -> None:
    if found(name) is None:
        if os.environ.get("CI"):
            pytest.fail(f"No {name} was found; install it (Debian: nginx with libnginx-mod-stream, haproxy).")
        pytest.skip(f"No {name} was found; install it (Debian: nginx with libnginx-mod-stream, haproxy).")


@pytest.fixture(scope="module")
def announced_front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wire, Path]]:
    """A front that takes only announced connections, with the wire to it recorded."""
    home = home_with_keys(tmp_path_factory.mktemp("home"))
    settings = {"LASTPIECE_FRONT_PROXY": "true", "LASTPIECE_HTTPS": "true", "LASTPIECE_HOSTS": "localhost"}
    with (
        running(["front", "serve", "--port", "0"], home, "http://", settings=settings) as (_, line),
        recorded_wire(line.split()[-1].rstrip("/")) as wire,
    ):
        yield wire, home


@pytest.fixture(scope="module", params=NAMES)
def behind(
    request: pytest.FixtureRequest, announced_front: tuple[Wire, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Behind]:
    required(request.param)
    wire, home = announced_front
    port = int(wire.address.rsplit(":", 1)[1])
    with proxy(request.param, tmp_path_factory.mktemp("proxy") / request.param, port) as started:
        yield Behind(started, wire, home)


def test_a_page_comes_with_every_header_and_the_visitor_is_announced(behind: Behind) -> None:
    behind.wire.forget()
    answer, page = behind.ask("GET", "/")
    assert answer.status == http.client.OK
    assert b"</html>" in page
    shown = dict(answer.getheaders())
    assert {name: shown.get(name) for name in headers(https=True)} == headers(https=True)
    assert "Server" not in shown
    (heard,) = behind.wire.heard
    assert bytes(heard).startswith(ANNOUNCED[behind.proxy.name])
    with behind.connect() as line:
        assert line.version() == "TLSv1.3"


def test_a_report_goes_through_and_is_safe(behind: Behind) -> None:
    before = nonces_in_spool(behind.home).total()
    fields = {"seed": "ab" * 32, "step": "check", "go": "send", "what": "A grey van at the green door"}
    form = urllib.parse.urlencode(fields).encode()
    answer, page = behind.ask("POST", "/tell", form, "application/x-www-form-urlencoded")
    assert answer.status == http.client.OK
    assert len(Page(page.decode()).words) == 7
    assert nonces_in_spool(behind.home).total() == before + 1


def test_an_upload_goes_on_while_it_comes_slowly_and_leaves_nothing_on_the_proxys_disk(behind: Behind) -> None:
    behind.wire.forget()
    form = uploading()
    head = (
        f"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(form)}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
    )
    before = bytes_written(behind.proxy)
    with behind.connect() as line:
        line.sendall(head.encode())
        for piece in (form[:5_000], form[5_000:5_100], form[5_100 : LARGE // 2]):
            line.sendall(piece)
            time.sleep(1)  # the front is told what has come, however slowly
            assert sum(map(len, behind.wire.heard)) > form.index(piece) + len(piece) - 1
        held_open = behind.proxy.open_files()
        line.sendall(form[LARGE // 2 :])
        answer, page = answered(line)
    assert answer.status == http.client.OK
    assert b"first.jpg" in page
    assert b"second.jpg" in page
    assert held_open == set()
    assert bytes_written(behind.proxy) - before < LARGE // 10
    kept = [path for path in behind.proxy.folder.rglob("*") if path.is_file() and NEEDLE in path.read_bytes()]
    assert kept == []


def uploading() -> bytes:
    fields = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in (("seed", "cd" * 32), ("step", "files"), ("go", "add"), ("what", "A grey van"))
    ).encode()
    content = (NEEDLE * (LARGE // len(NEEDLE) + 1))[:LARGE]
    files = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name in ("first.jpg", "second.jpg")
    )
    return fields + files + f"--{BOUNDARY}--\r\n".encode()


def bytes_written(to: Proxy) -> int:
    """Return how many bytes the proxy has had put on a disk."""
    told = [Path(f"/proc/{number}/io").read_text() for number in to.processes()]
    return sum(int(line.split()[1]) for text in told for line in text.splitlines() if line.startswith("write_bytes"))


def visit_badly(to: Proxy) -> list[bytes]:
    """Come in every way in which a proxy would say something of its own; return what it said."""
    said = []
    for sent in (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"\x16\x03\x01\x00\x05nonse", b"\x00" * 2_000):
        with socket.create_connection(("127.0.0.1", to.port), 10, source_address=(VISITOR, 0)) as line:
            line.sendall(sent)
            with suppress(ConnectionResetError):
                said.append(line.recv(65_536))
    with suppress(ConnectionResetError, ssl.SSLError), tls(to) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        said.append(line.recv(65_536))
    return said


@contextmanager
def silent_lines(to: Proxy, count: int) -> Iterator[list[socket.socket]]:
    """Open connections of one address that never begin to speak TLS; what is refused at once is not among them."""
    with ExitStack() as stack:
        lines = []
        for _ in range(count):
            with suppress(ConnectionResetError):
                line = socket.create_connection(("127.0.0.1", to.port), 10, source_address=(SILENT, 0))
                lines.append(stack.enter_context(line))
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)  # no port stays taken for a minute
        time.sleep(0.5)
        yield lines


def still_open(lines: list[socket.socket]) -> int:
    """Return how many the other side has not closed."""
    kept = 0
    for line in lines:
        line.settimeout(0)
        try:
            kept += bool(line.recv(1))
        except BlockingIOError:
            kept += 1
        except ConnectionResetError:
            continue
    return kept


def test_silent_connections_of_one_address_shut_nobody_else_out_and_are_soon_let_go(behind: Behind) -> None:
    with silent_lines(behind.proxy, SILENT_LINES) as silent:
        assert 0 < still_open(silent) <= OF_ONE_ADDRESS
        answer, page = behind.ask("GET", "/")
        assert answer.status == http.client.OK
        assert b"</html>" in page
        with behind.connect() as line:  # whoever has spoken TLS may be slow
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
            time.sleep(HANDSHAKE_S + 1)
            line.sendall(b"Connection: close\r\n\r\n")
            assert answered(line)[0].status == http.client.OK
        assert still_open(silent) == 0
    assert SILENT not in behind.proxy.log


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("nginx", r"    limit_conn one 128;\n|    ssl_handshake_timeout 5s;\n"),
        ("haproxy", r"  tcp-request connection reject .*\n"),
    ],
)
def test_without_the_limits_in_the_document_silent_connections_shut_everyone_out(
    name: str, without: str, tmp_path: Path
) -> None:
    required(name)

    def unlimited(text: str) -> str:
        return re.sub(without, "", text).replace("maxconn 4000", "maxconn 250")

    with (
        proxy(name, tmp_path / name, free_port(), changed=unlimited) as started,
        silent_lines(started, SILENT_LINES),
        pytest.raises(OSError, match=r"timed out|EOF|reset|violation"),
    ):
        tls(started, patience=3).close()


@pytest.mark.parametrize("name", NAMES)
def test_a_proxy_whose_front_is_gone_has_no_page_of_its_own_and_writes_nobody_down(name: str, tmp_path: Path) -> None:
    required(name)
    with proxy(name, tmp_path / name, free_port()) as started:
        said = visit_badly(started)
        time.sleep(0.3)
    assert [words for words in said if b"HTTP/" in words or b"<" in words or name.encode() in words.lower()] == []
    assert VISITOR not in started.log


@pytest.mark.parametrize(("name", "without"), [("nginx", "  error_log /dev/null;\n"), ("haproxy", "  no log\n")])
def test_without_its_line_in_the_document_the_log_would_name_the_visitor(
    name: str, without: str, tmp_path: Path
) -> None:
    required(name)
    with proxy(name, tmp_path / name, free_port(), changed=lambda text: text.replace(without, "")) as started:
        visit_badly(started)
        time.sleep(0.3)
    assert VISITOR in started.log


def test_after_all_that_no_log_of_the_proxy_names_the_visitor(behind: Behind) -> None:
    visit_badly(behind.proxy)
    behind.ask("GET", "/nowhere")
    time.sleep(0.3)
    assert VISITOR not in behind.proxy.log
