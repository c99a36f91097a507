"""How long, and in how much memory, a year of published crimes is imported: `python benchmarks/imports/crimes.py`.

Runs `lastpiece import areas` and `import crimes` twice in a folder of their own, on the real files of
`../shared/data/crime` or on a folder named on the command line, and prints one JSON object. With
`--invent MIB` it writes street files of that many mebibytes first, to see that memory stays flat.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LASTPIECE = str(Path(sys.executable).with_name("lastpiece"))
COUNTY = Path(__file__).parents[2] / "../shared/data/crime"
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context\n"
)


def timed(home: Path, *arguments: str) -> dict[str, object]:
    """Run one import; return what it printed with its seconds and its peak memory in MiB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [LASTPIECE, "import", *arguments, "--json"],
        env={**os.environ, "LASTPIECE_HOME": str(home)},
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None  # noqa: S101 - asked for above
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"lastpiece import {' '.join(arguments)} failed.")
    answer: dict[str, object] = json.loads(printed)
    return answer | {"seconds": round(time.perf_counter() - started, 1), "peak_mib": round(usage.ru_maxrss / 1024)}


def invent(folder: Path, mebibytes: int) -> Path:
    """Write one street file of about that size, every row another crime."""
    path = folder / "2025-01-invented-street.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        number = 0
        while file.tell() < mebibytes * 1024 * 1024:
            file.writelines(
                f"{n:064x},2025-01,Nenshire Police,Nenshire Police,-0.{n % 900000:06},52.{n % 700000:06},"
                f"On or near Invented Street {n % 5000},E0{n % 1000:07},Nenbridge {n % 1000:03},Drugs,,\n"
                for n in range(number, number + 10_000)
            )
            number += 10_000
    return folder


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=COUNTY / "northants-2025")
    asked.add_argument("--areas", type=Path, default=COUNTY / "geo" / "northants_lsoa21.geojson")
    asked.add_argument("--invent", type=int, metavar="MIB")
    wanted = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder = invent(home, wanted.invent) if wanted.invent else wanted.folder
        figures = {} if wanted.invent else {"areas": timed(home, "areas", str(wanted.areas))}
        figures |= {"first": timed(home, "crimes", str(folder)), "again": timed(home, "crimes", str(folder))}
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
