"""Writes an invented county to a folder as a stream: reports apart from their truth, all or nothing.

Files are written beside their places under hidden names and take their names only when every one is whole,
so an interrupted run leaves nothing that looks finished.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol, TextIO

import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # pyarrow ships no types

from lastpiece.world.county import County
from lastpiece.world.telling import Told
from lastpiece.world.truth import entities, report_row, truth_row

Format = Literal["jsonl", "parquet"]
_ROWS_PER_GROUP = 10_000

_SPAN = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("why", pa.string())]))
_FIELDS = pa.list_(pa.struct([("name", pa.string()), ("start", pa.int32()), ("end", pa.int32())]))
_MENTION = pa.list_(
    pa.struct(
        [
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("text", pa.string()),
            ("kind", pa.string()),
            ("value", pa.string()),
            ("partial", pa.bool_()),
            ("entity", pa.string()),
        ]
    )
)
REPORTS = pa.schema(
    [
        ("id", pa.string()),
        ("told_on", pa.string()),
        ("channel", pa.string()),
        ("text", pa.string()),
        ("fields", _FIELDS),
    ]
)
TRUTH = pa.schema(
    [
        (name, pa.string())
        for name in ("id", "happening", "topic", "seen_on", "teller", "voice", "story", "copy_of", "urgency")
    ]
    + [("malicious", pa.bool_()), ("about", pa.list_(pa.string())), ("signs", pa.list_(pa.string()))]
    + [("mentions", _MENTION), ("identifying", _SPAN)]
)


class FolderUnwritable(Exception):
    """The folder for the county cannot be written; the message says why."""


class Sink(Protocol):
    """Takes rows one after another."""

    def put(self, row: dict[str, Any]) -> None:
        """Take one row."""

    def close(self) -> None:
        """Write what is left."""


class _Lines:
    """Rows as JSON, one a line."""

    def __init__(self, path: Path) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8", newline="\n")

    def put(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


class _Columns:
    """Rows as Parquet in groups, so that memory holds one group."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def put(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == _ROWS_PER_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()


def write_county(county: County, reports: Iterable[Told], out: Path, *, form: Format = "jsonl") -> tuple[Path, ...]:
    """Write reports, truth, entities and the county's calendar into `out`; return the files' paths.

    Raises:
        FolderUnwritable: the folder cannot be made or written, or the disk is full.
    """
    names = (f"reports.{form}", f"truth.{form}", "entities.jsonl", "county.json")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _drafts(out, names) as drafts:
            _write_reports(reports, drafts, form)
            _write_truth_of(county, drafts)
    except OSError as error:
        raise FolderUnwritable(f"{out} cannot be written: {error.strerror or error}.") from error
    return tuple(out / name for name in names)


@contextmanager
def _drafts(out: Path, names: tuple[str, ...]) -> Iterator[tuple[Path, ...]]:
    """Yield hidden paths; give them their names when the block ends well, and remove them in any case."""
    drafts = tuple(out / f".{name}.{os.getpid()}.part" for name in names)
    try:
        yield drafts
        for draft, name in zip(drafts, names, strict=True):
            draft.replace(out / name)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _write_reports(reports: Iterable[Told], drafts: tuple[Path, ...], form: Format) -> None:
    said: Sink
    true: Sink
    if form == "parquet":
        said, true = _Columns(drafts[0], REPORTS), _Columns(drafts[1], TRUTH)
    else:
        said, true = _Lines(drafts[0]), _Lines(drafts[1])
    try:
        for told in reports:
            said.put(report_row(told))
            true.put(truth_row(told))
    finally:
        said.close()
        true.close()


def _write_truth_of(county: County, drafts: tuple[Path, ...]) -> None:
    listed = _Lines(drafts[2])
    for row in entities(county):
        listed.put(row)
    listed.close()
    calendar = _Lines(drafts[3])
    calendar.put(
        {
            "seed": county.seed,
            "start": county.start.isoformat(),
            "weeks": county.weeks,
            "lines": len(county.lines),
            "busy": [round(factor, 3) for factor in county.busy],
        }
    )
    calendar.close()
