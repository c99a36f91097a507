"""Other people's files, row by row in flat memory: what can be read goes on, what cannot says where and why.

A CSV row may run over several lines; a quotation mark that is never closed must not swallow the rest of the
file. So a row that cannot be read is given back as one bad line, and reading goes on with the next line.
"""

import codecs
import csv
import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

ENCODINGS = ("utf-8", "latin-1", "cp1252")
LONGEST_LINE = 1_000_000
LONGEST_RECORD = 200
"""Lines that one CSV row may run over."""

_CHUNK = 1 << 20


class FileWrong(Exception):
    """A file cannot be imported at all; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number of its first line (from 1) and its cells by column."""

    line: int
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read. `found` is what stands there: cells of a CSV row, or a raw line."""

    line: int
    because: str
    found: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was read through once: how many lines it has, and a digest of its bytes."""

    lines: int
    digest: str


def check(path: Path, encoding: str = "utf-8") -> Checked:
    """Read a file through and make sure that it is text in `encoding`.

    Raises:
        FileWrong: it is not there, is empty, is in another encoding or holds NUL bytes.
    """
    if encoding not in ENCODINGS:
        raise FileWrong(f"The encoding “{encoding}” is not known; choose one of {', '.join(ENCODINGS)}.")
    decoder, digest, line = codecs.getincrementaldecoder(encoding)(), hashlib.sha256(), 1
    try:
        with path.open("rb") as file:
            while chunk := file.readline(_CHUNK):
                digest.update(chunk)
                if b"\0" in chunk:
                    raise FileWrong(_nul_sentence(path, line, chunk))
                decoder.decode(chunk)
                line += chunk.endswith(b"\n")
            decoder.decode(b"", final=True)
            size = file.tell()
    except UnicodeDecodeError as error:
        raise FileWrong(
            f"Line {line:,} of {path.name} is not {encoding}: nothing was imported. "
            "Files from older systems are often Latin-1; if this one is, add --encoding latin-1."
        ) from error
    except OSError as error:
        raise FileWrong(f"{path} cannot be read: {(error.strerror or 'unknown error').lower()}.") from error
    if not size:
        raise FileWrong(f"{path.name} is empty: nothing was imported.")
    return Checked(line, digest.hexdigest())


def _nul_sentence(path: Path, line: int, chunk: bytes) -> str:
    if chunk.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"{path.name} is UTF-16: nothing was imported. Save it as UTF-8 and import it again."
    return f"Line {line:,} of {path.name} holds a NUL byte, so the file is damaged or not text: nothing was imported."


class CsvRows:
    """The rows of a CSV file. Iterating yields `Row` and `BadRow` in the file's order."""

    def __init__(self, file: TextIO, name: str) -> None:
        """Read the header.

        Raises:
            FileWrong: there is no header, or two columns have the same name.
        """
        self._lines = _Lines(file)
        first = next((text for _, text in self._lines if text.strip()), None)
        if first is None:
            raise FileWrong(f"{name} is empty: nothing was imported.")
        first = first.removeprefix("\ufeff")
        self._delimiter = max(",;\t", key=first.count)
        self.columns = tuple(cell.strip() for cell in self._cells(first) or ())
        repeated = sorted({column for column in self.columns if self.columns.count(column) > 1})
        if not self.columns or repeated:
            what = f"two columns are called “{repeated[0]}”" if repeated else "its first line is not a header"
            raise FileWrong(f"{name} cannot be imported: {what}.")

    def __iter__(self) -> Iterator[Row | BadRow]:
        for line, text in self._lines:
            if len(text) > LONGEST_LINE:
                yield BadRow(line, f"The line is longer than {LONGEST_LINE:,} characters.", (text[:1000],))
            elif text.strip():
                yield self._row(line, text)

    def _row(self, line: int, text: str) -> Row | BadRow:
        cells = text.split(self._delimiter) if '"' not in text else self._quoted(text)
        if cells is None:
            return BadRow(line, "A quotation mark is opened and not closed, or closed too early.", (text,))
        if len(cells) != len(self.columns):
            wanted, found = len(self.columns), len(cells)
            return BadRow(line, f"The row has {found} cells, but the header has {wanted} columns.", tuple(cells))
        return Row(line, dict(zip(self.columns, cells, strict=True)))

    def _quoted(self, first: str) -> list[str] | None:
        """Return the cells of a row that may go on in the next lines; a row that never ends takes only its first."""
        taken: list[tuple[int, str]] = []
        text = first
        while (cells := self._cells(text)) is None:
            following = next(self._lines, None) if self._goes_on(text) and len(taken) < LONGEST_RECORD else None
            if following is None:
                self._lines.give_back(taken)
                return None
            taken.append(following)
            text = f"{text}\n{following[1]}"
        return cells

    def _cells(self, text: str) -> list[str] | None:
        try:
            return next(csv.reader([text], delimiter=self._delimiter, strict=True), None)
        except csv.Error:
            return None

    def _goes_on(self, text: str) -> bool:
        """Return whether the row stops inside quotation marks, rather than being broken before."""
        try:
            next(csv.reader([text], delimiter=self._delimiter, strict=True), None)
        except csv.Error as error:
            return "unexpected end of data" in str(error)
        return False


