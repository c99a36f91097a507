import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types
import pytest

FILES = {"reports", "truth", "entities", "county"}


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lastpiece", "world", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_the_same_seed_gives_the_same_bytes_in_every_process(tmp_path: Path, form: str) -> None:
    for name, hash_seed in (("one", "0"), ("two", "4711")):
        done = run(
            "--seed", "9", "--reports", "300", "--out", tmp_path / name, "--format", form, PYTHONHASHSEED=hash_seed
        )
        assert done.returncode == 0, done.stderr

    assert digest(tmp_path / "one") == digest(tmp_path / "two")
    assert {path.stem for path in (tmp_path / "one").iterdir()} == FILES


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    run("--seed", "1", "--reports", "50", "--out", tmp_path / "one")
    run("--seed", "2", "--reports", "50", "--out", tmp_path / "two")

    assert digest(tmp_path / "one")["reports.jsonl"] != digest(tmp_path / "two")["reports.jsonl"]


def test_parquet_and_lines_say_the_same(tmp_path: Path) -> None:
    run("--reports", "200", "--out", tmp_path)
    run("--reports", "200", "--out", tmp_path, "--format", "parquet")

    for name in ("reports", "truth"):
        lines = [json.loads(line) for line in (tmp_path / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert pq.read_table(tmp_path / f"{name}.parquet").to_pylist() == lines


def test_the_truth_names_only_things_that_are_listed(tmp_path: Path) -> None:
    done = run("--reports", "300", "--out", tmp_path, "--json")
    told = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    listed = {json.loads(line)["id"] for line in (tmp_path / "entities.jsonl").read_text(encoding="utf-8").splitlines()}
    named = {entity for row in told for entity in row["about"]}
    named |= {mention["entity"] for row in told for mention in row["mentions"] if mention["entity"]}

    assert named <= listed
    assert json.loads(done.stdout)["reports"] == len(told) == 300


def test_homes_are_placed_in_given_areas(tmp_path: Path) -> None:
    ring = [[-1.5, 51.9], [-0.2, 51.9], [-0.2, 52.7], [-1.5, 52.7], [-1.5, 51.9]]
    shape = {"type": "Feature", "properties": {"code": "E9"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    areas = tmp_path / "areas.geojson"
    areas.write_text(json.dumps({"type": "FeatureCollection", "features": [shape]}), encoding="utf-8")

    done = run("--reports", "50", "--out", tmp_path / "out", "--areas", areas)
    homes = [json.loads(line) for line in (tmp_path / "out/entities.jsonl").read_text(encoding="utf-8").splitlines()]

    assert done.returncode == 0, done.stderr
    assert "E9" in {home["area"] for home in homes if home["kind"] == "home"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--reports", "0"], "at least one report"),
        (["--weeks", "0"], "--weeks is a number from 1 to 520"),
        (["--start", "9999-12-30"], "--start is a day from 1900 to 2100"),
        (["--start", "0001-01-01"], "--start is a day from 1900 to 2100"),
        (["--format", "xml"], "--format is jsonl or parquet"),
        (["--areas", "nowhere.geojson"], "nowhere.geojson could not be read"),
    ],
)
def test_a_wrong_request_gets_one_sentence(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = run(*arguments, "--out", tmp_path / "out")

    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("--out", tmp_path / "file" / "out")

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_county_leaves_no_half_file(tmp_path: Path, stop: signal.Signals) -> None:
    command = [sys.executable, "-m", "lastpiece", "world", "--reports", "500000", "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("out/.reports*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(stop)
        _, said = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "nothing was left behind" in said
    assert list((tmp_path / "out").iterdir()) == []
