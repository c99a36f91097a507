"""`lastpiece desk`: serve the inside site, prepare its database, take reports from the spool, add staff.

Each verb loads what it needs when it runs, so that `lastpiece --help` answers at once.
"""

import os
import secrets
import signal
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from lastpiece.command.speaking import bar, errors, fail, print_json
from lastpiece.site.settings import env

if TYPE_CHECKING:
    from lastpiece.site.desk.jobs.collect import Collected

app = typer.Typer(name="desk", help="The inside site: staff assess, fit and answer here.", no_args_is_help=True)
staff_app = typer.Typer(name="staff", help="The people who sign in at the desk.", no_args_is_help=True)
app.add_typer(staff_app)


def start_django() -> None:
    """Set Django up for the desk; a second call does nothing."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lastpiece.site.settings.desk")
    django.setup(set_prefix=False)


def prepare() -> None:
    """Make the desk folder, its signing key and its tables, or bring the tables up to date.

    Raises:
        typer.Exit: the folder cannot be written, or the database cannot be reached.
    """
    start_django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        make_private_folder(env.DESK_FOLDER)
        make_secret_file(Path(settings.SECRET_KEY_FILE))
        make_database_private()
    except OSError as error:
        fail(f"The desk's folder {env.DESK_FOLDER} cannot be used: {error.strerror} ({error.filename}).")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError:
        fail_without_database()


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can enter."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def make_secret_file(path: Path) -> None:
    """Write a signing key for sessions to `path` unless there is one."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))


def make_database_private() -> None:
    """Let only its owner read SQLite's file; what SQLite puts beside it gets the same rights."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    path = Path(str(connection.settings_dict["NAME"]))
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if file.exists():
            file.chmod(0o600)


def fail_without_database() -> NoReturn:
    """Say that the database cannot be reached, without its password."""
    from django.db import connection

    where = f": {connection.settings_dict['NAME']}" if connection.vendor == "sqlite" else ""
    fail(
        f"The desk's database cannot be reached ({connection.vendor}{where}). Check LASTPIECE_DATABASE_URL and that "
        "the database is running, whole and its folder writable. Nothing was changed."
    )


def require_prepared() -> None:
    """Stop with a sentence unless keys, folder and tables are there and up to date."""
    start_django()
    from django.conf import settings
    from django.db import connection

    from lastpiece.tell.opening import Keyring, KeysDamaged, KeysMissing

    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).is_file():
        fail(f"The desk has no database yet at {connection.settings_dict['NAME']}. Run `lastpiece desk migrate` first.")
    if is_behind():
        fail("The desk's database is older than this version. Run `lastpiece desk migrate` first.")
    try:
        Keyring(settings.KEYRING_FOLDER).storage_key()
    except (KeysMissing, KeysDamaged) as error:
        fail(str(error))
    if not env.SECRET_KEY and not Path(settings.SECRET_KEY_FILE).is_file():
        fail(f"The desk's signing key is missing: {settings.SECRET_KEY_FILE}. Run `lastpiece desk migrate` to make it.")


def is_behind() -> bool:
    """Return whether the database lacks a migration; stop with a sentence when it cannot be reached."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        plan = MigrationExecutor(connection)
    except DatabaseError:
        fail_without_database()
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


@app.command()
def migrate() -> None:
    """Make the desk's folder and tables, or bring the tables up to date."""
    prepare()
    errors.print(f"The desk is ready in {env.DESK_FOLDER}.", markup=False)


@app.command()
def serve(
    port: int = typer.Option(8001, min=0, max=65535, help="Port on this machine; 0 takes one that is free."),
    host: str = typer.Option("127.0.0.1", help="Address to listen on; keep it behind a proxy that does TLS."),
) -> None:
    """Serve the desk until Ctrl-C."""
    require_prepared()
    port = _checked_port(host, port)
    if not port_is_free(host, port):
        fail(f"Port {port} on {host} is in use by another program. Stop it, or choose another with --port.")
    from django.db import connection
    from granian import Granian
    from granian.constants import Interfaces

    errors.print(f"The desk is at http://{host}:{port}/ (Ctrl-C stops it).", markup=False)
    connection.close()
    # One worker: used second-factor codes are remembered in its memory.
    Granian(
        "lastpiece.site.wsgi_desk:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        log_enabled=False,
        websockets=False,
    ).serve()


