"""Connections that no child has yet: accepted, perhaps announced by a proxy, silent until their first byte.

A sender that connects and says nothing costs a descriptor and no child. The parent learns from the kernel that
something came and how much (FIONREAD), and reads none of it.
"""

import contextlib
import fcntl
import os
import selectors
import socket
import struct
import termios
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from lastpiece.site.front.incoming import READ_S
from lastpiece.site.front.networks import Accepting, Names
from lastpiece.site.front.proxying import Announcement, NotAnnounced

AT_ONCE = 64
"""So many connections are accepted before others are looked after."""
PARTING_S = 2
"""So long a refused connection stays open, so that the sender gets the answer and not a reset."""
_COUNT = struct.Struct("i")


@dataclass(slots=True, eq=False)
class Connection:
    """One connection. `announcement` is there until the proxy has said whom it is from; times are of the clock."""

    descriptor: int
    network: bytes
    until: float
    announcement: Announcement | None = None
    gives_up: float = 0.0


class Reception:
    """Takes in connections and hands on those that have sent something to `wait`."""

    def __init__(
        self,
        listener: socket.socket,
        selector: selectors.BaseSelector,
        names: Names,
        wait: Callable[[Connection], None],
        *,
        announced: bool,
    ) -> None:
        self._listener, self._selector, self._names, self._wait = listener, selector, names, wait
        self._announced = announced
        self._accepting = Accepting(listener)
        self._silent: dict[int, Connection] = {}
        self._parting: deque[Connection] = deque()
        self._open = 0
        self._now = 0.0
        self._listening = False
        self.most = 0
        """So many connections may be open."""

    @property
    def full(self) -> bool:
        """True when there is no descriptor for one more."""
        return self._open >= self.most

    def tend(self, now: float, *, stopping: bool) -> None:
        """Let go who said nothing for too long, and listen or not as there is room. `now` holds until the next call."""
        self._now = now
        while self._silent and (stopping or self.full or next(iter(self._silent.values())).until <= now):
            self._drop(next(iter(self._silent.values())))
        while self._parting and self._parting[0].until <= now:
            self._close(self._parting.popleft())
        self._listen(not stopping and not self.full)

    def handed_over(self, connection: Connection) -> None:
        """Close our side of a connection that a child has now."""
        self._close(connection)

    def part(self, connection: Connection, answer: bytes) -> None:
        """Answer without having read, and close a little later."""
        line = socket.socket(self._listener.family, socket.SOCK_STREAM, 0, fileno=connection.descriptor)
        with contextlib.suppress(OSError):
            line.send(answer)
            line.shutdown(socket.SHUT_WR)
        line.detach()
        connection.until = self._now + PARTING_S
        self._parting.append(connection)

    def close(self) -> None:
        """Close the listener and all connections."""
        self._listen(wanted=False)
        self._listener.close()
        for connection in [*self._silent.values()]:
            self._drop(connection)
        while self._parting:
            self._close(self._parting.popleft())

    def _listen(self, wanted: bool) -> None:  # noqa: FBT001 - on or off is all it says
        if wanted and not self._listening:
            self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        elif self._listening and not wanted:
            self._selector.unregister(self._listener)
        self._listening = wanted

    def _accept(self, _listener: int) -> None:
        """Accept some connections; without descriptors the rest wait in the kernel's queue until the next look."""
        for _ in range(AT_ONCE):
            if self.full:
                return
            try:
                accepted = self._accepting.accept(self._names)
            except OSError:
                self._listen(wanted=False)
                return
            if accepted is None:
                return
            self._take_in(*accepted)

    def _take_in(self, descriptor: int, network: bytes) -> None:
        self._open += 1
        announcement = Announcement() if self._announced else None
        connection = Connection(descriptor, network, self._now + READ_S, announcement)
        self._silent[descriptor] = connection
        self._selector.register(descriptor, selectors.EVENT_READ, self._hear)

    def _hear(self, descriptor: int) -> None:
        """Something came, or the sender went away."""
        connection = self._silent[descriptor]
        if connection.announcement:
            try:
                network = connection.announcement.read(descriptor, self._names)
            except NotAnnounced:
                self._drop(connection)
                return
            if network is not None:
                connection.network, connection.announcement = network, None
            return
        if not bytes_waiting(descriptor):
            self._drop(connection)
            return
        del self._silent[descriptor]
        self._selector.unregister(descriptor)
        self._wait(connection)

    def _drop(self, connection: Connection) -> None:
        if connection.announcement:
            connection.announcement.wipe()
        del self._silent[connection.descriptor]
        self._selector.unregister(connection.descriptor)
        self._close(connection)

    def _close(self, connection: Connection) -> None:
        self._open -= 1
        os.close(connection.descriptor)


def bytes_waiting(descriptor: int) -> int:
    """Return how many bytes the kernel holds for a connection, without reading them; 0 when the sender went away."""
    try:
        return int(_COUNT.unpack(fcntl.ioctl(descriptor, termios.FIONREAD, bytes(_COUNT.size)))[0])
    except OSError:
        return 0
