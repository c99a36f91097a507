"""Reports that others wrote down, from CSV or JSON lines: mapped to our fields, taken in batch by batch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils import timezone

from lastpiece.assess.grading import propose_grade
from lastpiece.command.rejects import Rejects
from lastpiece.command.rows import BadRow, CsvRows, FileWrong, JsonRows, Row, check
from lastpiece.command.speaking import bar
from lastpiece.command.tally import Tally
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.imported_reports import Arrived, add_reports
from lastpiece.site.settings import env
from lastpiece.tell.report import ANSWERS
from lastpiece.values.grade import Information
from lastpiece.values.old_grade import ArrivedGrade, read_grade

CHANNELS = ("101", "crimestoppers", "partner")
FIELDS = ("id", "told_on", *ANSWERS, "grade", "conditions")
"""What a column can be mapped to, beside being left out."""

BATCH = 200
LONGEST_ANSWER = 20_000
LONGEST_REFERENCE = 80
EARLIEST = date(1970, 1, 1)

WORDS = {
    "grades_mapped": "came with an old 5x5x5 grade, which was mapped and is marked as mapped",
    "sometimes_reliable": "came with the old source grade C (sometimes reliable), which 3x5x2 cannot say",
    "no_day": "have no day; they are told on the day of the import",
    "no_reference": "have no reference of their own, so they are known by their words",
    "changed_since": "were there already under the same reference with other words, and were left as they are",
}


class _RowWrong(ValueError):
    """A row cannot be a report; the sentence says which field and why, never what stands in it."""


def mapping(given: Sequence[str], columns: Sequence[str], name: str) -> dict[str, str]:
    """Return field → column from `--map field=column` and from columns that are named like fields.

    Raises:
        FileWrong: a field is not known, a column is not in the file, or nothing is mapped to `what`.
    """
    mapped = {field: field for field in FIELDS if field in columns}
    for pair in given:
        field, equals, column = (part.strip() for part in pair.partition("="))
        if not equals or field not in FIELDS:
            raise FileWrong(f"--map {pair}: write field=column, where field is one of {', '.join(FIELDS)}.")
        mapped[field] = column
    missing = [column for column in mapped.values() if column not in columns]
    if missing:
        raise FileWrong(f"{name} has no column {_named(missing)}. Its columns are {_named(columns)}.")
    if "what" not in mapped:
        raise FileWrong(
            f"Say which column of {name} holds what was told, with --map what=COLUMN. "
            f"Its columns are {_named(columns)}."
        )
    return mapped


def import_reports(path: Path, *, channel: str, maps: Sequence[str], encoding: str, tally: Tally) -> None:
    """Take in one file; `tally` is right after every batch, so that it can be told when stopped.

    Raises:
        FileWrong: the file, the channel or the mapping is wrong; nothing was imported.
    """
    if channel not in CHANNELS:
        raise FileWrong(f"“{channel}” is not a channel; choose one of {', '.join(CHANNELS)}.")
    checked = check(path, encoding)
    with path.open(encoding=encoding, newline="") as file, bar() as progress:
        rows = _rows(file, path)
        mapped = mapping(maps, rows.columns, path.name)
        task = progress.add_task("Reports", total=checked.lines)
        folder = env.DESK_FOLDER / "rejects"
        with Rejects(folder, path, digest=checked.digest, columns=rows.columns) as rejects:
            reading = _read(iter(rows), mapped, rejects, tally)
            while batch := list(islice(reading, BATCH)):
                _take(batch, channel, path.name, tally)
                progress.advance(task, len(batch))
        tally.rejected = rejects.count
        if rejects.count:
            tally.reject_files.append(str(rejects.path))


def _rows(file: TextIO, path: Path) -> CsvRows | JsonRows:
    return JsonRows(file, path.name) if path.suffix in (".jsonl", ".ndjson") else CsvRows(file, path.name)


def _take(batch: Sequence[Arrived], channel: str, file_name: str, tally: Tally) -> None:
    taken = add_reports(
        Actor.job("import reports"),
        batch,
        channel,
        file_name=file_name,
        now=datetime.now(UTC),  # noqa: TID251 - a command reads the clock
    )
    tally.added += taken.added
    tally.already += taken.already
    tally.note("changed_since", taken.changed)


def _read(rows: Iterator[Row | BadRow], mapped: Mapping[str, str], rejects: Rejects, tally: Tally) -> Iterator[Arrived]:
    """Yield the rows that can be reports; put the others among the rejects."""
    today = timezone.localdate(datetime.now(UTC))  # noqa: TID251 - a command reads the clock
    for row in rows:
        tally.read += 1
        if isinstance(row, BadRow):
            rejects.put(row)
            continue
        try:
            arrived = _arrived(row, mapped, today)
        except _RowWrong as wrong:
            rejects.put(row, str(wrong))
            continue
        _note(arrived, tally)
        yield arrived


def _arrived(row: Row, mapped: Mapping[str, str], today: date) -> Arrived:
    answers = {field: text for field in ANSWERS if (text := _cell(row, mapped, field))}
    if not answers.get("what"):
        raise _RowWrong("“what” is empty: nothing is told.")
    too_long = next((field for field, text in answers.items() if len(text) > LONGEST_ANSWER), None)
    if too_long:
        raise _RowWrong(f"“{too_long}” is longer than {LONGEST_ANSWER:,} characters.")
    reference = _cell(row, mapped, "id")
    if len(reference) > LONGEST_REFERENCE:
        raise _RowWrong(f"“id” is longer than {LONGEST_REFERENCE} characters.")
    conditions = _cell(row, mapped, "conditions")
    return Arrived(
        line=row.line,
        reference=reference,
        answers=answers,
        told_on=_day(_cell(row, mapped, "told_on"), today),
        dated=bool(_cell(row, mapped, "told_on")),
        grade=_grade(_cell(row, mapped, "grade"), answers["what"]),
        conditions=(conditions,) if conditions else (),
    )


def _cell(row: Row, mapped: Mapping[str, str], field: str) -> str:
    return row.cells.get(mapped[field], "").strip() if field in mapped else ""


def _day(text: str, today: date) -> date:
    """Read `2026-01-31` or `31/01/2026`, with or without a time after it."""
    if not text:
        return today
    day = text.replace("T", " ").split(" ")[0]
    for layout in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(day, layout).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if not EARLIEST <= found <= today:
            raise _RowWrong("“told_on” is in the future or before 1970.")
        return found
    raise _RowWrong("“told_on” is not a day written 2026-01-31 or 31/01/2026.")


def _grade(text: str, told: str) -> ArrivedGrade | None:
    if not text:
        return None
    try:
        hearsay = propose_grade(told).grade.information is Information.INDIRECT
        return read_grade(text, hearsay=hearsay)
    except ValueError as error:
        raise _RowWrong(str(error)) from error


def _note(arrived: Arrived, tally: Tally) -> None:
    tally.note("no_day", not arrived.dated)
    tally.note("no_reference", not arrived.reference)
    if arrived.grade:
        tally.note("grades_mapped", bool(arrived.grade.mapped_from))
        tally.note("sometimes_reliable", arrived.grade.flagged)


def _named(columns: Sequence[str]) -> str:
    shown = [f"“{column[:40]}”" for column in columns[:20]]
    return ", ".join(shown) + (f" and {len(columns) - 20} more" if len(columns) > 20 else "")  # noqa: PLR2004 - as many as are shown
