"""Making a child: it keeps one connection of all the parent's, answers on it, and ends without a trace."""

import contextlib
import gc
import os
import signal
import socket
from collections.abc import Callable, Iterable
from itertools import pairwise

from lastpiece.site.front.exchange import DEADLINE_S, Exchange, Site

STANDARD = 2
"""The highest of the standard descriptors."""
NICE = 10
"""How far those over their share stand back in the processor's queue while others are there."""


def fork(work: Callable[[], None], *, keep: Iterable[int]) -> int:
    """Do `work` in a child with the descriptors `keep` alone, and return the child's number.

    Raises:
        OSError: there is no process or no memory to spare.
    """
    process = os.fork()
    if process:
        return process
    try:
        gc.disable()  # it ends before it has made enough to collect, and looking would copy the parent's pages
        settle(keep)
        work()
    except BaseException:  # noqa: BLE001, S110 - nothing of it may be said: it could quote what was told
        pass
    finally:
        os._exit(0)


def settle(keep: Iterable[int]) -> None:
    """Leave the parent's signals and descriptors behind: a child finishes what it began, but not for ever."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(DEADLINE_S)
    edges = [STANDARD, *sorted(keep), os.sysconf("SC_OPEN_MAX")]
    for low, high in pairwise(edges):
        os.closerange(low + 1, high)


def answer(descriptor: int, site: Site, notes: int, *, aside: bool) -> None:
    """Answer on a connection, standing aside for others if asked."""
    if aside:
        os.nice(NICE)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=descriptor) as line:
        with contextlib.suppress(OSError):
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        Exchange(line, site, notes).run()
