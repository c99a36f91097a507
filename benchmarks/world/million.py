"""Measures time and memory to write an invented county of a million reports: `python million.py [N]`."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

COUNT = sys.argv[1] if len(sys.argv) > 1 else "1000000"


def measure(form: str) -> None:
    """Write one county in a process of its own and print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "lastpiece", "world", "--reports", COUNT, "--out", folder]
        run = subprocess.run([*command, "--format", form, "--json"], check=True, capture_output=True, text=True)
        answer = json.loads(run.stdout)
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    mib = size / 2**20
    print(f"{form}: {answer['reports']:,} reports, {answer['seconds']} s, peak {answer['peak_mib']} MiB, {mib:.0f} MiB")


for name in ("parquet", "jsonl"):
    measure(name)
