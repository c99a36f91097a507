"""A front that is killed with `kill -9`, children and all, and started again, as often as one likes."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.factories.proofs import environment, free_port, nonces_in_spool
from tests.factories.servers import LASTPIECE, line_with
from tests.factories.tellers import Told, tell_all

PATIENCE_S = 240


@dataclass
class KilledFront:
    """Runs one front at a time on one port, in a process group of its own."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until it listens."""
        log = self.home / "front.log"
        with log.open("wb") as sink:
            self.process = subprocess.Popen(
                [LASTPIECE, "front", "serve", "--port", str(self.port)],
                env=environment(self.home),
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )
        line_with("http://", log, self.process)

    def kill(self) -> None:
        """Kill the server and every child in the middle of whatever they do."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.kills += 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the reports: acknowledged, not found although acknowledged, and how often Send was repeated."""

    told: list[Told]
    lost: int
    files: int
    distinct: int
    kills: int


def tell_while_killing(
    home: Path,
    reports: Sequence[Mapping[str, str]],
    *,
    kills: int,
    tellers: int,
    page_by_page: bool = True,
    seed: int = 0,
) -> Outcome:
    """Let people tell while the front is killed `kills` times, evenly over the acknowledged reports, at odd moments."""
    front, rng, count = KilledFront(home), Random(seed), _Count()
    front.start()
    killer = threading.Thread(target=_kill_evenly, args=(front, rng, count, _marks(len(reports), kills)))
    killer.start()
    try:
        told = tell_all(
            front.address,
            reports,
            tellers=tellers,
            patience_s=PATIENCE_S,
            page_by_page=page_by_page,
            acknowledged=count.add,
        )
    finally:
        count.done = True
        killer.join()
        front.kill()
    found = nonces_in_spool(home)
    lost = sum(one.nonce not in found for one in told)
    return Outcome(told, lost, found.total(), len(found), front.kills - 1)


@dataclass
class _Count:
    acknowledged: int = 0
    done: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, _told: Told) -> None:
        with self.lock:
            self.acknowledged += 1


def _marks(reports: int, kills: int) -> list[int]:
    """Return after how many acknowledged reports each kill is due; all but the last few are told by then."""
    return [number * (reports - 1) // kills for number in range(kills)]


def _kill_evenly(front: KilledFront, rng: Random, count: _Count, marks: list[int]) -> None:
    for mark in marks:
        while count.acknowledged < mark and not count.done:
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.4))  # into the middle of reading, sealing, syncing or answering
        if count.done:
            return
        front.kill()
        front.start()
