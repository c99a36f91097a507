"""What `lastpiece fit` does; kept apart so that the other verbs do not wait for the libraries it loads."""

import csv
import os
import resource
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Any

import numpy as np
from rich.progress import Progress, TaskID

from lastpiece.bulk.tables import Table, TableWrong, checked_ids, read_tables
from lastpiece.command.places import why_not_written
from lastpiece.command.speaking import bar, errors
from lastpiece.fit.columns.column import Ints, encode
from lastpiece.fit.columns.figures import Figures, figures_of_groups, figures_of_links
from lastpiece.fit.columns.pairs import Pairs
from lastpiece.fit.linkage import Linkage, NothingToCompareError, link


class OutputWrong(ValueError):
    """A file cannot be written where it was asked for."""


WRONG = (TableWrong, NothingToCompareError, OutputWrong)
"""What can be wrong with what was asked for, each with a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller asked for.

    Attributes:
        tables: The files, read one below the other.
        id_column: The column that names each row.
        kinds: The kind of each column to compare.
        truth: The column that says who each row truly is.
        links: Where to write the links.
        groups: Where to write the groups.
        each_once: Whether no file holds one thing twice.
        encoding: How CSV files are written.
    """

    tables: Sequence[Path]
    id_column: str
    kinds: Mapping[str, str]
    truth: str | None = None
    links: Path | None = None
    groups: Path | None = None
    each_once: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: the ids and the table."""

    ids: list[str] = field(repr=False)
    table: Table


def link_tables(asked: Asked) -> dict[str, Any]:
    """Link, write what was asked for, and return the figures.

    Raises:
        TableWrong: a table cannot be used.
        NothingToCompareError: the columns hold no values.
        OutputWrong: the links or groups cannot be written where they were asked for.
        OSError: an answer cannot be written; then none is.
    """
    started = perf_counter()
    _check_outputs(asked)
    read = _read(asked)
    linked = _linked(read.table, asked)
    _write(read.ids, linked, asked)
    return _answer(read.table, linked, asked.truth, perf_counter() - started)


def _check_outputs(asked: Asked) -> None:
    """Say before the work, not after it, that the answer has no place to go."""
    taken = {path.resolve() for path in asked.tables}
    for path in filter(None, (asked.links, asked.groups)):
        if (why := why_not_written(path)) is not None:
            raise OutputWrong(f"{path} cannot be written: {why}.")
        if path.resolve() in taken:
            raise OutputWrong(f"{path} is already a table to read or another file to write; give it a name of its own.")
        taken.add(path.resolve())


def _read(asked: Asked) -> _Read:
    wanted = [asked.id_column, *asked.kinds, *([asked.truth] if asked.truth else [])]
    with errors.status("Reading"):
        table = read_tables(asked.tables, wanted, encoding=asked.encoding)
        return _Read(checked_ids(table, asked.id_column, asked.tables).to_pylist(), table)


def _linked(table: Table, asked: Asked) -> Linkage:
    with bar() as progress:
        moved = _Bars(progress)
        columns = []
        for done, (name, kind) in enumerate(asked.kinds.items(), 1):
            columns.append(encode(name, kind, table.columns[name]))
            moved("Cleaning", done, len(asked.kinds))
        return link(columns, progress=moved, each_once=table.file if asked.each_once else None)


class _Bars:
    """One bar for each thing that is being done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, doing: str, done: int, total: int) -> None:
        if doing not in self._tasks:
            self._tasks[doing] = self._progress.add_task(doing, total=total)
        self._progress.update(self._tasks[doing], completed=done, total=total)


def _write(ids: Sequence[str], linked: Linkage, asked: Asked) -> None:
    """Write both files, or neither."""
    rows: list[tuple[Path, list[str], Iterable[Sequence[object]]]] = []
    if asked.links:
        rows.append((asked.links.resolve(), ["left", "right", "bits", "chance"], _link_rows(ids, linked)))
    if asked.groups:
        rows.append((asked.groups.resolve(), ["id", "group"], _group_rows(ids, linked)))
    with _put_in_place() as parts:
        for path, header, lines in rows:
            with NamedTemporaryFile(
                "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8", newline=""
            ) as part:
                parts.append((Path(part.name), path))
                writer = csv.writer(part, lineterminator="\n")
                writer.writerow(header)
                writer.writerows(lines)
                part.flush()
                os.fsync(part.fileno())


@contextmanager
def _put_in_place() -> Iterator[list[tuple[Path, Path]]]:
    """Give a list of (part, path) to fill; rename all at the end, or remove all if anything stops the filling."""
    parts: list[tuple[Path, Path]] = []
    try:
        yield parts
        for part, path in parts:
            part.chmod(0o666 & ~_umask())
            part.replace(path)
    finally:
        for part, _ in parts:
            part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _link_rows(ids: Sequence[str], linked: Linkage) -> Iterator[tuple[str, str, str, str]]:
    pairs = linked.links
    columns = (pairs.left.tolist(), pairs.right.tolist(), pairs.bits.tolist(), pairs.chance.tolist())
    for left, right, bits, chance in zip(*columns, strict=True):
        yield ids[left], ids[right], f"{bits:.3f}", f"{chance:.6f}"


def _group_rows(ids: Sequence[str], linked: Linkage) -> Iterator[tuple[str, str]]:
    for row, group in enumerate(linked.group.tolist()):
        yield ids[row], ids[group]


def _answer(table: Table, linked: Linkage, truth: str | None, seconds: float) -> dict[str, Any]:
    known = _truth(table, truth) if truth else None
    pairs = Pairs(linked.links.left, linked.links.right)
    return {
        "records": len(table),
        "links": len(pairs),
        "groups": len(np.unique(linked.group)),
        "pairwise": _rounded(figures_of_links(pairs, known)) if known is not None else None,
        "cluster": _rounded(figures_of_groups(linked.group, known)) if known is not None else None,
        "seconds": round(seconds, 3),
        "peak_mib": round(_peak_mib(), 1),
    }


def _truth(table: Table, column: str) -> Ints:
    coded = table.columns[column].combine_chunks().dictionary_encode().indices.fill_null(-1)
    return np.asarray(coded.to_numpy(zero_copy_only=False), dtype=np.int64)


def _rounded(figures: Figures) -> dict[str, float]:
    return {name: round(value, 6) for name, value in asdict(figures).items()}


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