def _checked_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0; stop with a sentence when nothing can listen at that address."""
    try:
        free = free_port(host)
    except OSError as error:
        fail(f"Cannot listen on {host}: {error.strerror}.")
    return port or free


def free_port(host: str) -> int:
    """Return a port of that address that nothing listens on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def port_is_free(host: str, port: int) -> bool:
    """Return whether nothing listens on that port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@app.command()
def collect(
    *,
    once: Annotated[bool, typer.Option("--once", help="Take what waits now, page nobody, and end.")] = False,
    every: Annotated[float, typer.Option(min=0.2, max=60, help="Seconds between two looks into the spool.")] = 3.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a run.")] = False,
) -> None:
    """Take sealed reports out of the spool as they come, each kept once, and page the person on duty; until stopped."""
    require_prepared()
    if once:
        collect_once(as_json=as_json)
        return
    collect_for_good(every, as_json=as_json)


def collect_for_good(every_s: float, *, as_json: bool) -> None:
    """Collect and page until Ctrl-C or SIGTERM; the report that is being taken in is finished first."""
    from lastpiece.site.desk.jobs.daemon import Daemon
    from lastpiece.site.desk.jobs.reaching import PagerWrong, ways
    from lastpiece.site.pack.loading import load_pack

    try:
        reached = ways()
    except PagerWrong as error:
        fail(str(error))
    daemon = Daemon(
        spool=env.SPOOL,
        site=lambda: load_pack(Path(env.PACK) if env.PACK else None).site_id,
        ways=reached,
        every_s=every_s,
        again=timedelta(seconds=env.PAGER_AGAIN_S),
        say=lambda sentence: errors.print(sentence, markup=False, soft_wrap=True),
        done=lambda done: _say_collected(done, as_json=as_json),
    )
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda _signal, _frame: daemon.stopping.set())
    how = " and ".join(str(way.way.label) for way in reached) or "nobody: no way to page is set up"
    errors.print(f"Collecting from {env.SPOOL} every {every_s:g} s; paging by {how}.", markup=False, soft_wrap=True)
    daemon.run()
    errors.print("Stopped. What is not taken in yet waits in the spool.", markup=False)


def collect_once(*, as_json: bool) -> None:
    """Take what waits in the spool now and say what became of it."""
    from django.conf import settings
    from django.db import DatabaseError, InterfaceError

    from lastpiece.site.desk.jobs.collect import collect as run
    from lastpiece.site.pack.loading import PackWrong, load_pack
    from lastpiece.tell.opening import Keyring, KeysDamaged, KeysMissing
    from lastpiece.tell.spool import Spool

    spool = Spool(env.SPOOL)
    try:
        site = load_pack(Path(env.PACK) if env.PACK else None).site_id
        with bar() as progress:
            task = progress.add_task("Collecting", total=len(spool.waiting()))
            done = run(spool, Keyring(settings.KEYRING_FOLDER), site=site, on_each=lambda: progress.advance(task))
    except (KeysMissing, KeysDamaged, PackWrong) as error:
        fail(str(error))
    except OSError as error:
        fail(
            f"The spool {env.SPOOL} cannot be used: {error.strerror}. Nothing was lost; what was not taken stays there."
        )
    except (DatabaseError, InterfaceError) as error:
        fail(
            f"The desk's database cannot be used now ({type(error).__name__}). Nothing was lost; what was not taken "
            f"waits in the spool {env.SPOOL}."
        )
    _say_collected(done, as_json=as_json)


def _say_collected(done: "Collected", *, as_json: bool) -> None:
    if as_json:
        print_json(done.to_json())
    else:
        errors.print(
            f"{done.read} read, {done.added} added, {done.already} here already, {done.rejected} set aside.",
            markup=False,
        )


@app.command()
def publish(
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Publish the approved results, if any wait, and today's mail on the board. Run it once a day."""
    require_prepared()
    from lastpiece.site.desk.records.actions.auditing import Actor
    from lastpiece.site.desk.records.actions.publishing import (
        Hatch,
        ReleaseDamaged,
        publish_board,
    )
    from lastpiece.tell.board import BoardDamaged, BoardNotSigned
    from lastpiece.tell.opening import KeysDamaged, KeysMissing

    try:
        done = publish_board(
            Actor.job("publish"),
            Hatch.of_this_desk(),
            now=datetime.now(UTC),  # noqa: TID251 - a command reads the clock
        )
    except (KeysMissing, KeysDamaged, ReleaseDamaged) as error:
        fail(f"{error} The board is as it was.")
    except (BoardDamaged, BoardNotSigned) as error:
        fail(f"{error} Look at {env.DESK_FOLDER / 'board'} and {env.BOARD}. The board is as it was.")
    except OSError as error:
        fail(f"The board {env.BOARD} cannot be written: {error.strerror}. The board is as it was.")
    if as_json:
        print_json({"serial": done.serial, "release": done.release_id, "messages": done.messages})
    else:
        results = f"release {done.release_id} and " if done.release_id else ""
        errors.print(f"Board {done.serial} is published with {results}{done.messages} answers.", markup=False)


