"""`lastpiece import`: other people's files – reports, published crimes, outlines of areas."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from django.db import DatabaseError

from lastpiece.command.desk import prepare, require_prepared
from lastpiece.command.rows import FileWrong
from lastpiece.command.speaking import fail, print_json
from lastpiece.command.tally import Tally
from lastpiece.site.settings import env

app = typer.Typer(name="import", help="Other people's files: reports, published crimes, areas.", no_args_is_help=True)

INTERRUPTED = 130


@app.command()
def reports(  # noqa: PLR0917 - typer gives them by name
    path: Path = typer.Argument(..., help="A CSV file with a header, or one JSON object a line (.jsonl)."),  # noqa: B008 - typer's way
    channel: str = typer.Option(..., help="Where they come from: 101, crimestoppers or partner."),
    maps: list[str] = typer.Option(  # noqa: B008 - typer's way
        [], "--map", help="field=column, as often as needed; columns named like fields need none."
    ),
    encoding: str = typer.Option("utf-8", help="utf-8, latin-1 or cp1252."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Import reports into the queue; a second run adds nothing."""
    require_prepared()
    from lastpiece.command import report_files

    tally = Tally()
    with _clear_ends(tally):
        report_files.import_reports(path, channel=channel, maps=maps, encoding=encoding, tally=tally)
    _tell(tally, "reports", report_files.WORDS, as_json=as_json)


@app.command()
def crimes(
    paths: list[Path] = typer.Argument(..., help="Street files of data.police.uk, or folders that hold them."),  # noqa: B008 - typer's way
    encoding: str = typer.Option("utf-8", help="utf-8, latin-1 or cp1252."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Import street-level crimes; a second run adds nothing."""
    prepare()
    from lastpiece.command import crime_files
    from lastpiece.site.desk.records.queries.crimes import area_codes

    tally = Tally()
    with _clear_ends(tally):
        if env.AREAS and not area_codes():
            crime_files.import_areas(Path(env.AREAS), code="", name="", tally=Tally())
        crime_files.import_crimes(crime_files.street_files(paths), encoding, tally)
    _tell(tally, "crimes", crime_files.WORDS, as_json=as_json)


@app.command()
def areas(
    path: Path = typer.Argument(..., help="A GeoJSON file of polygons."),  # noqa: B008 - typer's way
    code: str = typer.Option("", help="Property with the area's code; found by itself when only one ends in “code”."),
    name: str = typer.Option("", help="Property with the area's name; found by itself when only one ends in “name”."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Import the outlines of the county's small areas for the map."""
    prepare()
    from lastpiece.command import crime_files

    tally = Tally()
    with _clear_ends(tally):
        crime_files.import_areas(path, code=code, name=name, tally=tally)
    _tell(tally, "areas", {}, as_json=as_json)


@contextmanager
def _clear_ends(tally: Tally) -> Iterator[None]:
    """Turn every way in which an import can end early into one sentence that says what was kept."""
    kept = "Nothing is half-written"
    again = "run the same command again, which adds only what is missing"
    try:
        yield
    except FileWrong as wrong:
        fail(str(wrong))
    except KeyboardInterrupt:
        fail(f"Stopped. {kept}: {tally.added:,} rows were added; {again}.", code=INTERRUPTED)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            fail(f"The disk is full. {kept}: {tally.added:,} rows were added. Free some space and {again}.")
        fail(f"The import stopped ({(error.strerror or 'input or output failed').lower()}). {kept}; {again}.")
    except DatabaseError as error:
        why = "The disk is full" if "full" in str(error).lower() else "The desk's database stopped answering"
        fail(f"{why}. {kept}: {tally.added:,} rows were added. Put it right and {again}.")


def _tell(tally: Tally, what: str, words: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        print_json(tally.answer())
    else:
        tally.speak(what, words)
