"""`lastpiece desk`: serve the inside site, prepare its database, take reports from the spool, add staff."""

import os
import secrets
import socket
from datetime import UTC, datetime
from pathlib import Path

import django
import typer
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lastpiece.command.speaking import errors, fail, print_json
from lastpiece.site.settings import env

app = typer.Typer(name="desk", help="The inside site: staff assess, fit and answer here.", no_args_is_help=True)
staff_app = typer.Typer(name="staff", help="The people who sign in at the desk.", no_args_is_help=True)
app.add_typer(staff_app)


def start_django() -> None:
    """Set Django up for the desk; a second call does nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lastpiece.site.settings.desk")
    django.setup(set_prefix=False)


def prepare() -> None:
    """Make the desk folder, its keys and its tables, or bring the tables up to date.

    Raises:
        typer.Exit: the database cannot be reached, or it holds reports and their storage key is gone.
    """
    make_private_folder(env.DESK_FOLDER)
    start_django()
    from django.conf import settings  # noqa: PLC0415 - settings exist after set-up

    from lastpiece.site.desk import storage  # noqa: PLC0415 - the same

    if not Path(settings.STORAGE_KEY_FILE).is_file() and holds_reports():
        fail(str(storage.StorageKeyMissing(Path(settings.STORAGE_KEY_FILE))))
    storage.make_key_file(Path(settings.STORAGE_KEY_FILE))
    make_secret_file(Path(settings.SECRET_KEY_FILE))
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


def holds_reports() -> bool:
    """Return whether the database is there and has reports in it."""
    from lastpiece.site.desk.records.models import SealedOriginal  # noqa: PLC0415 - models exist after set-up

    try:
        return (
            SealedOriginal._meta.db_table in connection.introspection.table_names() and SealedOriginal.objects.exists()
        )
    except DatabaseError:
        return False


def fail_without_database() -> None:
    """Say that the database cannot be reached, without its password."""
    fail(
        f"The desk's database cannot be reached ({connection.vendor}). Check LASTPIECE_DATABASE_URL and that the "
        "database is running and its folder writable. Nothing was changed."
    )


def require_prepared() -> None:
    """Stop with a sentence unless folder, keys and tables are there and up to date."""
    start_django()
    from django.conf import settings  # noqa: PLC0415 - settings exist after set-up

    from lastpiece.site.desk import storage  # noqa: PLC0415 - the same

    key = Path(settings.STORAGE_KEY_FILE)
    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).is_file():
        fail(f"The desk has no database yet at {connection.settings_dict['NAME']}. Run `lastpiece desk migrate` first.")
    try:
        plan = MigrationExecutor(connection)
        behind = bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))
    except DatabaseError:
        fail_without_database()
    if behind:
        fail("The desk's database is older than this version. Run `lastpiece desk migrate` first.")
    if not key.is_file() or key.stat().st_size != storage.KEY_BYTES:
        fail(str(storage.StorageKeyMissing(key)))
    if not env.SECRET_KEY and not Path(settings.SECRET_KEY_FILE).is_file():
        fail(
            f"The desk's signing key is missing: {settings.SECRET_KEY_FILE}. Run `lastpiece desk migrate`, which makes it."
        )


@app.command()
def migrate() -> None:
    """Make the desk's folder, keys and tables, or bring the tables up to date."""
    prepare()
    errors.print(f"The desk is ready in {env.DESK_FOLDER}.", markup=False)


@app.command()
def serve(
    port: int = typer.Option(8001, help="Port on this machine."),
    host: str = typer.Option("127.0.0.1", help="Address to listen on; keep it behind a proxy that does TLS."),
) -> None:
    """Serve the desk until Ctrl-C."""
    require_prepared()
    if not port_is_free(host, port):
        fail(f"Port {port} on {host} is in use by another program. Stop it, or choose another with --port.")
    from granian import Granian  # noqa: PLC0415 - loads slowly, and only this verb needs it
    from granian.constants import Interfaces  # noqa: PLC0415 - the same

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


@staff_app.command("add")
def add_staff(
    username: str = typer.Argument(..., help="Name to sign in with."),
    name: str = typer.Option(..., help="Name to show."),
    email: str = typer.Option(..., help="Work e-mail address; it also signs in."),
    role: str = typer.Option(..., help="intake_assessor, analyst, publisher, auditor or administrator."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),  # noqa: FBT001, FBT003 - a command-line switch
) -> None:
    """Add a member of staff and print a first password; the second factor is set up at the first sign-in."""
    require_prepared()
    from lastpiece.site.desk.records.actions.auditing import Actor  # noqa: PLC0415 - models exist after set-up
    from lastpiece.site.desk.records.actions.staffing import UsernameTaken, add_staff  # noqa: PLC0415 - the same
    from lastpiece.site.desk.records.models import Role  # noqa: PLC0415 - the same

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
