"""The words the county is invented from: package files, read once."""

import csv
from functools import cache
from importlib.resources import files

_HERE = files("lastpiece.world")


def text_of(name: str) -> str:
    """Return the text of a package file, such as `words/towns.csv`."""
    return _HERE.joinpath(name).read_text(encoding="utf-8")


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a file that separates them by blanks."""
    return tuple(text_of(f"words/{name}.txt").split())


@cache
def phrases(name: str) -> tuple[str, ...]:
    """Return the phrases of a file that separates them by bars or lines."""
    return tuple(entry.strip() for entry in text_of(f"words/{name}.txt").strip().split("|"))


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file by their column names."""
    return tuple(csv.DictReader(text_of(f"words/{name}.csv").splitlines()))
