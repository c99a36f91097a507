"""Rows that were not imported, kept beside the database in the format they came in, each with its reason.

Mend them there and import the reject file: its two extra columns are ignored. The file is named after the
digest of the imported file, so that importing the same file again replaces it rather than adding another.
It may hold what people told, so nobody but its owner can read it.
"""

import csv
import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from lastpiece.command.rows import BadRow, Row

LINE = "rejected_line"
BECAUSE = "rejected_because"


class Rejects:
    """The reject file of one import; it appears whole when the import ends, or not at all."""

    def __init__(self, folder: Path, source: Path, *, digest: str, columns: Sequence[str]) -> None:
        self.path = folder / f"{source.stem}.{digest[:8]}.rejected{source.suffix}"
        self.count = 0
        self._columns = [column for column in columns if column not in (LINE, BECAUSE)]
        self._json = source.suffix == ".jsonl"
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put the file in its place; after an error leave nothing behind."""
        if self._file is None:
            if kind is None:
                self.path.unlink(missing_ok=True)
            return
        try:
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._part.replace(self.path)
        finally:
            self._close()
            self._part.unlink(missing_ok=True)

    def put(self, row: Row | BadRow, because: str = "") -> None:
        """Keep one row with the number of its line and a sentence.

        Raises:
            OSError: as the system says, for example because the disk is full.
        """
        found = row.found if isinstance(row, BadRow) else tuple(row.cells.get(key, "") for key in self._columns)
        because = row.because if isinstance(row, BadRow) else because
        file = self._opened()
        if not self._json:
            file.write(_csv_line([str(row.line), because, *found]))
        elif isinstance(row, BadRow):
            file.write(json.dumps({LINE: row.line, BECAUSE: because, "raw": found[0]}, ensure_ascii=False) + "\n")
        else:
            cells = {key: value for key, value in row.cells.items() if key not in (LINE, BECAUSE)}
            file.write(json.dumps({LINE: row.line, BECAUSE: because, **cells}, ensure_ascii=False) + "\n")
        self.count += 1

    @property
    def _part(self) -> Path:
        return self.path.with_name(f".{self.path.name}.part")

    def _opened(self) -> TextIO:
        if self._file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._file = os.fdopen(handle, "w", encoding="utf-8", newline="")
            if not self._json:
                self._file.write(_csv_line([LINE, BECAUSE, *self._columns]))
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            try:
                self._file.close()
            finally:
                self._file = None


def _csv_line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
