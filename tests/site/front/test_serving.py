"""The forking server as a process: limits, patience, a clean stop, and nothing left behind."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.factories.needles import family
from tests.factories.sealed_front import Desk, make_desk
from tests.factories.servers import LASTPIECE, line_with, running

from lastpiece.site.front.children import READING, WORKING
from lastpiece.site.front.headers import HEADERS
from lastpiece.tell.mailbox import open_mailbox

NEEDLE = "he keeps it under the stairs behind the blue paint"


class Server:
    def __init__(self, desk: Desk, process: subprocess.Popen[bytes], port: int) -> None:
        self.desk, self.process, self.port = desk, process, port

    def raw(self, sent: bytes, *, wait_s: float = 15) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), wait_s) as line:
            line.sendall(sent)
            return received(line)

    def request(self, method: str, path: str, body: dict[str, str] | None = None) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        head = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "needle-agent/7"}
        line.request(method, path, urllib.parse.urlencode(body) if body else None, head)
        return line.getresponse()

    def tell(self, text: str, seed: str) -> list[str]:
        answer = self.request("POST", "/tell", {"seed": seed, "step": "check", "go": "send", "what": text})
        assert answer.status == 200
        return re.findall(r'words__word">(\w+)<', answer.read().decode())


def received(line: socket.socket) -> bytes:
    found = b""
    while chunk := line.recv(65536):
        found += chunk
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("served")
    desk = make_desk(home)
    with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
        yield Server(desk, process, int(line.rstrip("/").rpartition(":")[2]))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 5_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 4_000 + b"\r\n", 431),
        (b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n", 413),
        (b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n", 413),
        (b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST /tell HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400),
    ],
)
def test_what_oversteps_is_refused_with_every_header(server: Server, sent: bytes, status: int) -> None:
    head = server.raw(sent).partition(b"\r\n\r\n")[0].decode()
    assert int(head.split()[1]) == status
    for name, value in HEADERS.items():
        assert f"{name}: {value}" in head
    assert "Set-Cookie" not in head
    assert "Cache-Control: no-store" in head


def test_head_has_no_body_and_a_stated_length(server: Server) -> None:
    answer = server.raw(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"Content-Length: " in head
    assert body == b""


def test_a_silent_sender_is_let_go_and_holds_up_nobody(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(20)]
    for line in silent:
        line.sendall(b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nwha")
    start = time.monotonic()
    assert server.request("GET", "/").status == 200
    assert time.monotonic() - start < 8
    for line in silent:
        received(line)
        line.close()
    assert time.monotonic() - start < 25


def test_eight_tellers_at_once_are_each_taken_once(server: Server) -> None:
    before = set(server.desk.spool.waiting())
    with ThreadPoolExecutor(8) as tellers:
        seeds = [os.urandom(32).hex() for _ in range(40)]
        words = list(tellers.map(lambda seed: server.tell("A blue van", seed), seeds))
    assert len({tuple(each) for each in words}) == 40
    assert len(set(server.desk.spool.waiting()) - before) == 40


def test_what_was_told_is_nowhere_when_the_answer_has_gone(server: Server) -> None:
    words = server.tell(NEEDLE, "5a" * 32)
    box = open_mailbox(words)
    needles = {
        "the text": NEEDLE.encode(),
        "the text as it was posted": urllib.parse.quote_plus(NEEDLE).encode(),
        "the words": " ".join(words).encode(),
        "the mailbox": box.id,
        "the browser": b"needle-agent/7",
    }
    folder = b"".join(path.read_bytes() for path in (server.desk.home / "front").rglob("*") if path.is_file())
    log = (server.desk.home / "front.log").read_bytes()
    for name, needle in needles.items():
        assert needle not in folder, name
        assert needle not in log, name
    memory = memory_of(server.process.pid)
    if memory is None:
        pytest.skip("The front forbids others to read its memory; looking into it needs root.")
    assert b"Lastpiece" in memory  # the search itself works
    for name, needle in needles.items():
        assert needle not in memory, name


def memory_of(pid: int) -> bytes | None:
    """Return everything readable in a process's memory, or None without the right to look."""
    found = []
    try:
        maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps:
                place, rights = line.split()[:2]
                if not rights.startswith("r") or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                    continue
                start, end = (int(number, 16) for number in place.split("-"))
                memory.seek(start)
                found.append(memory.read(end - start))
    except PermissionError:
        return None
    return b"".join(found)


def test_a_taken_port_is_said_in_one_sentence(server: Server) -> None:
    environment = {**os.environ, "LASTPIECE_HOME": str(server.desk.home)}
    ran = subprocess.run(
        [LASTPIECE, "front", "serve", "--port", str(server.port)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 1
    assert ran.stderr.strip() == (
        f"Port {server.port} on 127.0.0.1 is taken by another program. Stop it, or choose another with --port."
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_a_report_that_is_being_sent_arrive(tmp_path: Path, number: int) -> None:
    desk = make_desk(tmp_path)
    body = urllib.parse.urlencode({"seed": "11" * 32, "step": "check", "go": "send", "what": "A van"}).encode()
    head = (
        b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    with running(["front", "serve", "--port", "0"], tmp_path, "http://") as (process, line):
        port = int(line.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), 20) as sender:
            sender.sendall(head + body[:10])
            time.sleep(0.7)
            process.send_signal(number)
            time.sleep(0.7)
            sender.sendall(body[10:])
            answer = received(sender)
        assert process.wait(20) == 0
    assert b" 200 " in answer.partition(b"\r\n")[0]
    assert len(desk.opened()) == 1


def test_a_front_without_keys_serves_telephone_numbers_and_tells_the_operator_why(tmp_path: Path) -> None:
    with running(["front", "serve", "--port", "0"], tmp_path, "Closed for reports") as (_, line):
        assert "root" in line


def test_a_pack_that_is_wrong_stops_the_front_with_file_and_field(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("site_id: x\n")
    environment = {**os.environ, "LASTPIECE_HOME": str(tmp_path), "LASTPIECE_PACK": str(tmp_path)}
    ran = subprocess.run(
        [LASTPIECE, "front", "serve"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 1
    assert "pack.yaml: force: this field is missing" in ran.stderr
    assert "Traceback" not in ran.stderr


def multipart(size: int) -> bytes:
    """Return a form with one file of so many bytes."""
    begin = (
        b'--x\r\nContent-Disposition: form-data; name="step"\r\n\r\nfiles\r\n--x\r\n'
        b'Content-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return begin + b"\xff" * size + b"\r\n--x--\r\n"


def own_memory_kib(process: int) -> int:
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(
        int(line.split()[1]) for line in text.splitlines() if line.startswith(("Private_Dirty", "Private_Clean"))
    )


@pytest.mark.slow
def test_twenty_megabytes_without_a_script_need_eight_of_memory(server: Server) -> None:
    body = multipart(20 * 1024 * 1024 - 1000)
    head = b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    most = 0
    with socket.create_connection(("127.0.0.1", server.port), 30) as line:
        line.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body))
        for at in range(0, len(body), 1 << 20):
            line.sendall(body[at : at + (1 << 20)])
            try:
                most = max([most, *(own_memory_kib(child) for child in family(server.process.pid)[1:])])
            except PermissionError:
                pytest.skip("The front forbids others to read its memory; looking into it needs root.")
        answer = received(line)
    assert b" 200 " in answer.partition(b"\r\n")[0]
    assert b"a.jpg" in answer
    assert 0 < most < 16 * 1024  # a child that does nothing has some six of its own


def test_a_form_with_files_over_the_limit_is_refused_before_it_is_read(server: Server) -> None:
    head = b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    answer = server.raw(head + b"Content-Length: 300000000\r\n\r\nabc")
    assert b" 413 " in answer.partition(b"\r\n")[0]


def test_a_hundred_slow_senders_hold_up_nobody_and_the_first_are_let_go(server: Server) -> None:
    slow = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(100)]
    for line in slow:
        line.sendall(b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nwha")
    start = time.monotonic()
    assert server.request("GET", "/").status == 200
    assert time.monotonic() - start < 12
    until = time.monotonic() + 20
    while len(family(server.process.pid)) > 1 + READING + WORKING + 4 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(family(server.process.pid)) <= 1 + READING + WORKING + 4
    for line in slow:
        line.close()


def asked_for_a_page_s(server: Server) -> float:
    start = time.monotonic()
    assert server.request("GET", "/").status == 200
    return time.monotonic() - start


def test_many_who_do_not_take_their_answer_hold_up_nobody(server: Server) -> None:
    deaf = [socket.socket() for _ in range(4 * WORKING)]
    for line in deaf:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 200)
        line.connect(("127.0.0.1", server.port))
        line.sendall(b"GET /static/vendor/front.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
    time.sleep(0.5)
    assert asked_for_a_page_s(server) < 5
    for line in deaf:
        line.close()


def test_many_who_were_refused_and_go_on_sending_hold_up_nobody(server: Server) -> None:
    refused = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(4 * WORKING)]
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(0.3):
            for line in refused:
                with suppress(OSError):
                    line.send(b"x")

    for line in refused:
        line.sendall(b"nonsense\r\n\r\n")
    with ThreadPoolExecutor(1) as dripping:
        dripping.submit(drip)
        time.sleep(0.5)
        try:
            assert asked_for_a_page_s(server) < 5
        finally:
            ended.set()
    for line in refused:
        line.close()


def test_who_sends_too_slowly_is_told_so(server: Server) -> None:
    answer = server.raw(b"POST /tell HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nwha", wait_s=30)
    assert b" 408 " in answer.partition(b"\r\n")[0]
    assert b"Nothing was sent" in answer


def test_connections_that_say_nothing_hold_no_child_and_are_closed(server: Server) -> None:
    silent = [socket.create_connection(("127.0.0.1", server.port), 30) for _ in range(50)]
    time.sleep(0.5)
    assert server.request("GET", "/").status == 200
    assert len(family(server.process.pid)) <= 2
    assert received(silent[0]) == b""
    for line in silent:
        line.close()


@contextmanager
def front(home: Path, *program: str, **settings: str) -> Iterator[int]:
    """Run a front by another program of ours and yield its port."""
    log = home / "front.log"
    with log.open("wb") as sink:
        environment = {**os.environ, "LASTPIECE_HOME": str(home), **settings}
        process = subprocess.Popen([*program, "--port", "0"], env=environment, stderr=sink, stdout=sink)
    try:
        yield int(line_with("http://", log, process).rstrip("/").rpartition(":")[2])
    finally:
        process.terminate()
        process.wait(60)


def answer_of(port: int, sent: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(sent)
        return received(line)


def test_without_a_process_to_spare_people_wait_and_are_then_answered(tmp_path: Path) -> None:
    make_desk(tmp_path)
    with front(tmp_path, sys.executable, "-m", "tests.factories.starved_front", "1", "20") as port:
        assert answer_of(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_without_a_process_for_long_people_are_told_with_every_header(tmp_path: Path) -> None:
    make_desk(tmp_path)
    with front(tmp_path, sys.executable, "-m", "tests.factories.starved_front", "3600", "0.5") as port:
        answer = answer_of(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head, _, text = answer.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 503")
    assert "Retry-After: " in head
    assert "Nothing was sent" in text
    for name, value in HEADERS.items():
        assert f"{name}: {value}" in head


def test_without_descriptors_those_who_say_nothing_give_way(tmp_path: Path) -> None:
    make_desk(tmp_path)
    with front(tmp_path, "bash", "-c", f'ulimit -n 72; exec {LASTPIECE} front serve "$@"', "front") as port:
        silent = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(100)]
        assert answer_of(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").startswith(b"HTTP/1.1 200")
        for line in silent:
            line.close()


def test_behind_a_proxy_each_connection_is_announced_and_one_that_is_not_is_let_go(tmp_path: Path) -> None:
    make_desk(tmp_path)
    asked = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with front(tmp_path, LASTPIECE, "front", "serve", LASTPIECE_FRONT_PROXY="true") as port:
        announced = answer_of(port, b"PROXY TCP4 198.51.100.7 192.0.2.1 4000 443\r\n" + asked)
        assert announced.startswith(b"HTTP/1.1 200")
        with suppress(ConnectionResetError):
            assert answer_of(port, asked) == b""
