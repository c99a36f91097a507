"""Who is answered next when many wait: every network its turn, and a network over its share after all others.

A first report is never refused. A network that asks for more than its share is not turned away either: it waits in
the slow lane, which takes turns between its networks and never holds all the places. Networks are keyed hashes.
"""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

SHARE = 60
"""Requests that a network may ask for at once before it is over its share: five whole forms."""
SHARE_PER_S = 2.0
"""Requests a second by which a network's share grows again."""
MOST_NETWORKS = 10_000
"""When more are remembered, those that have their whole share again and wait for nothing are forgotten."""

Waiting = TypeVar("Waiting")


@dataclass(slots=True)
class Network(Generic[Waiting]):
    """What one network has left of its share (in requests), and what of it waits, first come first served."""

    left: float
    at: float
    waiting: deque[Waiting] = field(default_factory=deque)
    slow: bool = False


class FairQueue(Generic[Waiting]):
    """Two lanes of networks. Times are seconds of one clock that never goes back."""

    def __init__(self, *, share: float = SHARE, share_per_s: float = SHARE_PER_S) -> None:
        self._share, self._per_s = share, share_per_s
        self._networks: dict[Hashable, Network[Waiting]] = {}
        self._lanes: dict[bool, deque[Hashable]] = {False: deque(), True: deque()}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, network: Hashable, one: Waiting, now: float, *, first: bool = False) -> None:
        """Let `one` wait behind others of its network, or before them if it had its turn already."""
        known = self._networks.get(network)
        if known is None:
            self._forget(now)
            known = self._networks[network] = Network(self._share, now)
        if not known.waiting:
            self._enter(network, known, now)
        if first:
            known.waiting.appendleft(one)
        else:
            known.waiting.append(one)
        self._count += 1

    @property
    def next_slow(self) -> Hashable | None:
        """The network whose turn is next in the slow lane, if one waits there."""
        return self._lanes[True][0] if self._lanes[True] else None

    def take(self, now: float, *, slow: bool) -> tuple[Waiting, Hashable, bool] | None:
        """Return whose turn it is, its network, and whether it came by the slow lane; `slow` allows that lane.

        None when nobody waits, or only networks over their share while `slow` is not allowed.
        """
        self._promote(now)
        lane = False if self._lanes[False] else slow
        if not self._lanes[lane]:
            return None
        network = self._lanes[lane].popleft()
        known = self._networks[network]
        one = known.waiting.popleft()
        self._count -= 1
        self._grow(known, now)
        known.left = max(0.0, known.left - 1)
        if known.waiting:
            self._enter(network, known, now)
        return one, network, lane

    def shed(self) -> Waiting | None:
        """Take out the newest of the network with the most waiting; None when nobody waits.

        Only for when there are no descriptors left: then one of the many gives way, and never the only one of a
        network while another network has two.
        """
        network = max(self._networks, key=lambda one: len(self._networks[one].waiting), default=None)
        if network is None or not self._networks[network].waiting:
            return None
        known = self._networks[network]
        one = known.waiting.pop()
        self._count -= 1
        if not known.waiting:
            self._lanes[known.slow].remove(network)
        return one

    def rename(self) -> None:
        """Forget all shares, because networks have other names from now on; who waits keeps their place."""
        for known in self._networks.values():
            known.left = self._share
        for network in [one for one, known in self._networks.items() if not known.waiting]:
            del self._networks[network]

    def _enter(self, network: Hashable, known: Network[Waiting], now: float) -> None:
        self._grow(known, now)
        known.slow = known.left < 1
        self._lanes[known.slow].append(network)

    def _promote(self, now: float) -> None:
        """Move the first of the slow lane over when its share has grown again: the others of the lane follow it."""
        while self._lanes[True]:
            network = self._lanes[True][0]
            known = self._networks[network]
            self._grow(known, now)
            if known.left < 1:
                return
            self._lanes[True].popleft()
            known.slow = False
            self._lanes[False].append(network)

    def _grow(self, known: Network[Waiting], now: float) -> None:
        known.left = min(self._share, known.left + max(0.0, now - known.at) * self._per_s)
        known.at = now

    def _forget(self, now: float) -> None:
        if len(self._networks) < MOST_NETWORKS:
            return
        for network, known in list(self._networks.items()):
            self._grow(known, now)
            if known.left >= self._share and not known.waiting:
                del self._networks[network]
