"""Finds or fetches what `make` needs, with nothing but this Python: uv, two browsers, PostgreSQL.

Each verb prints what it found on standard output, or one sentence on standard error and exits 1:
`bootstrap.py uv`, `bootstrap.py browser`, `bootstrap.py firefox`, `bootstrap.py postgres`.
"""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
OWN_UV = HERE / ".uv" / "bin" / "uv"
LEAST_PYTHON = (3, 11)


class NotToBeHad(Exception):
    """Something could neither be found nor fetched; the message says what to do."""


def run(*words: str) -> bool:
    """Run a command, its words on standard error; say whether it succeeded."""
    return subprocess.run(words, stdout=sys.stderr, check=False).returncode == 0  # noqa: S603 - our own words


def apt_install(*packages: str) -> bool:
    """Install Debian packages where that is possible without asking for a password."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return run("apt-get", "update", "-qq") and run("apt-get", "install", "-y", "-qq", *packages)


def find_uv() -> str:
    """Return uv's path, fetching it into `.uv/` where the machine has none."""
    found = shutil.which("uv") or (str(OWN_UV) if OWN_UV.exists() else None)
    if found:
        return found
    if not find_spec("ensurepip") and not apt_install("python3-venv"):
        raise NotToBeHad("This Python cannot make environments: install the package python3-venv, or install uv.")
    venv.create(OWN_UV.parents[1], with_pip=True, clear=True)
    if not run(str(OWN_UV.with_name("python")), "-m", "pip", "install", "--quiet", "uv"):
        raise NotToBeHad("uv could not be fetched: check the network, or install uv by hand.")
    return str(OWN_UV)


def find_browser() -> str:
    """Return Chromium's path."""
    for attempt in (lambda: True, lambda: apt_install("chromium")):
        attempt()
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if found := shutil.which(name):
                return found
    raise NotToBeHad("No Chromium here: install the package chromium (Debian, Ubuntu: apt-get install chromium).")


def find_firefox() -> str:
    """Return Firefox's path: the ways out are walked in both browsers."""
    for attempt in (lambda: True, lambda: apt_install("firefox-esr")):
        attempt()
        for name in ("firefox-esr", "firefox"):
            if found := shutil.which(name):
                return found
    raise NotToBeHad("No Firefox here: install the package firefox-esr (Debian: apt-get install firefox-esr).")


def find_postgres() -> str:
    """Return the folder of PostgreSQL's server programs."""
    for attempt in (lambda: True, lambda: apt_install("postgresql")):
        attempt()
        if found := shutil.which("initdb"):
            return str(Path(found).parent)
        versions: Sequence[Path] = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if versions:
            return str(versions[-1].parent)
    raise NotToBeHad("No PostgreSQL server here: install the package postgresql (apt-get install postgresql).")


FINDERS = {"uv": find_uv, "browser": find_browser, "firefox": find_firefox, "postgres": find_postgres}


def main() -> int:
    """Run one verb."""
    if sys.version_info < LEAST_PYTHON:
        sys.stderr.write(f"Lastpiece needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n")
        return 1
    try:
        sys.stdout.write(FINDERS[sys.argv[1]]() + "\n")
    except NotToBeHad as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
