"""The front's server: it accepts, lets wait, forks, and forgets.

The parent never reads a byte of a request. A connection that has sent nothing holds no child; one that has sent
something waits its turn (`fairness.py`), gets a child of its own (`exchange.py`), and the child is gone, memory and
all, when it has answered. There is no access log and no core dump. TLS is the business of whatever stands before it.
"""

import contextlib
import ctypes
import errno
import os
import resource
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus

from lastpiece.site.front import forking
from lastpiece.site.front.children import ASKS, GO, NOTE, WORKING, Children
from lastpiece.site.front.exchange import Site
from lastpiece.site.front.fairness import FairQueue
from lastpiece.site.front.networks import Names
from lastpiece.site.front.reception import Connection, Reception
from lastpiece.site.front.refusals import refusal
from lastpiece.site.settings import env

BACKLOG = 1024
TICK_S = 0.5
CALM_S = 5
"""So long after a request of another network within its share the slow lane holds back."""
SLOW = max(1, WORKING // 2)
FORK_AGAIN_S = 0.1
FORK_GIVE_UP_S = 20.0
"""A connection that cannot be forked for is told so after this long."""
STOP_S = 35
CHORE_S = 3600
DESCRIPTORS = 65_536
SPARE_DESCRIPTORS = 32
PR_SET_DUMPABLE = 4


class PortTaken(Exception):
    """Another program listens there already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is taken by another program. Stop it, or choose another with --port.")


class HostWrong(Exception):
    """The address to listen on is not one of this machine's."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"Cannot listen on {host}: {reason}.")


class FrontServer:
    """The parent. Stops on SIGTERM or SIGINT after the children have finished."""

    def __init__(self, listener: socket.socket) -> None:
        self.server_name, self.server_port = str(listener.getsockname()[0]), int(listener.getsockname()[1])
        self._now = time.monotonic()
        self._queue: FairQueue[Connection | int] = FairQueue()
        self._children = Children()
        self._selector = selectors.DefaultSelector()
        self._names = Names(self._now)
        self._reception = Reception(listener, self._selector, self._names, self._wait, announced=env.FRONT_PROXY)
        self._recent: dict[object, float] = {}
        self._fork_again = self._now
        self._stopping = 0.0
        self._chore = self._now + CHORE_S

    def run(self, site: Site, renew: Callable[[], bool], chore: Callable[[], None]) -> None:
        """Serve until asked to stop.

        `renew` makes one thing ready and tells whether there is more; it is called when nobody waits. `chore` is done
        in a child of its own every hour.
        """
        self._reception.most = descriptors() - SPARE_DESCRIPTORS
        with self._signals(), self._notes() as notes:
            while not self._stopping or (self._busy() and self._now < self._stopping):
                more = not len(self._queue) and not self._stopping and renew()
                for key, _ in self._selector.select(0 if more else self._patience()):
                    key.data(key.fd)
                self._now = time.monotonic()
                self._children.bury()
                self._tend(chore)
                self._dispatch(site, notes)
        self._reception.close()

    def stop(self, *_signal: object) -> None:
        """Ask the loop to end; safe in a signal handler."""
        self._stopping = self._stopping or time.monotonic() + STOP_S

    def _busy(self) -> bool:
        return bool(len(self._queue) or len(self._children))

    def _patience(self) -> float:
        return FORK_AGAIN_S if len(self._queue) and self._now < self._fork_again else TICK_S

    def _wait(self, connection: Connection) -> None:
        """Let a connection that has sent something wait its turn."""
        self._queue.add(connection.network, connection, self._now)

    def _tend(self, chore: Callable[[], None]) -> None:
        self._reception.tend(self._now, stopping=bool(self._stopping))
        if self._names.renew(self._now):
            self._queue.rename()
        while self._reception.full and (shed := self._queue.shed()):
            self._give_up(shed)
        if self._now >= self._chore and not self._stopping:
            self._chore = self._now + CHORE_S
            with contextlib.suppress(OSError):  # no process to spare: the next hour's will do
                forking.fork(chore, keep=())

    def _dispatch(self, site: Site, notes: int) -> None:
        """Let work whose turn it is, as far as there are places."""
        while self._now >= self._fork_again and self._children.working(slow=False) < WORKING:
            taken = self._queue.take(self._now, slow=self._children.working() < self._most_with_slow())
            if taken is None:
                return
            one, network, slow = taken
            if not slow:
                self._recent.pop(network, None)
                self._recent = dict([*self._recent.items()][-1:]) | {network: self._now}
            if isinstance(one, int):
                self._children.let_work(one, slow=slow)
            elif not self._fork(one, site, notes, slow=slow):
                return

    def _most_with_slow(self) -> int:
        """Return how many may work for the slow lane to get one more: fewer while another network is there."""
        return SLOW if self._others_are_there(self._queue.next_slow) else WORKING - 1

    def _others_are_there(self, network: object) -> bool:
        return any(one != network and self._now - at < CALM_S for one, at in self._recent.items())

    def _fork(self, connection: Connection, site: Site, notes: int, *, slow: bool) -> bool:
        """Give a connection a child; without one it waits on, at the head of its network, or is told at last."""
        aside = slow and self._others_are_there(connection.network)

        def answer() -> None:
            forking.answer(connection.descriptor, site, notes, aside=aside)

        try:
            process = forking.fork(answer, keep=(notes, connection.descriptor))
        except OSError:
            self._fork_again = self._now + FORK_AGAIN_S
            connection.gives_up = connection.gives_up or self._now + FORK_GIVE_UP_S
            if self._now < connection.gives_up:
                self._queue.add(connection.network, connection, self._now, first=True)
            else:
                self._reception.part(connection, refusal(HTTPStatus.SERVICE_UNAVAILABLE))
            return False
        self._children.born(process, connection.network, slow=slow)
        self._reception.handed_over(connection)
        return True

    def _give_up(self, one: Connection | int) -> None:
        """Tell one of very many that there is no room; a child that asked has read all, so it is let work instead."""
        if isinstance(one, int):
            self._children.let_work(one, slow=True)
        else:
            self._reception.part(one, refusal(HTTPStatus.SERVICE_UNAVAILABLE))

    def _read_notes(self, descriptor: int) -> None:
        """Hear from children that they wait for slow senders, or that they have read all and want to work."""
        for process, what in NOTE.iter_unpack(os.read(descriptor, 512 * NOTE.size)):
            if what == ASKS:
                if network := self._children.asks(process):
                    self._queue.add(network, process, self._now, first=True)
            elif (too_many := self._children.reads(process)) is not None:
                self._children.let_go(too_many)

    @contextlib.contextmanager
    def _notes(self) -> Iterator[int]:
        reading, writing = os.pipe()
        self._selector.register(reading, selectors.EVENT_READ, self._read_notes)
        try:
            yield writing
        finally:
            self._selector.unregister(reading)
            os.close(reading)
            os.close(writing)

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Wake up for a child that ended and for a stop; keep the leave to work for children."""
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        self._selector.register(reading, selectors.EVENT_READ, lambda descriptor: os.read(descriptor, 4096))
        kept = {number: signal.signal(number, self.stop) for number in (signal.SIGTERM, signal.SIGINT)}
        kept[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [GO])
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            signal.set_wakeup_fd(before)
            for number, disposition in kept.items():
                signal.signal(number, disposition)
            self._selector.unregister(reading)
            os.close(reading)
            os.close(writing)


def descriptors() -> int:
    """Ask for as many open files as this process may have, and return how many it got."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def leave_nothing_behind() -> None:
    """Forbid core dumps, and other processes of the same user to look into this one."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def bind(host: str, port: int) -> FrontServer:
    """Return a server that listens; raise `PortTaken` or `HostWrong`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
        listener.settimeout(0)
        return FrontServer(listener)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise PortTaken(host, port) from problem
        raise HostWrong(host, problem.strerror or "it is not an address of this machine") from problem
