"""The front is killed with `kill -9` fifty times while three hundred reports are told: none lost, none twice.

Run: `uv run python -m benchmarks.front.kill_fifty [--reports N] [--kills N]`. Server and children die together, at odd
moments; the people press Send again until they are answered, and the desk's own collector then takes the reports in.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.factories.killed_front import tell_while_killing
from tests.factories.proofs import collected, home_with_keys
from tests.factories.tellers import invented_report


def main() -> None:
    """Tell and kill, collect, count, and print; leave with an error when one report is missing or doubled."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=300)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--tellers", type=int, default=8)
    options = asked.parse_args()
    reports = [invented_report(number) for number in range(options.reports)]
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        began = time.perf_counter()
        outcome = tell_while_killing(home, reports, kills=options.kills, tellers=options.tellers)
        seconds = time.perf_counter() - began
        counts = collected(home)
    print(f"{outcome.kills} kills in {seconds:.0f} s; {len(outcome.told)} acknowledged, {outcome.lost} lost")
    print(f"{outcome.files} sealed files hold {outcome.distinct} reports; collected {counts}")
    fine = counts["added"] == outcome.distinct and counts["already"] == outcome.files - outcome.distinct
    if outcome.lost or outcome.kills < options.kills or len(outcome.told) != len(reports) or not fine:
        raise SystemExit("A report is missing or doubled, or a kill did not happen.")


if __name__ == "__main__":
    main()
