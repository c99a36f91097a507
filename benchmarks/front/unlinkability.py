"""A thousand rounds against the front's disk: who told report k, and whose is this mailbox? No better than chance.

Run: `uv run python -m benchmarks.front.unlinkability [--rounds N]`. Eleven strategies by name, size, time, number,
listing and bytes of files and of slots; an exact binomial test for each. With a leak planted the same adversary must
win. Files in the spool are mixed first, as the front does every hour: until then the file system's own numbers tell
their order.
"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.factories.unlinkability import LEAKS, SURE, TELLERS, play

ALPHA = 0.001


def main() -> None:
    """Play, test and print; leave with an error when something leaks, or when a planted leak is not found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=1_000)
    options = asked.parse_args()
    wrong = False
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        score = play(Path(folder) / "honest", options.rounds)
        print(f"{options.rounds} rounds of {TELLERS} tellers in {time.perf_counter() - began:.0f} s")
        for name, p in score.p_values().items():
            print(f"  {name:20} right {score.right[name] / score.rounds:6.1%}  (chance {1 / TELLERS:.1%})  p = {p:.3f}")
        print(f"smallest p, corrected for the number of strategies: {score.smallest:.3f}")
        wrong |= score.smallest < ALPHA
        for leak in LEAKS:
            found = play(Path(folder) / leak, max(options.rounds // 20, 25), leak=leak)
            best = min(found.p_values(), key=found.p_values().__getitem__)
            print(f"planted: {leak}: {best} is right {found.right[best] / found.rounds:.0%}, p = {found.smallest:.1e}")
            wrong |= found.smallest > SURE
    if wrong:
        raise SystemExit("Something leaks, or a planted leak was not found.")


if __name__ == "__main__":
    main()
