"""The threat model names every part, and each row rests on tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-a-compromise-surrenders.md"
PARTS = {
    "Teller's phone", "Network", "Front host", "Board", "Spool", "Desk host", "Desk key", "Staff member", "Backup",
    "Supplier", "Tablet without a network", "Strangers' files", "Root key", "Pager", "Call taker's machine",
    "File from a bus", "Evidence",
}  # fmt: skip
LEAST_CELL = 40


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def named_tests(cell: str) -> list[str]:
    return re.findall(r"`(tests/[\w/]+\.py::\w+)`", cell)


def functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_part_has_a_row() -> None:
    assert {row[0] for row in rows()} >= PARTS


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_says_what_is_lost_and_what_is_not_and_rests_on_tests_that_exist(row: list[str]) -> None:
    part, lost, kept, tests = row
    assert min(len(lost), len(kept)) >= LEAST_CELL, part
    assert named_tests(tests), part
    for test in named_tests(tests):
        file, _, name = test.partition("::")
        assert (ROOT / file).is_file(), test
        assert name in functions(ROOT / file), test
