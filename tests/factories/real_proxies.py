"""nginx and HAProxy on this machine, with the configuration that `docs/how-to/run-the-front.md` gives and no other.

Around it stands what is hardest on it: a distribution's defaults that log everything. Both write what they would log
to a place of ours, so that a test can look for a visitor in it.
"""

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.factories.neutral_site import certificate_for_localhost
from tests.factories.proofs import free_port
from tests.factories.servers import wait_for_port

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "run-the-front.md"
SYSTEM = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
MODULE = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
"""Where Debian keeps what nginx's `stream` needs; elsewhere it is built in."""
NGINX = "error_log {folder}/main.log info;\npid {folder}/nginx.pid;\nevents {{ worker_connections 256; }}\n{own}"
HAPROXY = "global\n  log 127.0.0.1:{log} local0 debug\n\ndefaults\n  log global\n  mode http\n  option httplog\n{own}"
"""What Debian's own files say, as far as it matters here: log to here, and log everything."""


@dataclass
class Proxy:
    """One that runs: where it listens, its folder, and what it wrote down."""

    name: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    heard: list[bytes] = field(default_factory=list)

    @property
    def log(self) -> str:
        """All that it said anywhere: to files, to the system's log, and on its own output."""
        files = [path.read_bytes() for path in self.folder.rglob("*.log")]
        return b"\n".join([*files, *self.heard]).decode(errors="replace")

    def processes(self) -> list[int]:
        """Return the numbers of its processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def open_files(self) -> set[str]:
        """Return the plain files that it holds open for writing, its logs aside."""
        found = set()
        for process in self.processes():
            for link in Path(f"/proc/{process}/fd").iterdir():
                with suppress(OSError):
                    path = str(link.readlink())
                    plain = path.startswith("/") and not path.startswith("/dev/") and "/memfd:" not in path
                    if plain and not path.endswith((".log", ".pid")):
                        found.add(path)
        return found


def found(name: str) -> str | None:
    """Return the program's path, or None when this machine has none."""
    return shutil.which(name, path=SYSTEM)


def written(name: str) -> str:
    """Return the configuration as the document gives it."""
    blocks: list[str] = re.findall(rf"```{name}\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    if len(blocks) != 1:
        raise AssertionError(f"{HOW_TO.name} holds {len(blocks)} configurations of {name}.")
    return blocks[0]


def placed(text: str, *, port: int, front: int, folder: Path) -> str:
    """Let the document's configuration listen and lead elsewhere; all else stays."""
    for stands, ours in (
        (r"\b443\b", str(port)),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{front}"),
        ("/etc/tls", str(folder)),
    ):
        text, count = re.subn(stands, ours, text)
        if not count:
            raise AssertionError(f"The configuration has no {stands} any more.")
    return text


@contextmanager
def proxy(name: str, folder: Path, front: int, *, changed: Callable[[str], str] = lambda text: text) -> Iterator[Proxy]:
    """Run a proxy before the front at that port, with the document's configuration, perhaps changed."""
    folder.mkdir()
    pem = certificate_for_localhost(folder).read_bytes()
    for file in ("front.pem", "front.key", "front-with-key.pem"):
        (folder / file).write_bytes(pem)
    port = free_port()
    own = changed(placed(written(name), port=port, front=front, folder=folder))
    with listening_log() as (log, heard), (folder / "output.log").open("wb") as output:
        words = {"nginx": _nginx, "haproxy": _haproxy}[name](folder, own, log)
        process = subprocess.Popen(words, stdout=output, stderr=output)
        try:
            _wait_for(port, process, folder / "output.log")
            yield Proxy(name, port, folder, process, heard)
        finally:
            process.terminate()
            process.wait(20)


def _nginx(folder: Path, own: str, _log: int) -> list[str]:
    load = f"load_module {MODULE};\n" if MODULE.exists() else ""
    (folder / "nginx.conf").write_text(load + NGINX.format(folder=folder, own=own))
    program = [
        str(found("nginx")),
        "-p",
        str(folder),
        "-e",
        str(folder / "start.log"),
        "-c",
        str(folder / "nginx.conf"),
    ]
    return [*program, "-g", "daemon off;"]


def _haproxy(folder: Path, own: str, log: int) -> list[str]:
    (folder / "haproxy.cfg").write_text(HAPROXY.format(log=log, own=own))
    return [str(found("haproxy")), "-db", "-f", str(folder / "haproxy.cfg")]


def _wait_for(port: int, process: subprocess.Popen[bytes], output: Path) -> None:
    time.sleep(0.2)
    if process.poll() is not None:
        raise AssertionError(f"The proxy did not start:\n{output.read_text()}")
    wait_for_port(port)


@contextmanager
def listening_log() -> Iterator[tuple[int, list[bytes]]]:
    """Be the system's log on a port of this machine."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(("127.0.0.1", 0))
        line.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                with suppress(TimeoutError):
                    heard.append(line.recv(65_536))

        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield line.getsockname()[1], heard
        finally:
            done.set()
            listener.join()
