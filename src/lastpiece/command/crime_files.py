"""Street-level crime files and outlines of small areas: read, counted, taken in batch by batch."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Self

from rich.progress import Progress

from lastpiece.command.rejects import Rejects
from lastpiece.command.rows import BadRow, Checked, CsvRows, FileWrong, Row, check
from lastpiece.command.speaking import bar
from lastpiece.command.tally import Tally
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.crimes import add_crimes, put_areas
from lastpiece.site.desk.records.queries.crimes import area_codes
from lastpiece.site.settings import env
from lastpiece.values.area import AreaWrong, SmallArea
from lastpiece.values.area import parse as parse_area
from lastpiece.values.crime import NEEDED, CrimeWrong, PublishedCrime
from lastpiece.values.crime import parse as parse_crime

PATTERN = "*-street.csv"
BATCH = 5_000
MOST_AREA_BYTES = 512 * 1024 * 1024

WORDS = {
    "no_place": "have no place: no longitude, latitude or small area",
    "outside_areas": "lie in a small area that has no outline here, so outside the county",
    "outside_or_no_small_area": "lie outside the county or have no small area (both of the above)",
    "no_crime_id": "have no Crime ID",
    "repeated_crime_id": "have a Crime ID that an earlier row has too; each row is kept",
    "repeated_row": "say the same as an earlier row of their file; each is kept as a crime of its own",
    "outcomes_changed": "were there already with another outcome, which was brought up to date",
}


def street_files(paths: Sequence[Path]) -> list[Path]:
    """Return the street files that `paths` name, or that lie in or under the folders among them.

    Raises:
        FileWrong: a path is not there, or a folder holds no street file.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise FileWrong(f"{path} is not there.")
        inside = sorted(path.rglob(PATTERN)) if path.is_dir() else [path]
        if not inside:
            raise FileWrong(f"{path} holds no street files; their names end in -street.csv.")
        found += inside
    return list(dict.fromkeys(found))


def import_crimes(files: Sequence[Path], encoding: str, tally: Tally) -> None:
    """Take in street files; `tally` is right after every batch, so that it can be told when stopped.

    Raises:
        FileWrong: a file cannot be imported; this is found before anything is, except in a file that changes.
    """
    checked = [check(path, encoding) for path in files]
    with bar() as progress, _Seen() as seen:
        task = progress.add_task("Crimes", total=sum(one.lines for one in checked) - len(files))
        for path in files:
            with path.open(encoding=encoding, newline="") as file:
                _need_columns(CsvRows(file, path.name).columns, path.name)
        known = area_codes()
        for path, one in zip(files, checked, strict=True):
            seen.begin_file()
            _import_file(path, one, encoding, tally=tally, step=_Step(seen, known, progress, task))


class _Step:
    """What reading one file needs beside the file: what was seen, which areas are known, and the bar."""

    def __init__(self, seen: "_Seen", known: frozenset[str], progress: Progress, task: object) -> None:
        self.seen, self.known, self._progress, self._task = seen, known, progress, task

    def advance(self, rows: int) -> None:
        self._progress.advance(self._task, rows)  # type: ignore[arg-type]  # rich's TaskID is a NewType of int


def _import_file(path: Path, checked: Checked, encoding: str, *, tally: Tally, step: _Step) -> None:
    with path.open(encoding=encoding, newline="") as file:
        rows = CsvRows(file, path.name)
        with Rejects(env.DESK_FOLDER / "rejects", path, digest=checked.digest, columns=rows.columns) as rejects:
            reading = _read(iter(rows), rejects, tally, step)
            while batch := list(islice(reading, BATCH)):
                taken = add_crimes(
                    Actor.job("import crimes"),
                    batch,
                    path.name,
                    now=datetime.now(UTC),  # noqa: TID251 - a command reads the clock
                )
                tally.added += taken.added
                tally.already += taken.already
                tally.note("outcomes_changed", taken.outcomes_changed)
                step.advance(len(batch))
        tally.rejected += rejects.count
        if rejects.count:
            tally.reject_files.append(str(rejects.path))


def _read(
    rows: Iterator[Row | BadRow], rejects: Rejects, tally: Tally, step: _Step
) -> Iterator[tuple[bytes, PublishedCrime]]:
    """Yield each crime with its identity, counting oddities; put what is no crime among the rejects."""
    for row in rows:
        tally.read += 1
        if isinstance(row, BadRow):
            rejects.put(row)
            continue
        try:
            crime = parse_crime(row.cells)
        except CrimeWrong as wrong:
            rejects.put(row, str(wrong))
            continue
        occurrence = step.seen.occurrence(crime.content)
        _note(crime, occurrence, tally, step)
        yield crime.identity(occurrence), crime


