"""`lastpiece demo`: both sites with an invented county in them, and a check that walks the whole loop."""

import errno
import os
import signal
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from lastpiece.command import demo_home, demo_servers, demo_staff
from lastpiece.command.demo_readying import NO_SPACE, load, parts
from lastpiece.command.desk import port_is_free, start_django
from lastpiece.command.speaking import errors, fail, print_json
from lastpiece.site.settings import env

app = typer.Typer(
    name="demo",
    help="Both sites on this machine with an invented county in them. Everything in it is made up.",
    invoke_without_command=True,
)

HomeOption = Annotated[Path | None, typer.Option(help="The demonstration's folder; default: `demo` in LASTPIECE_HOME.")]
_SCREEN = Console(highlight=False, soft_wrap=True)


@app.callback()
def demo(  # noqa: PLR0917 - options of a command line, given by name
    context: typer.Context,
    home: HomeOption = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the old county away and invent it again.")] = False,  # noqa: FBT002 - a switch
    seed: Annotated[int, typer.Option(min=0, help="The same seed invents the same county.")] = 1,
    reports: Annotated[int, typer.Option(min=40, max=5000, help="How many reports have been told.")] = 600,
    front_port: Annotated[int, typer.Option(min=1, max=65535, help="Where the public site listens.")] = 8000,
    desk_port: Annotated[int, typer.Option(min=1, max=65535, help="Where the desk listens.")] = 8001,
    check: Annotated[bool, typer.Option("--check", help="Walk the loop once, then stop.")] = False,  # noqa: FBT002 - a switch
) -> None:
    """Invent a county, load twelve weeks of reports, and serve the public site and the desk."""
    if context.invoked_subcommand is not None:
        return
    if check:
        from lastpiece.command.demo_check import run_check

        run_check(seed=seed)
    folder = _enter(home, fresh=fresh, seed=seed, reports=reports, front_port=front_port, desk_port=desk_port)
    _stop_on_term()
    try:
        with ExitStack() as held:
            kept = held.enter_context(demo_home.held(folder))
            _refuse_taken_ports(front_port, desk_port)
            loaded = _loaded(kept, fresh=fresh, seed=seed, reports=reports)
            _serve(kept, loaded, front_port, desk_port)
    except (demo_home.HomeTaken, demo_home.HomeNotOurs, demo_servers.ServerFailed) as error:
        fail(str(error))
    except PermissionError as error:
        fail(f"{error.filename or folder} cannot be written. Choose another --home.")
    except OSError as error:
        fail(NO_SPACE if error.errno == errno.ENOSPC else f"{folder} cannot be used: {error.strerror}.")
    except KeyboardInterrupt:
        errors.print("The demonstration has stopped.", markup=False)


@app.command()
def codes(
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,  # noqa: FBT002 - a switch
) -> None:
    """Print the demonstration's sign-ins with the codes that hold now."""
    loaded = demo_home.Home(_folder(home)).anything_loaded()
    if loaded is None:
        fail(f"There is no demonstration in {_folder(home)}. Run `lastpiece demo` first.")
    now = _seconds()
    if as_json:
        print_json(
            {
                "seconds_left": demo_staff.seconds_left(now),
                "staff": [
                    {
                        "username": person.username,
                        "role": person.role,
                        "password": person.password,
                        "code": demo_staff.code_at(person.secret, now),
                    }
                    for person in loaded.staff
                ],
            }
        )
        return
    _SCREEN.print(_sign_ins(loaded, now))


@app.command(hidden=True)
def tend() -> None:
    """Publish while the demonstration runs; started by it."""
    if not env.DEMO:
        fail("This verb belongs to a running demonstration. Run `lastpiece demo`.")
    start_django()
    from lastpiece.command.demo_tending import tend as go_on

    go_on()


def _folder(home: Path | None) -> Path:
    inside = env.DEMO and (env.HOME / demo_home.MARK).exists()
    return (home or (env.HOME if inside else env.HOME / "demo")).absolute()


def _enter(home: Path | None, *, fresh: bool, seed: int, reports: int, front_port: int, desk_port: int) -> Path:  # noqa: RET503 - the last line does not return
    """Go on in an environment in which every setting points into the demonstration's own home."""
    folder = _folder(home)
    if env.DEMO and folder == env.HOME:
        return folder
    words = ["--home", str(folder), "--seed", str(seed), "--reports", str(reports), *(["--fresh"] if fresh else [])]
    ports = ["--front-port", str(front_port), "--desk-port", str(desk_port)]
    again = [sys.executable, "-m", "lastpiece", "demo", *words, *ports]
    os.execve(sys.executable, again, demo_home.environment(folder))  # noqa: S606 - this very program


def _stop_on_term() -> None:
    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)


def _refuse_taken_ports(*ports: int) -> None:
    for port in ports:
        if not port_is_free("127.0.0.1", port):
            fail(
                f"Port {port} is in use by another program, perhaps by another demonstration. Stop it, or choose "
                "others with --front-port and --desk-port."
            )


def _loaded(home: demo_home.Home, *, fresh: bool, seed: int, reports: int) -> demo_home.Loaded:
    """Return what is loaded, loading it first where it is missing, old or not wanted any more."""
    asked: dict[str, int | str] = {"seed": seed, "reports": reports, "version": demo_home.version()}
    found = None if fresh else home.loaded(asked)
    if found is not None:
        return found
    home.clear()
    return load(home, asked)


def _serve(home: demo_home.Home, loaded: demo_home.Loaded, front_port: int, desk_port: int) -> None:
    """Run both sites until Ctrl-C, with the sign-ins on the screen."""
    environment = demo_home.environment(home.folder)
    with demo_servers.running(parts(front_port, desk_port), environment, home.folder / "logs") as started:
        _SCREEN.print("\n[bold]Lastpiece demonstration[/bold] – everything in it is invented.\n")
        _SCREEN.print(f"  Public site  http://localhost:{front_port}/")
        _SCREEN.print(f"  Desk         http://localhost:{desk_port}/\n")
        _SCREEN.print(f"  {loaded.reports} reports told, {loaded.waiting} of them wait for you.")
        if loaded.words:
            _SCREEN.print(
                f"  An invented teller's seven words, with an answer behind them: [bold]{loaded.words[0]}[/bold]\n"
            )
        if not _SCREEN.is_terminal:
            _SCREEN.print(_sign_ins(loaded, _seconds()))
            _SCREEN.print(
                "Codes change every 30 seconds: `lastpiece demo codes` prints new ones. Ctrl-C stops everything."
            )
            _wait(started)
        with Live(_sign_ins(loaded, _seconds()), console=_SCREEN, auto_refresh=False) as live:
            while True:
                _pause(started)
                live.update(_sign_ins(loaded, _seconds()), refresh=True)


def _wait(started: demo_servers.Running) -> NoReturn:
    while True:
        _pause(started)


def _pause(started: demo_servers.Running) -> None:
    time.sleep(1)
    started.check()


def _sign_ins(loaded: demo_home.Loaded, now: float) -> Table:
    table = Table(title=f"Sign in at the desk – codes hold {demo_staff.seconds_left(now)} s", title_justify="left")
    for heading in ("Role", "Username", "Password", "Code"):
        table.add_column(heading, no_wrap=True)
    for person in loaded.staff:
        role = person.role.replace("_", " ").capitalize()
        table.add_row(role, person.username, person.password, demo_staff.code_at(person.secret, now))
    return table


def _seconds() -> float:
    return datetime.now(UTC).timestamp()  # noqa: TID251 - a command reads the clock
