"""What the proofs of the public door share: a home with keys and tables, and the desk's own collector on it."""

import json
import os
import socket
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from tests.factories.servers import LASTPIECE

from lastpiece.tell.opening import Keyring, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.spool import Spool

SITE = "nenshire"


def lastpiece(home: Path, *arguments: str) -> dict[str, Any]:
    """Run a verb with its own home and return the JSON object it printed, if it did."""
    done = subprocess.run([LASTPIECE, *arguments], env=environment(home), check=False, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"lastpiece {' '.join(arguments)} failed: {done.stderr[-2000:]}")
    return json.loads(done.stdout) if "--json" in arguments else {}


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a process that keeps everything under `home`, temporary files too."""
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return {**os.environ, "LASTPIECE_HOME": str(home), "TMPDIR": str(home / "tmp")}


def home_with_keys(folder: Path) -> Path:
    """Make keys in a new home and return it."""
    lastpiece(folder, "keys", "make", "--json")
    return folder


def collected(home: Path) -> dict[str, Any]:
    """Make the desk's tables and let its collector take everything; return what it counted."""
    lastpiece(home, "desk", "migrate")
    return lastpiece(home, "desk", "collect", "--once", "--json")


def nonces_in_spool(home: Path) -> Counter[bytes]:
    """Open what waits, as the desk would, and count each report's nonce."""
    spool, keyring = Spool(home / "front" / "spool"), Keyring(home / "desk" / "keys")
    opened = (open_sealed(spool.read(name), keyring, site=SITE) for name in spool.waiting())
    return Counter(Report.decode(plain).nonce for plain in opened)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
