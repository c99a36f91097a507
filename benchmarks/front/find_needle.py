"""A report comes in by every door; afterwards it is nowhere in the front's folders, logs or memory.

Run: `uv run python -m benchmarks.front.find_needle`, as root: the front forbids others to read its memory. The doors:
a page a question, one page, the young people's, a file, an envelope, the mailbox's words, feedback; first straight,
then behind a proxy that announces the sender. Looked for: the texts, the words, the seed, the file's name and content,
the browser's name, and the sender's address as text and as the kernel has it.
"""

import tempfile
from pathlib import Path

from tests.factories.needle_hunt import hunt
from tests.factories.proofs import home_with_keys


def main() -> None:
    """Hunt twice, and print where needles were."""
    wrong = False
    for announced in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            found = hunt(home_with_keys(Path(folder)), announced=announced)
        print("Behind a proxy:" if announced else "Straight:", ", ".join(found.doors))
        print(f"  While it was being told: {found.during} regions of memory held it (the search works).")
        print(
            f"  After the answers: {len(found.in_files)} files of {found.looked_at_mib:.2f} MiB and {found.in_memory}"
        )
        print(f"  regions of the memory of {found.processes} living process hold any of it, or the sender's address.")
        wrong |= not found.during or not found.addresses_known or bool(found.in_files) or bool(found.in_memory)
    if wrong:
        raise SystemExit("A needle was found after the answers, or the search does not work.")


if __name__ == "__main__":
    main()
