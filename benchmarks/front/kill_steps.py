"""Killed with `kill -9` at every named step of a report's way, 100 times each: none lost, none twice.

Run: `uv run python -m benchmarks.front.kill_steps [--times N]`. The steps go from the part of a file that is held to
the board that is posted; each errand runs in a forked child, which dies at its step. Then the button is pressed again.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.factories.killed_at_steps import STEPS, kill_at_every_step


def main() -> None:
    """Kill, count and print; leave with an error when a report is missing or doubled, or a kill did not happen."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--times", type=int, default=100)
    options = asked.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        done = kill_at_every_step(Path(folder), options.times, on_each=lambda step: print(f"  {step}", flush=True))
    seconds = time.perf_counter() - began
    kills = sum(done.kills.values())
    print(
        f"{len(STEPS)} steps x {options.times}: {kills} kills in {seconds:.0f} s; {done.told} reports acknowledged, "
        f"{done.lost} lost, {done.twice} twice, {done.waiting} left in the spool; {done.files} files whole"
    )
    if done.lost or done.twice or done.waiting or kills != len(STEPS) * options.times:
        raise SystemExit("A report is missing or doubled, or a kill did not happen.")


if __name__ == "__main__":
    main()
