"""Runs a command against a PostgreSQL server of its own: `postgres_server.py BIN_FOLDER COMMAND…`.

The server lives in a temporary folder, listens on loopback only, trusts local users and is gone afterwards.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def as_server_owner(*words: str) -> list[str]:
    """PostgreSQL refuses to run as root; Debian's package made a user for it."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@contextmanager
def postgres(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="lastpiece-postgres-"))
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    port, data = free_port(), folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    try:
        subprocess.run(
            as_server_owner(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "lastpiece", "-E", "UTF8"),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        subprocess.run(as_server_owner(*control, "-l", str(folder / "log"), "-o", options, "start"), check=True)
        try:
            yield f"postgres://lastpiece@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(as_server_owner(*control, "-m", "immediate", "stop"), check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    programs, *command = sys.argv[1:]
    with postgres(Path(programs)) as address:
        environment = os.environ | {"LASTPIECE_DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
