"""`lastpiece front`: serve the public site, and check a force pack before it is served."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command.places import FileUnread, FileUnwritten, why_not_written, writing
from lastpiece.command.speaking import fail, print_json
from lastpiece.site.pack.checking import doubt_of_numbers
from lastpiece.site.pack.loading import PackWrong, load_pack
from lastpiece.site.settings import env
from lastpiece.tell.board import BoardDamaged, BoardMissing, BoardNotSigned, BoardRolledBack
from lastpiece.tell.disk import PUBLIC, write_whole

app = typer.Typer(name="front", help="The public site: serve it, check a pack, capture offline.", no_args_is_help=True)
PART_BYTES = 256 * 1024


@app.command()
def serve(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 takes a free one.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen on. Put TLS before it for anyone else.")
    ] = "127.0.0.1",
) -> None:
    """Serve the public site until Ctrl-C or SIGTERM, one forked process a request, without a log of visits."""
    # becomes the front's own program, so that no code that opens reports is in its memory
    program = [sys.executable, "-m", "lastpiece.site.front", "--host", host, "--port", str(port)]
    os.execve(sys.executable, program, {**os.environ, "GLIBC_TUNABLES": tunables()})  # noqa: S606 - our own interpreter


def tunables() -> str:
    """Return glibc's settings with huge pages on: every child stretches one set of words in 19 MiB of fresh memory.

    Measured: 6,960 page faults a report become 2,360, and a fifth of its processor time goes.
    """
    given = os.environ.get("GLIBC_TUNABLES", "")
    return given if "malloc.hugetlb" in given else ":".join(filter(None, (given, "glibc.malloc.hugetlb=1")))


@app.command("check-pack")
def check_pack(
    folder: Annotated[
        Path, typer.Argument(help="The pack's folder: pack.yaml and signs/.", metavar="DIR", readable=False)
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a force pack and say what is in it, or which field of which file is wrong."""
    try:
        pack = load_pack(folder)
    except PackWrong as wrong:
        if json:
            print_json({"ok": False, "problem": str(wrong)})
            raise typer.Exit(1) from wrong
        fail(str(wrong))
    checked = pack.numbers_checked_on.isoformat() if pack.numbers_checked_on else None
    found = {"site_id": pack.site_id, "force": pack.force, "signs": [page.slug for page in pack.signs]}
    if json:
        print_json({"ok": True, **found, "numbers_checked_on": checked})
        return
    typer.echo(f"{pack.force} ({pack.site_id}): {len(pack.signs)} pages of signs. Nothing is wrong.")
    if doubt := doubt_of_numbers(pack, datetime.now(UTC).date()):  # noqa: TID251 - a command reads the clock
        typer.echo(doubt)


@app.command()
def scripts(*, json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Print the hashes of the scripts and styles that this installation serves, to compare with `/scripts.json`."""
    start_django()
    from lastpiece.site.parts.assets import AssetMissing, digests

    try:
        files = digests()
    except AssetMissing as missing:
        fail(str(missing))
    if json:
        print_json({"files": files})
        return
    for file in files:
        typer.echo(f"{file['sha256']}  {file['name']}  {file['integrity']}")


@app.command()
def capture(
    out: Annotated[Path, typer.Argument(help="The page to write, one .html file.", metavar="OUT.html", readable=False)],
    *,
    language: Annotated[str, typer.Option(help="The language of the page: en, cy, pl, ro or ar.")] = "en",
) -> None:
    """Write the page that locks reports on a tablet without a network, good until the current key ends."""
    start_django()
    from lastpiece.site.front.capturing import capture_page
    from lastpiece.site.front.hatch import FrontClosed
    from lastpiece.site.front.languages import NAMES
    from lastpiece.site.parts.assets import AssetMissing

    if language not in NAMES:
        fail(f"There is no language {language}. Choose one of {', '.join(NAMES)}.")
    if (why := why_not_written(out)) is not None:
        fail(f"{out} cannot be written: {why}.")
    try:
        page = capture_page(datetime.now(UTC), language)  # noqa: TID251 - a command reads the clock
        with writing(out):
            write_whole(out, page.encode(), mode=PUBLIC)
    except (FrontClosed, AssetMissing, PackWrong, FileUnwritten) as problem:
        fail(f"{problem}{_where(problem)}")
    typer.echo(f"{out}: {out.stat().st_size // 1024} kB. Copy it to the tablet and open it in a browser there.")


@app.command("hand-in")
def hand_in(
    file: Annotated[Path, typer.Argument(help="The file that a tablet saved.", metavar="FILE", readable=False)],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Put the locked reports of a carried file into the spool; say how many are safe, and which were damaged."""
    start_django()
    from lastpiece.site.front import hatch
    from lastpiece.tell.carried import NotCarried
    from lastpiece.tell.spool import SpoolRefused

    try:
        taking = hatch.hand_in(datetime.now(UTC))  # noqa: TID251 - a command reads the clock
        with file.open("rb") as stream:
            while part := stream.read(PART_BYTES):
                taking.add(part)
        taking.end()
    except (hatch.FrontClosed, NotCarried, SpoolRefused, PackWrong) as problem:
        fail(f"{problem}{_where(problem)}")
    except OSError as problem:
        fail(str(FileUnread(file, problem.strerror)))
    if json:
        print_json({"stored": taking.stored, "damaged": taking.damaged})
    else:
        typer.echo(f"{taking.stored} stored.")
        for place in taking.damaged:
            typer.echo(f"Number {place} in the file is damaged and was not stored.")
    if taking.damaged:
        raise typer.Exit(1)


def _where(problem: Exception) -> str:
    """Return where to look when the board is at fault."""
    at_fault = (BoardMissing, BoardDamaged, BoardNotSigned, BoardRolledBack)
    return f" Look at {env.BOARD}." if isinstance(problem.__cause__, at_fault) else ""


def start_django() -> None:
    """Set Django up for the public site; a second call does nothing."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lastpiece.site.settings.front")
    django.setup(set_prefix=False)
