"""How long from a sealed threat to life in the spool until the pager of the person on duty runs, with the real daemon.

Run: `uv run --no-sync python -m benchmarks.front.paging [--threats 5] [--queue 200]`. Each threat comes
behind its share of a queue of ordinary reports, to a desk of its own, where nobody was called before. On the last one
an unlike threat follows at once: it must be in the next call, which comes when its time of calling together is over.
Exits with 1 when one took more than 60 seconds.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests.factories.paged_desk import collector, desk_with_pager, put, seconds_to_page


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Seconds from spool to pager.")
    parser.add_argument("--threats", type=int, default=5)
    parser.add_argument("--queue", type=int, default=200, help="Ordinary reports that wait, over all threats.")
    asked = parser.parse_args()
    took, behind = list[float](), 0.0
    for number in range(1, asked.threats + 1):
        with tempfile.TemporaryDirectory() as folder:
            first, second = seconds_at_a_desk(Path(folder), asked.queue // asked.threats, number == asked.threats)
        took.append(first)
        behind = second
    middle, most = statistics.median(took), max(took)
    sys.stdout.write(f"{len(took)} threats to life among {asked.queue} reports: paged after {middle:.1f} s (median), ")
    sys.stdout.write(f"{most:.1f} s (slowest); one right behind another in the next call, after {behind:.1f} s; ")
    sys.stdout.write("the promise is 60 s.\n")


def seconds_at_a_desk(home: Path, queue: int, another: bool) -> tuple[float, float]:  # noqa: FBT001 - one question
    """Return the seconds until the first threat is paged, and until `another` right behind it is; 0 without one."""
    pager = desk_with_pager(home)
    with collector(home, pager):
        for number in range(queue):
            put(home, f"A van by the garages, number {(number + 1) * 7919}.", number + 1)
        try:
            first = seconds_to_page(home, pager, queue + 1)
            second = seconds_to_page(home, pager, queue + 2) if another else 0.0
        except TimeoutError as late:
            sys.exit(str(late))
    if another:
        counts = [line for line in pager.with_name(pager.name + ".paged").read_text().split() if "_COUNT=" in line]
        if [line.rpartition("=")[2] for line in counts] != ["1", "2"]:
            sys.exit("The second threat was not in the second call.")
    return first, second


if __name__ == "__main__":
    main()
