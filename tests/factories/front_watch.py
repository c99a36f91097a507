"""What a front costs while it runs: processor time of it and of all its children, memory of all of them together."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.factories.needles import family

TICK = os.sysconf("SC_CLK_TCK")
LOOK_S = 0.25


@dataclass(slots=True)
class Cost:
    """Seconds of processor time: the front's, this process's, everybody's; and the most memory at once, in MiB.

    `memory_mib` is the sum of PSS over all processes of the front, 0 when this user may not see it.
    """

    front_s: float = 0.0
    asking_s: float = 0.0
    all_s: float = 0.0
    memory_mib: float = 0.0

    @property
    def others_s(self) -> float:
        """Processor time that neither the front nor this process took."""
        return max(0.0, self.all_s - self.front_s - self.asking_s)


@contextmanager
def watched(process: int) -> Iterator[Cost]:
    """Measure what happens inside the `with`."""
    cost, done = Cost(), threading.Event()

    def look() -> None:
        while not done.wait(LOOK_S):
            with suppress(OSError):  # a child ended while its children were looked up
                cost.memory_mib = max(cost.memory_mib, sum(map(proportional_mib, family(process))))

    looking = threading.Thread(target=look)
    before = [front_seconds(process), own_seconds(), busy_seconds()]
    looking.start()
    try:
        yield cost
    finally:
        done.set()
        looking.join()
        after = [front_seconds(process), own_seconds(), busy_seconds()]
        cost.front_s, cost.asking_s, cost.all_s = (late - early for early, late in zip(before, after, strict=True))


def proportional_mib(process: int) -> float:
    """Return a process's share of the memory it shares with others, and its own, in MiB; 0 when it is gone."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024


def front_seconds(process: int) -> float:
    """Return the processor time of a process and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def own_seconds() -> float:
    """Return the processor time of this process."""
    spent = os.times()
    return spent.user + spent.system


def busy_seconds() -> float:
    """Return the time that the cores were busy, all together."""
    user, nice, system, _idle, _wait, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:]
    )
    return (user + nice + system + irq + softirq) / TICK
