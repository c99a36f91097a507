"""Killed with `kill -9` on a report's way, at every named step and with the whole server: none lost, none twice.

Run: `uv run python -m benchmarks.front.kill_steps [--times N] [--kills N] [--reports N]`. First each errand runs in a
forked child, which dies at its step, from the part of a file that is held to the board that is posted, `--times` times
a step; then the button is pressed again. After that eight people tell `--reports` reports over the network while the
server and its children are killed `--kills` times at odd moments, and the desk's own collector takes the reports in.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.factories.killed_at_steps import STEPS, kill_at_every_step
from tests.factories.killed_front import tell_while_killing
from tests.factories.proofs import collected, home_with_keys
from tests.factories.tellers import invented_report

TELLERS = 8


def main() -> None:
    """Kill, count and print; leave with an error when a report is missing or doubled, or a kill did not happen."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=100)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--reports", type=int, default=300)
    options = asked.parse_args()
    fine = [at_steps(options.times), whole_server(options.kills, options.reports)]
    if not all(fine):
        raise SystemExit("A report is missing or doubled, or a kill did not happen.")


def at_steps(times: int) -> bool:
    """Kill at every named step, print, and return whether all is well."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        done = kill_at_every_step(Path(folder), times, on_each=lambda step: print(f"  {step}", flush=True))
    seconds = time.perf_counter() - began
    kills = sum(done.kills.values())
    print(
        f"{len(STEPS)} steps x {times}: {kills} kills in {seconds:.0f} s; {done.told} reports acknowledged, "
        f"{done.lost} lost, {done.twice} twice, {done.waiting} left in the spool; {done.files} files whole",
        flush=True,
    )
    return not (done.lost or done.twice or done.waiting) and kills == len(STEPS) * times


def whole_server(kills: int, count: int) -> bool:
    """Kill the server and its children while people tell, print, and return whether all is well."""
    if not kills:
        return True
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        reports = [invented_report(number) for number in range(count)]
        outcome = tell_while_killing(home, reports, kills=kills, tellers=TELLERS)
        counts = collected(home)
    seconds = time.perf_counter() - began
    print(f"server: {outcome.kills} kills in {seconds:.0f} s; {len(outcome.told)} acknowledged, {outcome.lost} lost")
    print(f"{outcome.files} sealed files hold {outcome.distinct} reports; collected {counts}")
    once = counts["added"] == outcome.distinct and counts["already"] == outcome.files - outcome.distinct
    return once and not outcome.lost and outcome.kills >= kills and len(outcome.told) == count


if __name__ == "__main__":
    main()
