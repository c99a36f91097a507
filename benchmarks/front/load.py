"""A closed loop of 1, 4, 8 and 64 people who tell: sealed on the device, on one page, and a page a question.

Run: `uv run python -m benchmarks.front.load [--seconds S] [--tellers N …] [--way WAY …] [--strict]`, as root to see the
memory. Each person sends their next report when the last was acknowledged. Everything that was acknowledged is then
opened with the desk's keys and counted. One process asks, on the same cores, and says what it took of them; so does
whatever else ran here. With `--strict` a speed below the aim is an error too.
"""

import argparse
import itertools
import os
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tests.factories import talks
from tests.factories.closed_loop import ClosedLoop, Talk, Tally
from tests.factories.front_watch import Cost, watched
from tests.factories.proofs import SITE, home_with_keys
from tests.factories.servers import running
from tests.factories.tellers import invented_report, percentile

from lastpiece.tell import board
from lastpiece.tell.certificate import Certificate, EpochKey
from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import MAILBOX_ID_BYTES, MailboxAddress, Report
from lastpiece.tell.root_key import read_root_public
from lastpiece.tell.sealing import seal
from lastpiece.tell.seed import NONCE_BYTES
from lastpiece.tell.spool import Spool

AIMS = {"sealed": 100, "one-page": 50, "walk": 0}
"""Reports a second; the walk's figure is shown, and none is asked for."""
LONGEST_S = 1.0
"""What 99 of 100 requests of 64 tellers must be answered within."""
MOST_MIB = 200
AT_ONCE = 400
"""More envelopes a second than could be sent are sealed beforehand."""
FULL = 8
HEAD = (
    "way      tellers  reports/s   p50 ms   p99 ms Send p99  lost  PSS MiB  CPU ms/report: front  asking  others' share"
)
PEERS = """Peers, as quoted in our survey of November 2026 (two shared cores; not run here):
  Hush Line 7-11 reports/s, p99 1.2 s at 8 senders, 364 MiB, 0 lost
  GlobaLeaks 0.1-0.2 reports/s as it comes; with its key stretching cut 6-8/s, 140-180 MiB,
  and 12-49 % lost at 2-8 reporters at once"""
Done = Callable[[str], None]


def main() -> None:
    """Tell in every way at every level, print the figures, and leave with an error when one report is missing."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=8)
    asked.add_argument("--tellers", type=int, nargs="*", default=[1, 4, 8, 64])
    asked.add_argument("--way", choices=[*AIMS], nargs="*", default=[*AIMS])
    asked.add_argument("--strict", action="store_true")
    options = asked.parse_args()
    print(HEAD)
    wrong, slow = list[str](), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
            port = int(line.rstrip("/").rpartition(":")[2])
            for way, tellers in itertools.product(options.way, options.tellers):
                acknowledged: list[str] = []
                reports = prepared(way, home, int(options.seconds * AT_ONCE), acknowledged.append)
                loop = ClosedLoop("127.0.0.1", port, tellers)
                with watched(process.pid) as cost:
                    tally = loop.run(reports, until=time.perf_counter() + options.seconds)
                missed, doubled = taken_out(home, acknowledged)
                show(way, tellers, tally, cost, missed=missed)
                if missed or doubled or tally.failed:
                    wrong.append(f"{way}, {tellers}: {missed} lost, {doubled} doubled, {tally.failed} answered wrongly")
                slow += late(way, tellers, tally, cost)
    print(PEERS)
    print("\n".join([*wrong, *slow]) or "Every aim was reached.")
    if wrong or (options.strict and slow):
        raise SystemExit("A report is missing or doubled, an answer was wrong, or an aim was not reached.")


def prepared(way: str, home: Path, count: int, done: Done) -> Iterator[Talk]:
    """Yield reports to be told; those that are sealed on the device are sealed before the clock runs."""
    if way == "sealed":
        names = [f"Report {number}, sealed before." for number in range(count)]
        envelopes = sealed(home, names)
        return (talks.sealed(envelope, name, done) for name, envelope in zip(names, envelopes, strict=True))
    talk = talks.on_one_page if way == "one-page" else talks.page_by_page
    return (talk(invented_report(number), done) for number in range(count))


def sealed(home: Path, texts: list[str]) -> list[bytes]:
    """Seal reports as a browser does."""
    now = datetime.now(UTC)
    root = read_root_public(home / "front" / "root.pub")
    documents = board.read_board(home / "front" / "board", root, site=SITE, now=now).documents
    certificate = Certificate.decode(documents["certificate.json"])
    mailbox = MailboxAddress(bytes(MAILBOX_ID_BYTES), EpochKey.make().public)
    envelopes = []
    for text in texts:
        report = Report(
            nonce=secrets.token_bytes(NONCE_BYTES),
            kind="report",
            channel="online",
            form_version="tell-1",
            answers={"what": text},
            mailbox=mailbox,
            told_on=now.date(),
        )
        envelopes.append(seal(report.encode(), certificate, site=SITE))
    return envelopes


def taken_out(home: Path, acknowledged: list[str]) -> tuple[int, int]:
    """Open and remove what waits; return how many acknowledged reports are missing, and how many came twice."""
    spool, keyring = Spool(home / "front" / "spool"), Keyring(home / "desk" / "keys")
    found = Counter[str]()
    for name in spool.waiting():
        found[Report.decode(open_sealed(spool.read(name), keyring, site=SITE)).answers["what"]] += 1
        (spool.folder / "new" / name).unlink()
    return sum(text not in found for text in acknowledged), sum(count > 1 for count in found.values())


def show(way: str, tellers: int, tally: Tally, cost: Cost, *, missed: int) -> None:
    """Print one line of figures: of every request, and of the one that sends the report."""
    rate, each = tally.acknowledged / tally.seconds, max(1, tally.acknowledged)
    whole = f"{percentile(tally.requests, 0.5) * 1000:8.0f} {percentile(tally.requests, 0.99) * 1000:8.0f}"
    last = f"{percentile(tally.lasts, 0.99) * 1000:8.0f}"
    share = cost.others_s / (tally.seconds * (os.cpu_count() or 1))
    print(
        f"{way:9}{tellers:7}{rate:11.1f} {whole} {last}{missed:6}{cost.memory_mib:9.0f}"
        f"{cost.front_s / each * 1000:28.1f}{cost.asking_s / each * 1000:8.1f}{share:15.0%}",
        flush=True,
    )


def late(way: str, tellers: int, tally: Tally, cost: Cost) -> Iterator[str]:
    """Yield the aims that were missed; speed is asked for at 8 and more tellers, who can keep two cores busy."""
    rate, slowest = tally.acknowledged / tally.seconds, percentile(tally.requests, 0.99)
    if tellers >= FULL and rate < AIMS[way]:
        yield f"{way}, {tellers}: {rate:.1f} reports/s, {AIMS[way]} were the aim"
    if slowest >= LONGEST_S:
        yield f"{way}, {tellers}: p99 {slowest:.2f} s, {LONGEST_S} was the aim"
    if cost.memory_mib > MOST_MIB:
        yield f"{way}, {tellers}: {cost.memory_mib:.0f} MiB, {MOST_MIB} was the aim"


if __name__ == "__main__":
    main()
