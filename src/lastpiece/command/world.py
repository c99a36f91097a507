"""`lastpiece world`: an invented county whose truth is known, for trials, tests and training."""

import resource
import signal
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command.speaking import fail, print_json, watched
from lastpiece.world.county import County, invent
from lastpiece.world.geography import AreasUnreadable, read_areas
from lastpiece.world.telling import Told, tell
from lastpiece.world.writing import FolderUnwritable, Format, write_county

_MOST_WEEKS = 520
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_KIB_PER_MIB = 1024
_MONDAY = datetime(2026, 1, 5)  # noqa: DTZ001 - a day, not a moment


def world(  # noqa: PLR0917 - options of a command line, given by name
    out: Annotated[Path, typer.Option(help="The folder to write into; made when it is missing.")],
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1,
    reports: Annotated[int, typer.Option(help="How many reports are told.")] = 1000,
    weeks: Annotated[int, typer.Option(help="Over how many weeks.")] = 12,
    start: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day.")] = _MONDAY,
    areas: Annotated[Path | None, typer.Option(help="GeoJSON of real small areas to place the homes in.")] = None,
    form: Annotated[str, typer.Option("--format", help="jsonl or parquet.")] = "jsonl",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,  # noqa: FBT002 - a switch
) -> None:
    """Invent a county: deal lines, homes, people, and the reports told of them, with a truth file."""
    _refuse_nonsense(reports, weeks, form)
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        fail(f"--start is a day from {_FIRST_YEAR} to {_LAST_YEAR}.", code=2)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    began = time.monotonic()
    try:
        county = invent(
            seed, reports=reports, weeks=weeks, start=start.date(), areas=read_areas(areas) if areas else ()
        )
        count = _Count()
        files = write_county(
            county, count.of(watched(tell(county, reports), "Telling", reports)), out, form=_form(form)
        )
    except (AreasUnreadable, FolderUnwritable) as error:
        fail(str(error))
    except KeyboardInterrupt:
        fail("Stopped before the county was whole; nothing was left behind.", code=130)
    _say(county, count, files, seconds=time.monotonic() - began, as_json=as_json)


class _Count:
    """Counts what goes by."""

    def __init__(self) -> None:
        self.reports = self.drugs = self.copies = self.malicious = 0

    def of(self, reports: Iterator[Told]) -> Iterator[Told]:
        for told in reports:
            self.reports += 1
            self.drugs += told.on_drugs
            self.copies += told.copy_of is not None and not told.malicious
            self.malicious += told.malicious
            yield told


def _refuse_nonsense(reports: int, weeks: int, form: str) -> None:
    if reports < 1:
        fail("A county needs at least one report; give --reports a number from 1.", code=2)
    if not 1 <= weeks <= _MOST_WEEKS:
        fail(f"--weeks is a number from 1 to {_MOST_WEEKS}.", code=2)
    if form not in {"jsonl", "parquet"}:
        fail(f"“{form}” is not a format; --format is jsonl or parquet.", code=2)


def _form(text: str) -> Format:
    return "parquet" if text == "parquet" else "jsonl"


def _say(county: County, count: _Count, files: tuple[Path, ...], *, seconds: float, as_json: bool) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB
    answer = {
        "seed": county.seed,
        "reports": count.reports,
        "drugs": count.drugs,
        "copies": count.copies,
        "malicious": count.malicious,
        "lines": len(county.lines),
        "people": len(county.population.people),
        "homes": len(county.population.homes),
        "vehicles": len(county.population.vehicles),
        "phones": len(county.population.phones),
        "first_day": county.start.isoformat(),
        "last_day": county.on(county.days - 1).isoformat(),
        "files": [str(path) for path in files],
        "seconds": round(seconds, 2),
        "peak_mib": round(peak),
    }
    if as_json:
        print_json(answer)
        return
    typer.echo(
        f"{count.reports:,} reports of {len(county.lines)} deal lines, {count.copies:,} of them copies "
        f"and {count.malicious:,} malicious, "
        f"told from {_long(county.start)} to {_long(county.on(county.days - 1))}."
    )
    names = ", ".join(path.name for path in files)
    typer.echo(f"Written in {seconds:.1f} s with {peak:.0f} MiB to {files[0].parent}: {names}.")


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