class _Lines:
    """Numbered lines without their ends, some of which may be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 0
        self._waiting: deque[tuple[int, str]] = deque()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> tuple[int, str]:
        if self._waiting:
            return self._waiting.popleft()
        text = self._file.readline(LONGEST_LINE + 2)
        if not text:
            raise StopIteration
        self._number += 1
        if len(text) > LONGEST_LINE and not text.endswith(("\n", "\r")):
            self._skip_line()
        return self._number, text.rstrip("\r\n")

    def _skip_line(self) -> None:
        while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass

    def give_back(self, lines: Iterable[tuple[int, str]]) -> None:
        self._waiting.extendleft(reversed(list(lines)))


class JsonRows:
    """The rows of a file with one JSON object a line; its columns are those of the first object."""

    def __init__(self, file: TextIO, name: str) -> None:
        """Read up to the first object.

        Raises:
            FileWrong: there is no object in the file.
        """
        self._lines = _Lines(file)
        before: list[tuple[int, str]] = []
        self.columns: tuple[str, ...] = ()
        while not self.columns:
            numbered = next(self._lines, None)
            if numbered is None or len(before) > LONGEST_RECORD:
                raise FileWrong(_nothing_usable(name, before))
            before.append(numbered)
            row = _json_row(*numbered)
            self.columns = tuple(row.cells) if isinstance(row, Row) else ()
        self._lines.give_back(before)

    def __iter__(self) -> Iterator[Row | BadRow]:
        for line, text in self._lines:
            if text.strip():
                yield _json_row(line, text)


def _nothing_usable(name: str, lines: Iterable[tuple[int, str]]) -> str:
    """Return the sentence for a file none of whose lines can be imported, with what is wrong with the first."""
    wrong = next(
        (row for row in (_json_row(*line) for line in lines if line[1].strip()) if isinstance(row, BadRow)), None
    )
    because = f" Line {wrong.line}: {wrong.because}" if wrong else ""
    return f"{name} has no line that can be imported: nothing was imported.{because}"


def _json_row(line: int, text: str) -> Row | BadRow:
    if len(text) > LONGEST_LINE:
        return BadRow(line, f"The line is longer than {LONGEST_LINE:,} characters.", (text[:1000],))
    try:
        found = json.loads(text.removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError):
        return BadRow(line, "The line is not JSON.", (text,))
    if not isinstance(found, dict):
        return BadRow(line, "The line is JSON, but not an object.", (text,))
    if any(isinstance(value, dict | list) for value in found.values()):
        return BadRow(line, "A value is a list or an object; only text and numbers can be imported.", (text,))
    return Row(line, {key: "" if value is None else str(value) for key, value in found.items()})
