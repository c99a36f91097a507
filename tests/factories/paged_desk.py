"""The real collector with a tiny pager: how long from a sealed report in the spool to the pager's run."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.factories.proofs import lastpiece
from tests.factories.servers import running

from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from

PAGER = """#!/bin/sh
env | grep '^LASTPIECE_' >> "$0.paged"
"""
THREAT = "He told me he is going to stab Dizzy tonight outside the Kings Arms. needle-in-the-text"
LONGEST_S = 60.0


def desk_with_pager(home: Path) -> Path:
    """Make keys, tables, one assessor and a pager in `home`; return the pager."""
    lastpiece(home, "keys", "make", "--json")
    lastpiece(home, "desk", "migrate")
    who = ("--name", "Ann Example", "--email", "ann@nenshire.example", "--role", "intake_assessor")
    lastpiece(home, "desk", "staff", "add", "ann", *who, "--json")
    pager = home / "pager.sh"
    pager.write_text(PAGER, encoding="ascii")
    pager.chmod(0o700)
    return pager


def sealed(home: Path, text: str, number: int) -> bytes:
    """Return a report as the front seals it; its number makes it another one."""
    seed = number.to_bytes(32, "big")
    certificate = Keyring(home / "desk" / "keys").epochs()[0].certificate
    now = datetime.now(UTC)  # noqa: TID251 - it is told now
    address = open_mailbox(words_from(seed)).address
    told = Report(seed, "report", "online", "tell-2", {"what": text}, address, (now - timedelta(hours=1)).date())
    return seal(told.encode(), certificate, site=certificate.site)


def put(home: Path, text: str, number: int) -> None:
    """Seal a report and put it into the spool."""
    Spool(home / "front" / "spool").put(sealed(home, text, number))


def collector(home: Path, pager: Path) -> Any:  # noqa: ANN401 - a context manager of processes
    """Run the desk's collector with that pager."""
    settings = {"LASTPIECE_PAGER_COMMAND": str(pager)}
    return running(["desk", "collect", "--every", "1"], home, "Collecting from", settings=settings)


def seconds_to_page(home: Path, pager: Path, number: int) -> float:
    """Put a threat to life into the spool and return the seconds until the pager ran for it.

    Raises:
        TimeoutError: it did not run within a minute.
    """
    paged = pager.with_name(pager.name + ".paged")
    before = paged.stat().st_size if paged.exists() else 0
    began = time.monotonic()
    put(home, f"{THREAT} {os.urandom(40).hex()}", number)
    while time.monotonic() - began < LONGEST_S:
        if paged.exists() and paged.stat().st_size > before:
            return time.monotonic() - began
        time.sleep(0.05)
    raise TimeoutError("The pager did not run within 60 seconds.")
