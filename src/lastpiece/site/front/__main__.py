"""`python -m lastpiece.site.front`: the public process, with nothing in its memory that could open a report.

`lastpiece front serve` becomes this program, because the `lastpiece` command itself knows every verb, the desk's too.
"""

import argparse
import contextlib
import sys
from datetime import UTC, datetime

from lastpiece.site.front import hatch, serving, warming
from lastpiece.site.front.current import whole_pack
from lastpiece.site.pack.checking import doubt_of_numbers
from lastpiece.site.pack.loading import PackWrong
from lastpiece.site.parts.assets import AssetMissing
from lastpiece.site.settings import env
from lastpiece.tell.spool import Spool, SpoolRefused


def main() -> None:
    """Load, listen, say where, and serve until asked to stop."""
    asked = argparse.ArgumentParser(prog="python -m lastpiece.site.front")
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=8000)
    options = asked.parse_args()
    try:
        pack = whole_pack()
        server = serving.bind(options.host, options.port)
        site, pages = warming.load(server.server_name, server.server_port)
        Spool(env.SPOOL).sweep()
        sweep_held()
    except (PackWrong, AssetMissing, serving.PortTaken, serving.HostWrong) as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(f"The front's folder {env.FRONT_FOLDER} cannot be used: {problem.strerror}.")
    say(f"{pack.force}: http://{server.server_name}:{server.server_port}/")
    doubt = doubt_of_numbers(pack, datetime.now(UTC).date())  # noqa: TID251 - a command reads the clock
    if doubt and not env.DEMO:
        say(doubt)
    try:
        hatch.ready(datetime.now(UTC))  # noqa: TID251 - a command reads the clock
    except hatch.FrontClosed as closed:
        say(f"Closed for reports, telephone numbers are shown instead: {closed}")
    serving.leave_nothing_behind()
    server.run(site, pages.renew, sweep_held)


def sweep_held() -> None:
    """Delete files that were added and never sent, and let the spool's files forget in what order they came."""
    from lastpiece.site.front import holding  # noqa: PLC0415 - needs Django's settings

    holding.sweep(datetime.now(UTC))  # noqa: TID251 - a command reads the clock
    with contextlib.suppress(
        SpoolRefused, OSError
    ):  # then the next hour tries again, and the spool says why it stopped
        Spool(env.SPOOL).mix()


def say(sentence: str) -> None:
    """Tell the operator."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
