"""Five thousand copies of one true report reach the desk among fifty others: nothing true is grouped away or set aside.

Run: `uv run --no-sync python -m benchmarks.front.flood_desk [--copies 5000] [--kind threat|plain|both]`. Copies differ
from the true report in one word, the house number; one in five says word for word the same. It seals them, runs
`lastpiece desk collect --once` on a desk of its own, opens a copy as an assessor would, takes every alert and sets
aside what can be. Exits with 1 when a report is missing, one of the others is in the flood's group, the true report
was set aside, anything of a threat was, or a page takes longer than 10 s.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.factories.desk_flood import OTHERS, put_flood
from tests.factories.planted_desk import ROOT
from tests.factories.proofs import environment, home_with_keys, lastpiece

LONGEST_S = 10.0


def main() -> None:
    """Flood, measure, print."""
    parser = argparse.ArgumentParser(description="A desk flooded with copies of a true report.")
    parser.add_argument("--copies", type=int, default=5000)
    parser.add_argument("--kind", choices=("threat", "plain", "both"), default="both")
    asked = parser.parse_args()
    wrong = [
        each for kind in ("threat", "plain") if asked.kind in {kind, "both"} for each in flooded(kind, asked.copies)
    ]
    if wrong:
        sys.exit("WRONG: " + " ".join(wrong))


def flooded(kind: str, copies: int) -> list[str]:
    """Flood one desk, print its figures, and return what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        home = home_with_keys(Path(folder))
        lastpiece(home, "desk", "migrate")
        who = ("--name", "Ann Example", "--email", "ann@nenshire.example", "--role", "intake_assessor")
        lastpiece(home, "desk", "staff", "add", "ann", *who, "--json")
        began = time.perf_counter()
        put_flood(home, kind, copies)
        sealed, began = time.perf_counter() - began, time.perf_counter()
        counted = lastpiece(home, "desk", "collect", "--once", "--json")
        collected = time.perf_counter() - began
        seen = worked_through(home)
    total = copies + 1 + OTHERS
    sys.stdout.write(
        f"{kind}: {total} reports sealed in {sealed:.1f} s, collected in {collected:.1f} s "
        f"({total / collected:.0f}/s); {seen['groups']} groups, the flood in {seen['flood_groups']}, "
        f"{seen['swallowed']} of the {OTHERS} others in it; {seen['alerts']} alerts.\n"
        f"  set aside: {seen['set_aside']} of {seen['word_for_word']} that say word for word what was opened; "
        f"the true report: {'SET ASIDE' if seen['true_set_aside'] else 'waits'}.\n"
    )
    for what, seconds in seen["seconds"].items():
        sys.stdout.write(f"  {what}: {seconds:.2f} s\n")
    return wrong_in(kind, total, counted, seen)


def worked_through(home: Path) -> dict[str, Any]:
    """Run the assessor's work in a process that has that desk's settings."""
    code = "import django; django.setup(); from tests.factories.flooded_desk import attack; print(attack(), end='')"
    settings = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "lastpiece.site.settings.desk"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(home) | settings, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise AssertionError(done.stderr[-3000:])
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def wrong_in(kind: str, total: int, counted: dict[str, Any], seen: dict[str, Any]) -> list[str]:
    """Return what is wrong with a flood's figures, each in a sentence."""
    set_aside = 0 if kind == "threat" else seen["word_for_word"] - 1
    checks = {
        f"{kind}: {seen['reports']} of {total} reports are here.": (counted["added"], seen["reports"])
        == (total, total),
        f"{kind}: other reports were grouped with the flood.": seen["swallowed"] == 0,
        f"{kind}: the true report does not look like its copies, so this proved nothing.": seen["true_among_them"],
        f"{kind}: the true report was set aside.": not seen["true_set_aside"],
        f"{kind}: others were set aside.": seen["others_set_aside"] == 0,
        f"{kind}: {seen['set_aside']} were set aside, not {set_aside}.": seen["set_aside"] == set_aside,
        f"{kind}: the differences were not shown.": seen["shown"] > 0,
        f"{kind}: a page takes too long.": max(seen["seconds"].values()) <= LONGEST_S,
    }
    return [sentence for sentence, right in checks.items() if not right]


if __name__ == "__main__":
    main()
