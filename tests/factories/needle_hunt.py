"""Come in by every door with what can be recognised, then look for it in all that the front keeps."""

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.factories import talks
from tests.factories.closed_loop import Talk
from tests.factories.needles import Needles, family
from tests.factories.servers import running

MARK = "zyxowl"
"""Letters that stand in no program: every needle begins with them."""
ANSWERS = {
    key: f"{MARK} {key} the blue door naïve café Ω 🐦"
    for key in ("what", "where", "when", "who", "vehicles", "phones", "how", "at_risk", "contact")
}
AGENT = f"{MARK}agent/1.0"
SENDER = "127.201.33.77"
ANNOUNCED = "198.51.100.231"
"""Whom the proxy's line names, where there is one."""
FILE_BYTES = 3 * 1024 * 1024
GONE_S = 20


@dataclass(frozen=True, slots=True)
class Found:
    """Where needles were: while a report was being told (there must be some), and after the answers (none may be).

    `doors` are the ways in that were used; `addresses_known` says that looking for an address finds one that is there.
    """

    during: int
    addresses_known: bool
    in_files: tuple[Path, ...]
    in_memory: int
    processes: int
    looked_at_mib: float
    doors: tuple[str, ...]


@dataclass(slots=True)
class Visit:
    """Somebody who comes from `SENDER` with a browser of that name, behind a proxy or not."""

    port: int
    announced: bool

    def ask(self, request: bytes) -> bytes:
        """Send one request and return the whole answer."""
        line = f"PROXY TCP4 {ANNOUNCED} 192.0.2.1 4000 443\r\n".encode() if self.announced else b""
        asked = request.replace(b"closed-loop/1", AGENT.encode())
        with socket.create_connection(("127.0.0.1", self.port), 60, (SENDER, 0)) as connection:
            connection.sendall(line + asked)
            answer = b""
            while piece := connection.recv(1 << 16):
                answer += piece
        return answer

    def half(self, request: bytes) -> socket.socket:
        """Send the first half of a request and return the open connection."""
        line = f"PROXY TCP4 {ANNOUNCED} 192.0.2.1 4000 443\r\n".encode() if self.announced else b""
        connection = socket.create_connection(("127.0.0.1", self.port), 60, (SENDER, 0))
        connection.sendall(line + request[: len(request) // 2].replace(b"closed-loop/1", AGENT.encode()))
        return connection

    def talk(self, talk: Talk) -> bytes:
        """Talk to the end and return the last answer."""
        answer, request = b"", next(talk)
        while True:
            answer = self.ask(request)
            try:
                request = talk.send(answer)
            except StopIteration:
                return answer


def hunt(home: Path, *, announced: bool = False) -> Found:
    """Start a front in `home`, come in by every door, and look.

    Raises:
        MemoryClosed: this user may not read the memory of its own processes here.
    """
    os.environ["LASTPIECE_FRONT_PROXY"] = "true" if announced else "false"
    try:
        with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
            visit = Visit(int(line.rstrip("/").rpartition(":")[2]), announced)
            during = _while_half_told(visit, process.pid)
            texts, words, doors = _tell(visit)
            needles = Needles.of([*ANSWERS.values(), MARK, AGENT, *texts], words)
            addresses = Needles.of([SENDER, ANNOUNCED], packed=[socket.inet_aton(one) for one in (SENDER, ANNOUNCED)])
            alive = _only_the_parent(process.pid)
            return Found(
                during,
                bool(addresses.in_memory(os.getpid())),
                tuple({*needles.in_files(home), *addresses.in_files(home)}),
                sum(needles.in_memory(one) + addresses.in_memory(one) for one in alive),
                len(alive),
                sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 2**20,
                doors,
            )
    finally:
        del os.environ["LASTPIECE_FRONT_PROXY"]


def _tell(visit: Visit) -> tuple[list[str], tuple[str, ...], tuple[str, ...]]:
    """Come in by every door; return further needles, the words of the last receipt, and the doors."""
    visit.talk(talks.page_by_page(ANSWERS, lambda _text: None))
    receipt = visit.talk(talks.on_one_page(ANSWERS, lambda _text: None))
    words = talks.words(receipt)
    fields = talks.hidden(visit.ask(talks.request("GET", "/young")))
    visit.ask(talks.form("/young", {**fields, **ANSWERS, "step": "check", "go": "send"}))
    fields = talks.hidden(visit.ask(talks.request("GET", "/tell")))
    upload = talks.form_with_file("/tell", {**fields, **ANSWERS, "step": "files"}, MARK.encode() * (FILE_BYTES // 6))
    taken = visit.ask(upload)
    visit.ask(talks.request("POST", "/sealed", MARK.encode() * 900, "application/octet-stream"))
    opened = visit.ask(talks.form("/mailbox", {"words": " ".join(words)}))
    visit.ask(talks.form("/feedback", {"feedback": ANSWERS["what"]}))
    if not words or MARK.encode() not in taken or talks.status(opened) != talks.FINE:
        raise AssertionError("A door did not open, so there is nothing to look for.")
    doors = ("a page a question", "one page", "young", "a file", "sealed", "mailbox", "feedback")
    return [" ".join(words), fields["seed"]], words, doors


def _while_half_told(visit: Visit, process_id: int) -> int:
    """Send half a report and look into the child that waits for the rest: this proves that looking finds."""
    with visit.half(talks.form("/tell", {"step": "check", **_plain(ANSWERS)})):
        time.sleep(1)
        return sum(Needles.of([MARK]).in_memory(one) for one in family(process_id))


def _plain(answers: Mapping[str, str]) -> dict[str, str]:
    return {key: text[:40] for key, text in answers.items()}


def _only_the_parent(process_id: int) -> list[int]:
    """Wait until the children that answered have ended, and return what still lives."""
    until = time.monotonic() + GONE_S
    while len(family(process_id)) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    return family(process_id)
