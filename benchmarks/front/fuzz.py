"""Fuzzers guided by coverage on everything that takes a stranger's bytes; what they find interesting is kept.

Run: `uv run --group fuzz python -m benchmarks.front.fuzz [--seconds 600] [--target NAME]...`. Each target runs for that
long, two at a time. Inputs that reach new code are merged into `tests/corpus/<target>`, which the tests try again;
an input that broke something lies in `tests/corpus/<target>/crash-…` and the command ends with an error.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.factories.fuzz_all import BY_NAME
from tests.factories.fuzz_targets import CORPUS

AT_ONCE = 2
LONGEST_INPUT = 8192


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What one fuzzer did: tries, inputs kept before and after, and the inputs that broke something."""

    name: str
    tries: int
    before: int
    after: int
    crashes: list[str]
    said: str


def main() -> None:
    """Fuzz each target in a process of its own, print a table, and fail when anything broke."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=600)
    asked.add_argument("--target", action="append", choices=sorted(BY_NAME))
    options = asked.parse_args()
    names = options.target or list(BY_NAME)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fuzzed = list(pool.map(lambda name: run(name, options.seconds), names))
    print(f"{'target':<14}{'tries':>12}{'kept before':>13}{'after':>7}{'crashes':>9}")
    for one in fuzzed:
        print(f"{one.name:<14}{one.tries:>12,}{one.before:>13}{one.after:>7}{len(one.crashes):>9}")
    broken = [crash for one in fuzzed for crash in one.crashes]
    silent = [one for one in fuzzed if not one.tries]
    for one in silent:
        print(f"{one.name} did not run:\n{one.said}")
    if broken or silent:
        raise SystemExit(f"Broken by {', '.join(broken)}." if broken else "A fuzzer did not run.")


def run(name: str, seconds: int) -> Fuzzed:
    """Fuzz one target for `seconds`, starting from its corpus, and merge what it found into the corpus."""
    kept = CORPUS / name
    kept.mkdir(parents=True, exist_ok=True)
    before = len(list(kept.iterdir()))
    with tempfile.TemporaryDirectory() as folder:
        found, seeds = Path(folder) / "found", Path(folder) / "seeds"
        found.mkdir()
        seeds.mkdir()
        for number, seed in enumerate(BY_NAME[name].seeds()):
            (seeds / str(number)).write_bytes(seed)
        tokens = Path(folder) / "tokens"
        tokens.write_text("".join(f"{quoted(token)}\n" for token in BY_NAME[name].tokens()))
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST_INPUT}", "-timeout=10", "-rss_limit_mb=2048"]
        guides = [f"-dict={tokens}", "-use_value_profile=1", f"-artifact_prefix={kept}/", "-print_final_stats=1"]
        said = inside(name, [*limits, *guides, found, kept, seeds])
        inside(name, ["-merge=1", kept, found])
    tries = next((int(line.split(":")[-1]) for line in said.splitlines() if "number_of_executed_units" in line), 0)
    crashes = [path.name for path in kept.iterdir() if path.name.startswith(("crash-", "timeout-", "oom-"))]
    return Fuzzed(name, tries, before, len(list(kept.iterdir())), crashes, said[-2000:])


def quoted(token: bytes) -> str:
    """Return a token as libFuzzer's dictionaries write it."""
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"'


def inside(name: str, options: Sequence[object]) -> str:
    """Run the fuzzer in a process of its own and return what it said."""
    command = [sys.executable, "-m", "tests.factories.fuzzing", name, *map(str, options)]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return done.stderr


if __name__ == "__main__":
    main()
