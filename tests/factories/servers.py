"""The product's own commands as processes, each with a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from lastpiece.results.publication import Campaign, Figure, Publication, Week, WeekResult, YouSaid
from lastpiece.tell import board
from lastpiece.tell.chunk import Chunk, is_chunk
from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.root_key import read_root_public
from lastpiece.tell.spool import Spool

LASTPIECE = str(Path(sys.executable).with_name("lastpiece"))


@contextmanager
def running(
    arguments: list[str],
    home: Path,
    ready: str,
    *,
    settings: Mapping[str, str] = MappingProxyType({}),
    program: Sequence[str] = (LASTPIECE,),
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run `lastpiece` with a home of its own until a line with `ready` appears; yield the process and that line."""
    log = home / f"{arguments[0].strip('-')}.log"
    environment = {**os.environ, "LASTPIECE_HOME": str(home), **settings}
    with log.open("wb") as sink:
        process = subprocess.Popen([*program, *arguments], env=environment, stderr=sink, stdout=sink)
    try:
        yield process, line_with(ready, log, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def line_with(ready: str, log: Path, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        for line in log.read_text().splitlines():
            if ready in line:
                return line
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{log.read_text()[-2000:]}")


def wait_for_port(port: int) -> None:
    """Wait until something listens on this machine's port."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"Nothing listens on port {port}.")


@dataclass
class Front:
    """A front that runs, its folder, and the desk's keys to see what it sealed."""

    address: str
    home: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def site(self) -> str:
        return "nenshire"

    @property
    def spool(self) -> Spool:
        return Spool(self.home / "front" / "spool")

    def take_all(self) -> list[Report]:
        """Open and remove what waits, as the desk does."""
        keyring = Keyring(self.home / "desk" / "keys")
        reports = []
        for name in self.spool.waiting():
            reports.append(Report.decode(open_sealed(self.spool.read(name), keyring, site=self.site)))
            self.spool.remove(name)
        return reports

    def take_with_files(self) -> tuple[list[Report], dict[bytes, bytes]]:
        """Open and remove what waits: the reports, and the content of each file by its id."""
        keyring = Keyring(self.home / "desk" / "keys")
        opened = []
        for name in self.spool.waiting():
            opened.append(open_sealed(self.spool.read(name), keyring, site=self.site))
            self.spool.remove(name)
        files: dict[bytes, bytes] = {}
        chunks = (Chunk.decode(plain) for plain in opened if is_chunk(plain))
        for chunk in sorted(chunks, key=lambda chunk: chunk.index):
            files[chunk.file_id] = files.get(chunk.file_id, b"") + chunk.content
        return [Report.decode(plain) for plain in opened if not is_chunk(plain)], files

    def post_on_board(self, documents: Mapping[str, bytes | None]) -> None:
        keys = Keyring(self.home / "desk" / "keys")
        now = datetime.now(UTC)  # noqa: TID251 - the board is signed now
        board.post(
            self.home / "desk" / "board",
            self.home / "front" / "board",
            documents,
            keys.signer(),
            root_public=read_root_public(self.home / "front" / "root.pub"),
            on=now.date(),
            now=now,
        )

    @property
    def log(self) -> str:
        return (self.home / "front.log").read_text()


def invented_publication() -> Publication:
    today = datetime.now(UTC).date()  # noqa: TID251 - the campaign's third week is now
    start = today - timedelta(days=today.weekday() + 14)
    themes = ["Drug lines", "Homes taken over", "Serious and organised crime", "Knives", "Roads", "Modern slavery"]
    weeks = tuple(
        Week(number, themes[(number - 1) % 6], monday(start, number), monday(start, number + 1))
        for number in range(1, 13)
    )
    figures = (
        Figure("arrests", "arrests", 22, unit="people"),
        Figure("safeguarded_child", "children made safer", 15, unit="people"),
        Figure("cash", "cash taken", 10_256, unit="£"),
        Figure(
            "knives",
            "knives taken",
            None,
            suppressed=True,
            unit="items",
            reason="Held back so that nobody could be picked out.",
        ),
    )
    return Publication(
        published_on=today,
        campaign=Campaign("Twelve weeks of action", "What you know, put to work.", weeks),
        results=(WeekResult(1, "final", figures), WeekResult(2, "provisional", figures[:3])),
        totals=figures[:3],
        you_said=(
            YouSaid(
                "Nenbridge North",
                "Dealing near the play area after school.",
                "We closed a deal line and now visit every day.",
                f"{today:%Y-%m}",
            ),
        ),
        thanks="Thank you to everyone who told us something.",
    )


def monday(start: date, number: int) -> date:
    return start + timedelta(weeks=number - 1)
