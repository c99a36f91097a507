"""Print how `lastpiece fit` does on the labelled public tables, beside what other tools were measured at.

Run it as `uv run python benchmarks/fit/linking.py [FOLDER]`, FOLDER holding `febrl/` and the historical
figures (default: ../shared/data/linkage). Each row is one run of the command in a process of its own, so
seconds and memory hold everything: start, reading, linking. The peers' rows were measured on the same
two cores with the settings that the peer documents; they are quoted, not run again.
"""

import csv
import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HISTORICAL = "first_name:forename,surname:surname,dob:date,birth_place:place,postcode_fake:postcode,occupation:word"
FEBRL = (
    "given_name:forename,surname:surname,date_of_birth:date,address_1:address,address_2:address,suburb:place,"
    "postcode:postcode,state:word,soc_sec_id:plate,street_number:word"
)
FAKE = "first_name:forename,surname:surname,dob:date,city:place,email:word"
PEERS: dict[str, tuple[str, float, float | None, float, float]] = {
    "historical 50k": ("Splink 5.0.0", 0.767, 0.828, 8.0, 597),
    "FEBRL 4": ("Splink 5.0.0", 0.9997, None, 19.1, 437),
    "FEBRL 4 each once": ("recordlinkage 0.16", 0.9988, None, 2.2, 225),
}


def with_truth(source: Path, target: Path) -> Path:
    """Copy a FEBRL file with a first column `person`, taken from rec-N-org and rec-N-dup-K."""
    with source.open(newline="") as read, target.open("w", newline="") as written:
        rows = csv.reader(read, skipinitialspace=True)
        writer = csv.writer(written)
        writer.writerow(["person", *next(rows)])
        writer.writerows([row[0].split("-")[1], *row] for row in rows)
    return target


def measured(tables: list[Path], *words: str) -> dict[str, Any]:
    """Return what the command answers, with the CPU seconds it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [
        sys.executable,
        "-c",
        "from lastpiece.command import main; main()",
        "fit",
        *map(str, tables),
        *words,
        "--json",
    ]
    answer: dict[str, Any] = json.loads(subprocess.run(call, check=True, stdout=subprocess.PIPE).stdout)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return answer | {"cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def show(name: str, answer: dict[str, Any]) -> None:
    """Print one row, and its peer's below it."""
    pairwise, cluster = answer["pairwise"]["f1"], answer["cluster"]["f1"]
    print(f"{name:22} {answer['records']:>7,}", _figures(pairwise, cluster, answer["cpu"], answer["peak_mib"]))
    if name in PEERS:
        who, pairwise, cluster, cpu_s, peak_mib = PEERS[name]
        print(f"  {who:20} {'':>7}", _figures(pairwise, cluster, cpu_s, peak_mib))


def _figures(pairwise: float, cluster: float | None, cpu_s: float, peak_mib: float) -> str:
    groups = f"{cluster:.4f}" if cluster else "   –  "
    return f"pairwise F1 {pairwise:.4f}  cluster F1 {groups}  {cpu_s:6.1f} CPU s  {peak_mib:5.0f} MiB"


def run(folder: Path) -> None:
    """Run every table."""
    historical = folder / "historical_figures_with_errors_50k.parquet"
    people = ("--id", "unique_id", "--truth", "cluster")
    show("historical 50k", measured([historical], *people, "--fields", HISTORICAL))
    show("  with full_name", measured([historical], *people, "--fields", f"{HISTORICAL},full_name:name"))
    words = ("--id", "rec_id", "--truth", "person", "--fields", FEBRL)
    with TemporaryDirectory() as made:
        for number in ("1", "2", "3", "4a", "4b"):
            with_truth(folder / "febrl" / f"dataset{number}.csv", Path(made) / f"{number}.csv")
        four = [Path(made) / "4a.csv", Path(made) / "4b.csv"]
        show("FEBRL 4", measured(four, *words))
        show("FEBRL 4 each once", measured(four, *words, "--each-once"))
        for number in "123":
            show(f"FEBRL {number}", measured([Path(made) / f"{number}.csv"], *words))
    show("fake_1000", measured([folder / "fake_1000.csv"], *people, "--fields", FAKE))


if __name__ == "__main__":
    run(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "../shared/data/linkage")
