"""Ten times the usual load comes from one network while others tell: how long the others wait, and what is lost.

Run: `uv run python -m benchmarks.front.flood [--seconds S] [--others N] [--flood N]`. Each person is on a network of
their own (addresses of 127.0.0.0/8) and thinks between two reports; the flood asks without a pause from one network.
First the others tell alone, then with the flood. Everything that was acknowledged, the flood's reports too, is opened
with the desk's keys and counted. The asking process shares the cores, so some of what the others wait is its own.
"""

import argparse
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.factories import talks
from tests.factories.closed_loop import ClosedLoop, Talk, Tally
from tests.factories.front_watch import watched
from tests.factories.proofs import SITE, home_with_keys
from tests.factories.servers import running
from tests.factories.tellers import invented_report, percentile

from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.spool import Spool

FLOODING = "127.66.6.6"
THINK_S = 1.0
WORSE_MOST = 3.0
"""Others' p99 may grow this much: who asks shares the cores with the front, and what is measured is small."""
WORSE_MS = 250
Done = Callable[[str], None]


@dataclass
class Crowd:
    """Some people, where they come from, and what was acknowledged to them."""

    port: int
    sources: list[str]
    first: int
    think_s: float
    acknowledged: list[str] = field(default_factory=list)

    def tell(self, until: float) -> Tally:
        """Tell on one page until then."""
        loop = ClosedLoop("127.0.0.1", self.port, len(self.sources), self.sources, think_s=self.think_s)
        return loop.run(self._talks(), until=until)

    def _talks(self) -> Iterator[Talk]:
        number = self.first + len(self.acknowledged)
        while True:
            yield talks.on_one_page(invented_report(number), self.acknowledged.append)
            number += 1


def main() -> None:
    """Measure both, print, count, and leave with an error when one report is missing or the others wait much longer."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--others", type=int, default=6)
    asked.add_argument("--flood", type=int, default=60)
    options = asked.parse_args()
    networks = [f"127.{10 + number}.0.1" for number in range(options.others)]
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
            port = int(line.rstrip("/").rpartition(":")[2])
            calm = Crowd(port, networks, 0, THINK_S)
            alone = calm.tell(time.perf_counter() + options.seconds)
            others = Crowd(port, networks, 1_000_000, THINK_S)
            flood = Crowd(port, [FLOODING] * options.flood, 2_000_000, 0)
            with watched(process.pid) as cost:
                with_flood, flooding = together(others, flood, options.seconds)
        told = [text for crowd in (calm, others, flood) for text in crowd.acknowledged]
        lost, doubled = counted(home, told)
    show("others, alone", alone)
    show("others, in the flood", with_flood)
    show("the flood", flooding)
    print(f"{len(told)} acknowledged, {lost} lost, {doubled} doubled; {cost.memory_mib:.0f} MiB at most in the flood")
    before, after = (percentile(one.requests, 0.99) * 1000 for one in (alone, with_flood))
    print(f"Others' p99: {before:.0f} ms alone, {after:.0f} ms in the flood")
    failed = alone.failed + with_flood.failed + flooding.failed
    if lost or doubled or failed:
        raise SystemExit(f"{lost} lost, {doubled} doubled, {failed} answered wrongly or not at all.")
    if after > max(before * WORSE_MOST, before + WORSE_MS):
        raise SystemExit("The others waited much longer because of the flood.")


def together(others: Crowd, flood: Crowd, seconds: float) -> tuple[Tally, Tally]:
    """Let both tell at once."""
    until, tallies = time.perf_counter() + seconds, list[Tally]()
    flooding = threading.Thread(target=lambda: tallies.append(flood.tell(until)))
    flooding.start()
    waited = others.tell(until)
    flooding.join()
    return waited, tallies[0]


def show(who: str, tally: Tally) -> None:
    """Print one line."""
    half, most = (percentile(tally.requests, share) * 1000 for share in (0.5, 0.99))
    rate = len(tally.requests) / tally.seconds
    print(f"{who:21}{rate:7.1f} requests/s, {tally.acknowledged:5} reports, p50 {half:.0f} ms, p99 {most:.0f} ms")


def counted(home: Path, acknowledged: list[str]) -> tuple[int, int]:
    """Open what waits; return how many acknowledged reports are missing, and how many came twice."""
    spool, keyring = Spool(home / "front" / "spool"), Keyring(home / "desk" / "keys")
    opened = (Report.decode(open_sealed(spool.read(name), keyring, site=SITE)) for name in spool.waiting())
    found = Counter(report.answers["what"] for report in opened)
    return sum(text not in found for text in acknowledged), sum(count > 1 for count in found.values())


if __name__ == "__main__":
    main()
