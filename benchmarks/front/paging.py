"""How long from a sealed threat to life in the spool until the pager of the person on duty runs, with the real daemon.

Run: `uv run --no-sync python -m benchmarks.front.paging [--threats 5] [--queue 200]`. Each threat comes
behind its share of a queue of ordinary reports. Exits with 1 when one took more than 60 seconds.
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
    parser.add_argument("--queue", type=int, default=200, help="Ordinary reports that wait when each threat comes.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        pager, took, number = desk_with_pager(home), [], 0
        with collector(home, pager):
            for _ in range(asked.threats):
                for _ in range(asked.queue // asked.threats):
                    number += 1
                    put(home, f"A van by the garages, number {number * 7919}.", number)
                number += 1
                try:
                    took.append(seconds_to_page(home, pager, number))
                except TimeoutError as late:
                    sys.exit(str(late))
    middle, most = statistics.median(took), max(took)
    sys.stdout.write(f"{len(took)} threats to life among {asked.queue} reports: paged after {middle:.1f} s (median), ")
    sys.stdout.write(f"{most:.1f} s (slowest); the promise is 60 s.\n")


if __name__ == "__main__":
    main()
