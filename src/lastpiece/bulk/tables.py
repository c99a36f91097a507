"""Tables from outside: CSV and Parquet files read as columns of text, with a sentence for every way they can be wrong.

No sentence holds a value of the table: it names files, columns and line numbers only.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped]  # the same
import pyarrow.csv as pa_csv  # type: ignore[import-untyped]  # the same
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # the same

_HEADER_IS_LINE = 1


class TableWrong(ValueError):
    """A table cannot be used. Each way in which it cannot has a class of its own."""


class TableMissing(TableWrong):
    """The file is not there, or is a folder, or may not be read."""


class TableEmpty(TableWrong):
    """The file has no header or no row."""


class TableUnreadable(TableWrong):
    """The file is not the CSV or Parquet that its name says."""


class NotThisEncoding(TableWrong):
    """The file is written in another encoding than the one it was read in."""


class ColumnMissing(TableWrong):
    """A column that was asked for is not in the table."""


class ColumnNamedTwice(TableWrong):
    """Two columns have one name, so it is unclear which one is meant."""


class IdMissing(TableWrong):
    """A row has no id."""


class IdRepeated(TableWrong):
    """Two rows have one id."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one or more files, one below the other.

    Attributes:
        columns: The columns that were asked for, as text; an empty field is null.
        file: For each row the number of the file it came from, from 0.
    """

    columns: pa.Table = field(repr=False)
    file: npt.NDArray[np.int64] = field(repr=False)

    def __len__(self) -> int:
        return int(self.columns.num_rows)


def read_tables(paths: Sequence[Path], wanted: Sequence[str], *, encoding: str = "utf-8") -> Table:
    """Read the `wanted` columns of CSV (`.csv`) or Parquet (`.parquet`) files that all have them.

    Raises:
        TableWrong: one of its classes, with a sentence that says which file and what to do.
    """
    distinct = list(dict.fromkeys(wanted))
    read = [_read(path, distinct, encoding) for path in paths]
    return Table(
        pa.concat_tables(read).combine_chunks(), np.repeat(np.arange(len(read)), [table.num_rows for table in read])
    )


def checked_ids(table: Table, column: str, paths: Sequence[Path]) -> pa.ChunkedArray:
    """Return the ids, one for each row and none twice.

    Raises:
        IdMissing: a row has none.
        IdRepeated: two rows have the same, in one file or in two.
    """
    ids = table.columns[column]
    if ids.null_count:
        row = int(np.flatnonzero(ids.is_null().to_numpy(zero_copy_only=False))[0])
        raise IdMissing(f"{_at(table, row, paths)} has no “{column}”. Every row needs an id.")
    codes = ids.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    if len(codes) > int(codes.max()) + 1:
        order = np.argsort(codes, kind="stable")
        again = np.flatnonzero(codes[order[1:]] == codes[order[:-1]])
        first, second = int(order[again[0]]), int(order[again[0] + 1])
        raise IdRepeated(
            f"{_at(table, first, paths)} and {_at(table, second, paths)} have the same “{column}”"
            f" ({len(again):,} repeated in all). Every row needs an id of its own."
        )
    return ids


def _at(table: Table, row: int, paths: Sequence[Path]) -> str:
    file = int(table.file[row])
    within = row - int(np.searchsorted(table.file, file))
    return f"row {within + 1:,} of {paths[file].name}"


def _read(path: Path, wanted: Sequence[str], encoding: str) -> pa.Table:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise TableUnreadable(f"{path.name} ends in neither .csv nor .parquet, so it is unclear how to read it.")
    if path.is_dir() or not path.exists():
        raise TableMissing(f"There is no file {path}.")
    try:
        read = _read_csv(path, wanted, encoding) if suffix == ".csv" else _read_parquet(path, wanted)
    except PermissionError as error:
        raise TableMissing(f"{path} may not be read by this user.") from error
    if not read.num_rows:
        raise TableEmpty(f"{path.name} has no rows.")
    return _tidy(read)


def _read_parquet(path: Path, wanted: Sequence[str]) -> pa.Table:
    try:
        file = pq.ParquetFile(path)
        names = _checked_names(path, [name.strip() for name in file.schema_arrow.names], wanted)
        read = file.read([file.schema_arrow.names[names.index(name)] for name in wanted]).rename_columns(list(wanted))
        return read.cast(pa.schema([(name, pa.string()) for name in wanted]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        if isinstance(error, PermissionError):
            raise
        raise TableUnreadable(f"{path.name} is not a whole Parquet file with plain columns.") from error


def _read_csv(path: Path, wanted: Sequence[str], encoding: str) -> pa.Table:
    names = _checked_names(path, _header(path, encoding), wanted)
    ragged: list[tuple[int, int]] = []

    def note(row: pa_csv.InvalidRow) -> str:
        ragged.append((row.number or 0, row.actual_columns))
        return "error"

    try:
        read = pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(column_names=names, skip_rows=1, encoding=encoding, use_threads=False),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            convert_options=pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), include_columns=list(wanted), strings_can_be_null=True,
                null_values=[""],
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        if ragged:
            line, count = ragged[0]
            raise TableUnreadable(
                f"Row {line:,} of {path.name} (the header is row 1) has {count} fields, the header has {len(names)}."
            ) from None  # the original error quotes the row
        if "UTF8" in str(error):
            raise _not_this_encoding(path, encoding) from None  # the same
        if "Empty CSV" in str(error):
            raise TableEmpty(f"{path.name} has a header and no rows.") from None
        raise TableUnreadable(f"{path.name} cannot be read as CSV.") from None  # the original may quote a row
    except UnicodeDecodeError:
        raise _not_this_encoding(path, encoding) from None  # the original holds the bytes
    return read


def _header(path: Path, encoding: str) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding, newline="") as text:
            header = next(csv.reader(text), None)
    except UnicodeDecodeError:
        raise _not_this_encoding(path, encoding) from None  # the original holds the bytes
    except (csv.Error, LookupError) as error:
        raise TableUnreadable(f"{path.name} cannot be read as CSV in the encoding “{encoding}”.") from error
    if not header:
        raise TableEmpty(f"{path.name} is empty.")
    return [name.strip() for name in header]


def _checked_names(path: Path, names: list[str], wanted: Sequence[str]) -> list[str]:
    for name in wanted:
        if name not in names:
            raise ColumnMissing(f"{path.name} has no column “{name}”; its columns are {', '.join(names)}.")
        if names.count(name) > 1:
            raise ColumnNamedTwice(f"{path.name} has {names.count(name)} columns named “{name}”.")
    if len(set(names)) < len(names):  # columns nobody asked for need no name of their own
        names = [name if name in wanted else f"{name}\0{at}" for at, name in enumerate(names)]
    return names


def _not_this_encoding(path: Path, encoding: str) -> NotThisEncoding:
    return NotThisEncoding(
        f"{path.name} is not written in {encoding}. Save it as UTF-8, or say how it is written,"
        " for example --encoding latin-1."
    )


def _tidy(table: pa.Table) -> pa.Table:
    """Return the table with space around values removed and empty ones null."""
    columns = []
    for column in table.columns:
        bare = pc.utf8_trim_whitespace(column)
        columns.append(pc.if_else(pc.equal(bare, ""), pa.scalar(None, pa.string()), bare))
    return pa.table(columns, names=table.column_names)
