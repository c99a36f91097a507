"""Getting a demonstration ready, for whoever tries it and for the check: its home loaded, its processes named."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from lastpiece.command import demo_home, demo_servers
from lastpiece.command.speaking import bar, errors, fail
from lastpiece.tell.spool import SpoolFull, SpoolRefused

NO_SPACE = (
    "The disk is full, so the demonstration could not be made. Free some space and start again; it begins afresh."
)
_STOPPED = "Stopped while loading. Nothing half-made is kept: the next start begins afresh."


def load(home: demo_home.Home, asked: Mapping[str, int | str]) -> demo_home.Loaded:
    """Load the home, with a bar on a terminal."""
    from django.db import OperationalError

    from lastpiece.command.demo_making import make

    began = time.monotonic()
    try:
        with bar() as progress:
            loaded = make(home, asked, now=datetime.now(UTC), progress=progress)  # noqa: TID251 - a command reads the clock
    except KeyboardInterrupt:
        fail(_STOPPED, code=130)
    except (OperationalError, SpoolRefused) as error:
        full = isinstance(error, SpoolFull) or "full" in str(error)
        fail(NO_SPACE if full else f"The demonstration could not be made: {error}")
    errors.print(f"Loaded {loaded.reports} invented reports in {time.monotonic() - began:.0f} s.", markup=False)
    return loaded


def parts(front_port: int, desk_port: int) -> tuple[demo_servers.Part, ...]:
    """Return the demonstration's processes."""
    return (
        demo_servers.Part("front", ("front", "serve", "--port", str(front_port)), f"http://127.0.0.1:{front_port}/"),
        demo_servers.Part("desk", ("desk", "serve", "--port", str(desk_port)), f"http://127.0.0.1:{desk_port}/"),
        demo_servers.Part("collector", ("desk", "collect", "--every", "2")),
        demo_servers.Part("publisher", ("demo", "tend")),
    )
