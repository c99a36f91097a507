"""`lastpiece fit`: link the rows of any table that speak of one person, home, vehicle or phone."""

from pathlib import Path
from typing import Annotated, Any

import typer

from lastpiece.command.speaking import fail, print_json
from lastpiece.fit.columns.kinds import COLUMN_KINDS

Tables = Annotated[
    list[Path], typer.Argument(metavar="TABLE...", help="CSV or Parquet; several are read one below the other.")
]
Id = Annotated[str, typer.Option("--id", metavar="COL", help="The column that names each row, no name twice.")]
Fields = Annotated[
    str,
    typer.Option(metavar="COL:KIND,…", help=f"What to compare, and as what: {', '.join(COLUMN_KINDS)}."),
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
    try:
        from lastpiece.command.linking import WRONG, Asked, link_tables  # here, so that other verbs do not load scipy

        try:
            kinds = parsed_fields(fields)
            answer = link_tables(
                Asked(
                    tables, id_column, kinds, truth=truth, links=links, groups=groups,
                    each_once=each_once, encoding=encoding,
                )
            )  # fmt: skip
        except (*WRONG, FieldsUnreadable) as error:
            fail(str(error))
    except KeyboardInterrupt:
        fail("Stopped. Nothing was written.", code=INTERRUPTED)
    except OSError as error:
        fail(f"The answer could not be written: {error.strerror or 'the disk refused it'}.")
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
        if kind not in COLUMN_KINDS:
            raise FieldsUnreadable(f"“{kind}” in --fields is not a kind; the kinds are {', '.join(COLUMN_KINDS)}.")
        if column in chosen:
            raise FieldsUnreadable(f"--fields names the column “{column}” twice.")
        chosen[column] = kind
    if not chosen:
        raise FieldsUnreadable("--fields names no column; write it like forename:forename,born:date.")
    return chosen


def _say(answer: dict[str, Any]) -> None:
    lines = [f"{answer['records']:,} records, {answer['links']:,} links, {answer['groups']:,} groups"]
    lines += [
        f"{name:8}  " + "  ".join(f"{key} {value:.4f}" for key, value in answer[name].items())
        for name in ("pairwise", "cluster")
        if answer[name]
    ]
    lines.append(f"{answer['seconds']:.1f} s, {answer['peak_mib']:,.0f} MiB at most")
    typer.echo("\n".join(lines))
