"""Chance that anyone can repeat: the same seed gives the same draws in every process and on every machine.

Only the raw 64-bit output of PCG64 is used, which numpy promises never to change (NEP 19); what is made of
it is written here, so a new numpy cannot change an invented county. It is handed from caller to callee.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from numpy.random import PCG64, SeedSequence

T = TypeVar("T")

_BLOCK = 4096
_UNIT = 2.0**-53


class Odds(Generic[T]):
    """Values with their weights, ready to be drawn from many times."""

    __slots__ = ("_steps", "values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = tuple(weights)
        total = sum(weights.values())
        self._steps = [step / total for step in accumulate(weights.values())][:-1]

    def at(self, point: float) -> T:
        """Return the value that holds `point` of the unit interval."""
        return self.values[bisect_right(self._steps, point)]


class Chance:
    """A stream of draws from one seed; `stream` numbers tell independent streams of one seed apart."""

    __slots__ = ("_at", "_bits", "_block")

    def __init__(self, seed: int, *stream: int) -> None:
        self._bits = PCG64(SeedSequence(seed, spawn_key=stream))
        self._block: list[float] = []
        self._at = 0

    def unit(self) -> float:
        """Return a number in [0, 1)."""
        if self._at == len(self._block):
            self._block = ((self._bits.random_raw(_BLOCK) >> 11) * _UNIT).tolist()
            self._at = 0
        self._at += 1
        return self._block[self._at - 1]

    def maybe(self, probability: float) -> bool:
        """Return True with `probability`."""
        return self.unit() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both possible."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of `choices`."""
        return choices[int(self.unit() * len(choices))]

    def draw(self, odds: Odds[T]) -> T:
        """Return one value by its weight."""
        return odds.at(self.unit())

    def some(self, choices: Sequence[T], count: int) -> list[T]:
        """Return up to `count` different members of `choices` in a random order."""
        left = list(choices)
        chosen = []
        for _ in range(min(count, len(left))):
            at = int(self.unit() * len(left))
            left[at], left[-1] = left[-1], left[at]
            chosen.append(left.pop())
        return chosen
