"""`lastpiece front`: serve the public site, and check a force pack before it is served."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command.speaking import fail, print_json
from lastpiece.site.pack.loading import PackWrong, load_pack

app = typer.Typer(name="front", help="The public site: serve it, check a force pack.", no_args_is_help=True)


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
    folder: Annotated[Path, typer.Argument(help="The pack's folder: pack.yaml and signs/.", metavar="DIR")],
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
    found = {"site_id": pack.site_id, "force": pack.force, "signs": [page.slug for page in pack.signs]}
    if json:
        print_json({"ok": True, **found})
    else:
        typer.echo(f"{pack.force} ({pack.site_id}): {len(pack.signs)} pages of signs. Nothing is wrong.")