@app.command()
def destroy(
    report: Annotated[int, typer.Argument(min=1, help="The report's number.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; it is kept in the log.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Destroy a report's words and files for good; its items and the log stay."""
    require_prepared()
    from lastpiece.site.desk.records.actions.auditing import Actor
    from lastpiece.site.desk.records.actions.destroying import StillNeeded, destroy_original
    from lastpiece.site.desk.records.models import Report
    from lastpiece.site.desk.records.queries.originals import OriginalDeleted

    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock
    try:
        done = destroy_original(Actor.job("command line"), report, reason, now=now)
    except Report.DoesNotExist:
        fail(f"There is no report {report}.")
    except (StillNeeded, OriginalDeleted) as error:
        fail(str(error))
    if as_json:
        print_json({"report": report, "parts": done.chunks, "sketch": done.sketch})
    else:
        errors.print(f"The words of report {report} are destroyed, with {done.chunks} parts of files.", markup=False)


@staff_app.command("add")
def add_staff(  # noqa: PLR0917 - typer gives them by name
    username: str = typer.Argument(..., help="Name to sign in with."),
    name: str = typer.Option(..., help="Name to show."),
    email: str = typer.Option(..., help="Work e-mail address; it also signs in."),
    role: str = typer.Option(
        ..., help="intake_assessor, safeguarding_lead, call_taker, analyst, publisher, auditor or administrator."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Add a member of staff and print a first password; the second factor is set up at the first sign-in."""
    require_prepared()
    from lastpiece.site.desk.records.actions.auditing import Actor
    from lastpiece.site.desk.records.actions.staffing import UsernameTaken, add_staff
    from lastpiece.site.desk.records.models import Role

    if role not in Role.values:
        fail(f"“{role}” is not a role. The roles are: {', '.join(Role.values)}.")
    password = secrets.token_urlsafe(15)
    try:
        add_staff(
            Actor.job("command line"),
            username=username,
            name=name,
            email=email,
            role=Role(role),
            password=password,
            now=datetime.now(UTC),  # noqa: TID251 - a command reads the clock
        )
    except UsernameTaken as taken:
        fail(str(taken))
    if as_json:
        print_json({"username": username, "role": role, "password": password})
    else:
        typer.echo(f"{name} can sign in as “{username}” with this first password: {password}")
