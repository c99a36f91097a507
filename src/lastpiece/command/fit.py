"""`lastpiece fit`: link the rows of any table that speak of one person, home, vehicle or phone."""

import csv
import os
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import typer
from rich.progress import Progress, TaskID

from lastpiece.bulk.tables import Table, TableWrong, checked_ids, read_tables
from lastpiece.command.speaking import bar, errors, fail, print_json
from lastpiece.fit.columns.column import CLEANERS, Ints, encode
from lastpiece.fit.columns.figures import Figures, figures_of_groups, figures_of_links
from lastpiece.fit.columns.pairs import Pairs
from lastpiece.fit.linkage import Linkage, NothingToCompareError, link

Tables = Annotated[
    list[Path], typer.Argument(metavar="TABLE...", help="CSV or Parquet; several are read one below the other.")
]
Id = Annotated[str, typer.Option("--id", metavar="COL", help="The column that names each row, no name twice.")]
Fields = Annotated[
    str,
    typer.Option(metavar="COL:KIND,…", help=f"What to compare, and as what: {', '.join(sorted(CLEANERS))}."),
]
Truth = Annotated[
    str | None, typer.Option(metavar="COL", help="Who each row truly is: only for the figures, never for the linking.")
]
LinksFile = Annotated[
    Path | None, typer.Option("--links", metavar="CSV", help="Write the pairs: left, right, bits, chance.")
]
GroupsFile = Annotated[Path | None, typer.Option("--groups", metavar="CSV", help="Write the group of every row.")]
EachOnce = Annotated[
    bool, typer.Option("--each-once", help="No TABLE holds one thing twice: link between tables only.")
]
Encoding = Annotated[str, typer.Option(help="How the CSV files are written.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]

INTERRUPTED = 130


class FieldsUnreadable(ValueError):
    """What to compare is not written as `column:kind,column:kind`."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read: the ids and the table."""

    ids: list[str] = field(repr=False)
    table: Table


def fit(
    tables: Tables,
    *,
    id_column: Id,
    fields: Fields,
    truth: Truth = None,
    links: LinksFile = None,
    groups: GroupsFile = None,
    each_once: EachOnce = False,
    encoding: Encoding = "utf-8",
    json: Json = False,
) -> None:
    """Link the rows of a table that speak of one thing, learning from the table alone."""
    started = perf_counter()
    try:
        chosen = parsed_fields(fields)
        read = _read(tables, id_column, [*chosen, *([truth] if truth else [])], encoding)
        linked = _linked(read.table, chosen, each_once=each_once)
        _write(read.ids, linked, links=links, groups=groups)
    except (TableWrong, FieldsUnreadable, NothingToCompareError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail("Stopped. Nothing was written.", code=INTERRUPTED)
    except OSError as error:
        fail(f"The answer could not be written: {error.strerror or 'the disk refused it'}.")
    answer = _answer(read.table, linked, truth, perf_counter() - started)
    if json:
        print_json(answer)
    else:
        _say(answer)


def parsed_fields(text: str) -> dict[str, str]:
    """Return the kind of each column that `text` names, as `column:kind,column:kind`.

    Raises:
        FieldsUnreadable: it is not written so, names a kind that does not exist, or a column twice.
    """
    chosen: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        column, colon, kind = part.rpartition(":")
        column, kind = column.strip(), kind.strip().lower()
        if not colon or not column:
            raise FieldsUnreadable(f"“{part}” in --fields is not written as column:kind.")
        if kind not in CLEANERS:
            raise FieldsUnreadable(f"“{kind}” in --fields is not a kind; the kinds are {', '.join(sorted(CLEANERS))}.")
        if column in chosen:
            raise FieldsUnreadable(f"--fields names the column “{column}” twice.")
        chosen[column] = kind
    if not chosen:
        raise FieldsUnreadable("--fields names no column; write it like forename:forename,born:date.")
    return chosen


def _read(paths: Sequence[Path], id_column: str, others: Sequence[str], encoding: str) -> _Read:
    with errors.status("Reading"):
        table = read_tables(paths, [id_column, *others], encoding=encoding)
        return _Read(checked_ids(table, id_column, paths).to_pylist(), table)


def _linked(table: Table, chosen: dict[str, str], *, each_once: bool) -> Linkage:
    with bar() as progress:
        moved = _Bars(progress)
        columns = []
        for done, (name, kind) in enumerate(chosen.items(), 1):
            columns.append(encode(name, kind, table.columns[name]))
            moved("Cleaning", done, len(chosen))
        return link(columns, progress=moved, each_once=table.file if each_once else None)


class _Bars:
    """One bar for each thing that is being done."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, doing: str, done: int, total: int) -> None:
        if doing not in self._tasks:
            self._tasks[doing] = self._progress.add_task(doing, total=total)
        self._progress.update(self._tasks[doing], completed=done, total=total)


def _write(ids: Sequence[str], linked: Linkage, *, links: Path | None, groups: Path | None) -> None:
    """Write both files, or neither."""
    rows: list[tuple[Path, list[str], Iterable[Sequence[object]]]] = []
    if links:
        rows.append((links, ["left", "right", "bits", "chance"], _link_rows(ids, linked)))
    if groups:
        rows.append(
            (groups, ["id", "group"], ((ids[at], ids[group]) for at, group in enumerate(linked.group.tolist())))
        )
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


def _say(answer: dict[str, Any]) -> None:
    lines = [f"{answer['records']:,} records, {answer['links']:,} links, {answer['groups']:,} groups"]
    lines += [
        f"{name:8}  " + "  ".join(f"{key} {value:.4f}" for key, value in answer[name].items())
        for name in ("pairwise", "cluster")
        if answer[name]
    ]
    lines.append(f"{answer['seconds']:.1f} s, {answer['peak_mib']:,.0f} MiB at most")
    typer.echo("\n".join(lines))
