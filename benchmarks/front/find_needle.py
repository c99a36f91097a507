"""A report is told without JavaScript; afterwards it is nowhere in the front's folders, logs or memory.

Run: `uv run python -m benchmarks.front.find_needle`, as root: the front forbids others to read its memory.
"""

import tempfile
from pathlib import Path

from tests.factories.needle_hunt import hunt
from tests.factories.proofs import home_with_keys


def main() -> None:
    """Hunt, and print where needles were."""
    with tempfile.TemporaryDirectory() as folder:
        found = hunt(home_with_keys(Path(folder)))
    print(f"While it was being told: {found.during} regions of memory held it (the search works).")
    print(
        f"After the answer: {len(found.in_files)} files of {found.looked_at_mib:.2f} MiB and {found.in_memory} regions"
    )
    print(f"of the memory of {found.processes} living process hold it.")
    if not found.during or found.in_files or found.in_memory:
        raise SystemExit("The needle was found after the answer, or never.")


if __name__ == "__main__":
    main()