def _note(crime: PublishedCrime, occurrence: int, tally: Tally, step: _Step) -> None:
    tally.note_kind("crime_types", crime.crime_type)
    if crime.longitude is None:
        tally.note("no_place")
    if step.known and crime.area_code and crime.area_code not in step.known:
        tally.note("outside_areas")
    if not crime.area_code or (step.known and crime.area_code not in step.known):
        tally.note("outside_or_no_small_area")
    if not crime.crime_id:
        tally.note("no_crime_id")
        tally.note_kind("no_crime_id_types", crime.crime_type)
    elif step.seen.crime_id_again(crime.crime_id):
        tally.note("repeated_crime_id")
    if occurrence > 1:
        tally.note("repeated_row")


class _Seen:
    """What was read before, on disk rather than in memory, so that a file may be as long as it likes."""

    def __enter__(self) -> Self:
        # An empty name is SQLite's own temporary database: it spills to disk and vanishes when closed.
        self._tables = sqlite3.connect("", isolation_level=None)
        self._tables.execute("PRAGMA synchronous=OFF")
        self._tables.execute("CREATE TABLE crime_id (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._tables.execute("CREATE TABLE content (digest BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")
        self._tables.execute("BEGIN")
        return self

    def __exit__(self, *_error: object) -> None:
        self._tables.close()

    def begin_file(self) -> None:
        self._tables.execute("DELETE FROM content")

    def occurrence(self, content: bytes) -> int:
        """Return how many rows of this file, with this one, said `content`."""
        found = self._tables.execute(
            "INSERT INTO content VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times", (content,)
        ).fetchone()
        return int(found[0])

    def crime_id_again(self, crime_id: str) -> bool:
        """Return whether an earlier row of this import had the same Crime ID."""
        return self._tables.execute("INSERT OR IGNORE INTO crime_id VALUES (?)", (crime_id,)).rowcount == 0


def _need_columns(found: Sequence[str], name: str) -> None:
    missing = [column for column in NEEDED if column not in found]
    if missing:
        raise FileWrong(
            f"{name} is not a street file: it has no column {_named(missing)}. Its columns are {_named(found)}. "
            "Nothing was imported."
        )


def _named(columns: Sequence[str]) -> str:
    shown = [f"“{column[:40]}”" for column in columns[:20]]
    return ", ".join(shown) + (f" and {len(columns) - 20} more" if len(columns) > 20 else "")  # noqa: PLR2004 - as many as are shown


def import_areas(path: Path, *, code: str, name: str, tally: Tally) -> None:
    """Take in a GeoJSON file of outlines. A feature that is no area is rejected with its place in the file.

    Raises:
        FileWrong: the file is not GeoJSON, or no feature in it is an area.
    """
    features = _features(path)
    code, name = code or _property_ending(features, "code"), name or _property_ending(features, "name")
    areas: dict[str, SmallArea] = {}
    for place, feature in enumerate(features, 1):
        tally.read += 1
        try:
            area = parse_area(feature, code=code, name=name)
        except AreaWrong as wrong:
            tally.rejected += 1
            tally.note_kind("rejected_because", f"Feature {place}: {wrong}")
        else:
            areas[area.code] = area
    if not areas:
        raise FileWrong(f"{path.name} holds no area with the properties “{code}” and “{name}”: nothing was imported.")
    taken = put_areas(
        Actor.job("import areas"),
        areas.values(),
        path.name,
        now=datetime.now(UTC),  # noqa: TID251 - a command reads the clock
    )
    tally.added, tally.already = taken.added, tally.already + taken.already


def _features(path: Path) -> list[Any]:
    check(path)
    if path.stat().st_size > MOST_AREA_BYTES:
        raise FileWrong(f"{path.name} is larger than 512 MiB; use generalised outlines.")
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, RecursionError) as error:
        raise FileWrong(f"{path.name} is not GeoJSON: nothing was imported.") from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not features:
        raise FileWrong(f"{path.name} is not a GeoJSON FeatureCollection: nothing was imported.")
    return features


def _property_ending(features: Sequence[Any], ending: str) -> str:
    """Return the one property of the first feature whose name ends in `ending`, as in `lsoa21_code`."""
    first = features[0]
    properties = first.get("properties") if isinstance(first, dict) else None
    names = list(properties) if isinstance(properties, dict) else []
    fitting = [name for name in names if name.lower().endswith(ending)] or [
        name for name in names if name.upper().endswith("CD" if ending == "code" else "NM")
    ]
    if len(fitting) != 1:
        raise FileWrong(
            f"Say which property holds each area's {ending}, with --{ending} PROPERTY. "
            f"The first area has {_named(names) if names else 'no properties'}."
        )
    return str(fitting[0])
