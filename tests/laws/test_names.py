"""The house's rules on names, sizes and places."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lastpiece"
MODULES = sorted(SOURCE.rglob("*.py"))
BANNED = {"utils", "util", "helpers", "common", "core", "manager", "handler", "process", "data", "misc"}
LONGEST_FILE = 400
LONGEST_RECORD = 40


def committed(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [path for path in MODULES if path.stem in BANNED or re.search(r"(^new_|_v\d+$)", path.stem)]
    assert empty == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_grows_past_one_noun(path: Path) -> None:
    if "migrations" in path.parts:
        pytest.skip("written by Django")
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def test_every_decision_record_is_short_and_numbered_once() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]
    assert records
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in records)
    assert len(set(numbers)) == len(numbers)
    assert [path.name for path in records if len(path.read_text().splitlines()) > LONGEST_RECORD] == []


def test_nothing_committed_names_a_builders_machine() -> None:
    # The words are split so that this file does not find itself.
    traces = re.compile("|".join(["/work/" + "main", "/work/" + "shared", "farm-" + "studio"]))
    texts = [path for path in committed() if path.suffix not in {".png", ".lock"}]
    found = [path for path in texts if traces.search(path.read_text(errors="replace"))]
    assert found == []


def test_nothing_unfinished_is_left_in_the_house() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|NotImplemented" + r"Error)\b")
    found = [
        path
        for path in committed("src", "tests", "benchmarks")
        if path.suffix == ".py" and marks.search(path.read_text())
    ]
    assert found == []


def test_no_silenced_check_hides_its_reason() -> None:
    bare = re.compile(r"# (noqa(?!: [A-Z0-9, ]+ - )|type: ignore(?!\[[a-z-, ]+\] {1,2}# ))")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in committed("src", "tests", "benchmarks")
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []
