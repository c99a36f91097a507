"""The processes that answer: one for each request, counted by what they are doing.

A child *works* while it answers, and few may at once: each may stretch words in 7 MiB. A child whose request does not
come whole at once tells the parent that it is *reading*, gives its place back, and asks for one when it has read all.
One whose answer is not taken at once, or that hears out who was refused, gives its place back too.
"""

import contextlib
import os
import signal
import struct
from collections import Counter
from dataclasses import dataclass

WORKING = 2 * (os.cpu_count() or 1)
"""So many children of either lane answer at once."""
READING = 64
"""So many wait for slow senders and takers; when there are more, the longest of the network with the most is let go."""
GO = signal.SIGUSR1
"""The parent's leave to work, for a child that asked."""
READS, ASKS = 0, 1
NOTE = struct.Struct("=iB")


@dataclass(slots=True)
class Child:
    """One child: its network, its lane, and whether it reads, waits for leave, or works."""

    network: bytes
    slow: bool
    working: bool = True
    asking: bool = False


class Children:
    """All living children, oldest first."""

    def __init__(self) -> None:
        self._living: dict[int, Child] = {}

    def __len__(self) -> int:
        return len(self._living)

    def __contains__(self, process: int) -> bool:
        return process in self._living

    def born(self, process: int, network: bytes, *, slow: bool) -> None:
        """Count a new child as working."""
        self._living[process] = Child(network, slow)

    def working(self, *, slow: bool | None = None) -> int:
        """Return how many work, of one lane or of both."""
        return sum(child.working and slow in (None, child.slow) for child in self._living.values())

    def reads(self, process: int) -> int | None:
        """Take the place of a child that waits for the other side; return one to let go when too many do."""
        if process in self._living:
            self._living[process].working = False
        readers = {one: child for one, child in self._living.items() if not (child.working or child.asking)}
        if len(readers) <= READING:
            return None
        most = Counter(child.network for child in readers.values()).most_common(1)[0][0]
        return next(one for one, child in readers.items() if child.network == most)

    def asks(self, process: int) -> bytes | None:
        """Note that a child wants to work, and return its network; None when it is gone."""
        child = self._living.get(process)
        if child is None:
            return None
        child.asking = True
        return child.network

    def let_work(self, process: int, *, slow: bool) -> None:
        """Give a child that asked its place; one that is gone needs none."""
        child = self._living.get(process)
        if child is not None:
            child.working, child.asking, child.slow = True, False, slow
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, GO)

    def let_go(self, process: int) -> None:
        """End a child that waits for the other side: nothing of it was acknowledged, or what was is stored."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)

    def bury(self) -> bool:
        """Take out children that have ended, and tell whether there were any."""
        found = False
        while self._living:
            try:
                process, _ = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                self._living.clear()
                return True
            if not process:
                break
            found = self._living.pop(process, None) is not None or found
        return found


def note(descriptor: int, what: int) -> bool:
    """Tell the parent, from a child, that it reads or asks; False when the parent is gone."""
    try:
        os.write(descriptor, NOTE.pack(os.getpid(), what))
    except OSError:
        return False
    return True
