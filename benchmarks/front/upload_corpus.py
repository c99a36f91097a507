"""Hostile files through the desk's sandbox: what comes of each, in how many seconds, with how much memory.

Run: `python -m benchmarks.front.upload_corpus [--rounds N]`. Every file is made by `tests/factories/hostile_files.py`.
Exits 1 when a copy holds anything of the file but what is seen, when a limit (512 MiB, 10 s of processor time) is
passed, or when something else comes of a file than must.
"""

import argparse
import sys

from tests.factories.hostile_files import CORPUS, MARKER, made

from lastpiece.site.desk.remaking.confining import CPU_S, MEMORY_BYTES
from lastpiece.site.desk.remaking.sandbox import Copy, NoCopy, remake

ROW = "{:<22} {:>11} {:>16} {:>7} {:>9} {:>6}"


def main() -> int:
    """Print a row a file and return how to exit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=1, help="how often the whole corpus is tried")
    rounds = asked.parse_args().rounds
    print(ROW.format("file", "bytes", "outcome", "s", "peak MiB", "ok"))
    wrong, slowest, largest, missing = [], 0.0, 0, set()
    for row in CORPUS * rounds:
        file = made(*row)
        copy = _tried(file.content)
        outcome = copy if isinstance(copy, str) else copy.kind
        seconds, peak = (0.0, 0) if isinstance(copy, str) else (copy.seconds, copy.peak_kib // 1024)
        clean = isinstance(copy, str) or _is_clean(copy)
        right = clean and outcome == file.outcome and seconds <= CPU_S and peak <= MEMORY_BYTES // 2**20
        print(
            ROW.format(file.name, f"{len(file.content):,}", outcome, f"{seconds:.2f}", peak, "yes" if right else "NO")
        )
        wrong += [] if right else [file.name]
        slowest, largest = max(slowest, seconds), max(largest, peak)
        missing |= set() if isinstance(copy, str) else set(copy.missing)
    print(f"{len(CORPUS) * rounds} files; slowest {slowest:.2f} s of {CPU_S}; most memory {largest} of 512 MiB;")
    print(f"walls this kernel refused: {', '.join(sorted(missing)) or 'none'}; wrong: {', '.join(wrong) or 'none'}")
    return 1 if wrong else 0


def _tried(content: bytes) -> Copy | str:
    try:
        return remake(content, use_place=True)
    except NoCopy as refused:
        return refused.why


def _is_clean(copy: Copy) -> bool:
    ends = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
    return (
        MARKER not in copy.image
        and MARKER.decode() not in copy.text
        and copy.image.endswith(ends.get(copy.format, b""))
    )


if __name__ == "__main__":
    sys.exit(main())
