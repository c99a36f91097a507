"""A million simulated power cuts on the code that stores, takes in and posts: nothing acknowledged is ever lost.

Run: `uv run python -m benchmarks.front.power_cuts [--cuts N] [--workers N]`. The disk is a model of what POSIX promises
and no more. To show that the model can tell, the same is done for code that leaves out each fsync, or believes one
write.
"""

import argparse
import os
import time

from tests.factories.power_cuts import NoFileSync, NoFolderSync, OneWrite, cut_on_all_cores
from tests.factories.pulled_plug import ModelDisk

CARELESS = {
    "without the file's fsync": NoFileSync,
    "without the folder's fsync": NoFolderSync,
    "believing one write": OneWrite,
}


def main() -> None:
    """Cut, count and print; leave with an error when anything was lost, or when a careless code lost nothing."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cuts", type=int, default=1_000_000)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = asked.parse_args()
    began = time.perf_counter()
    done = cut_on_all_cores(ModelDisk, options.cuts, workers=options.workers)
    seconds = time.perf_counter() - began
    print(
        f"{done.cuts:,} power cuts in {seconds:.0f} s on {options.workers} processes: {done.acknowledged:,} reports "
        f"acknowledged, {done.lost} lost, {done.torn} torn; {done.posts:,} boards posted, {done.posts_lost} lost"
    )
    wrong = bool(done.lost or done.torn or done.posts_lost or done.acknowledged < options.cuts)
    for name, kind in CARELESS.items():
        bad = cut_on_all_cores(kind, max(options.cuts // 100, 1_000), workers=options.workers)
        print(
            f"{name}: {bad.lost / bad.acknowledged:.0%} of {bad.acknowledged:,} reports and "
            f"{bad.posts_lost} of {bad.posts:,} boards lost"
        )
        wrong |= not (bad.lost and bad.posts_lost)
    if wrong:
        raise SystemExit("Something was lost, or the model did not notice what it should.")


if __name__ == "__main__":
    main()
