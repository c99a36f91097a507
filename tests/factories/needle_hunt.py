"""Tell a report whose every word can be recognised, then look for it in all that the front keeps."""

import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.factories.needles import Needles, family
from tests.factories.servers import running
from tests.factories.tellers import Teller

MARK = "zyxowl"
"""Letters that stand in no program: every needle begins with them."""
ANSWERS = {
    key: f"{MARK} {key} the blue door naïve café Ω 🐦"
    for key in ("what", "where", "when", "who", "vehicles", "phones", "how", "at_risk", "contact")
}
AGENT = f"{MARK}agent/1.0"
GONE_S = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Where needles were: while a report was being told (there must be some), and after the answer (none may be)."""

    during: int
    in_files: tuple[Path, ...]
    in_memory: int
    processes: int
    looked_at_mib: float


def hunt(home: Path) -> Found:
    """Start a front in `home`, tell, and look.

    Raises:
        MemoryClosed: this user may not read the memory of its own processes here.
    """
    with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
        address = "http://" + line.partition("http://")[2].rstrip("/")
        during = _while_half_told(address, process.pid)
        told = Teller(address, headers={"User-Agent": AGENT, "Accept-Language": f"en-GB,{MARK}"}).tell(ANSWERS)
        needles = Needles.of([*ANSWERS.values(), MARK, AGENT, told.seed.hex(), " ".join(told.words)], told.words)
        alive = _only_the_parent(process.pid)
        return Found(
            during,
            tuple(needles.in_files(home)),
            sum(needles.in_memory(one) for one in alive),
            len(alive),
            sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 2**20,
        )


def _while_half_told(address: str, process_id: int) -> int:
    """Send half a report and look into the child that waits for the rest: this proves that looking finds."""
    host = urlsplit(address)
    body = _form(ANSWERS)
    head = f"POST /tell HTTP/1.1\r\nHost: {host.netloc}\r\nUser-Agent: {AGENT}\r\nContent-Length: {len(body)}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection((host.hostname or "", host.port or 0)) as connection:
        connection.sendall(f"{head}{kind}".encode() + body[: len(body) // 2])
        time.sleep(1)
        return sum(Needles.of([MARK]).in_memory(one) for one in family(process_id))


def _form(answers: Mapping[str, str]) -> bytes:
    return "&".join(f"{key}={text}" for key, text in answers.items()).encode()


def _only_the_parent(process_id: int) -> list[int]:
    """Wait until the children that answered have ended, and return what still lives."""
    until = time.monotonic() + GONE_S
    while len(family(process_id)) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    return family(process_id)
