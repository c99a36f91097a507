"""Holding back small counts of people, and whatever would give them away.

A week's result may say "1 child made safer" of a village where everybody knows which child. So a count
of people below a threshold is held back (*primary*), and further figures with it until no held-back one
can be worked out from those that are shown (*complementary*). The method is cell suppression (Cox,
"Suppression methodology and statistical disclosure control", JASA 75, 1980) with a check of our own:
for each held-back figure there must be another way to fill the table in, in which it differs.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lastpiece.results.outcomes import Cell

THRESHOLD = 5
"""Counts of people from 1 to `THRESHOLD - 1` are held back, unless a force sets its own number."""

_TRIES = 20_000


class CannotHide(ValueError):
    """A small count cannot be protected; the sentence says which and why."""


class Why(enum.Enum):
    """Why a figure is held back. For the desk only: the public page gives one reason for both."""

    SMALL = "It counts fewer people than may be published."
    GUARDS = "With it, a figure that is held back could be worked out."


def hold_back(cells: Sequence[Cell], *, threshold: int = THRESHOLD) -> dict[str, Why]:
    """Return the keys of the cells to hold back, each with its reason.

    Zero is never held back: it says that nobody was counted. So a reader knows that a held-back figure is
    at least 1, and the check counts with that.

    Args:
        cells: The numbers of one table; `parts` names the cells that a total is the sum of.
        threshold: The smallest count of people that may be shown; 1 shows everything.

    Raises:
        CannotHide: a total is not the sum of its parts, or no way to guard a small count was found.
    """
    table = _Table(
        {cell.key: cell.value for cell in cells},
        [{cell.key: -1, **dict.fromkeys(cell.parts, 1)} for cell in cells if cell.parts],
        {cell.key: Why.SMALL for cell in cells if cell.people and 0 < cell.value < threshold},
    )
    table.refuse_wrong_totals()
    exposed = table.first_exposed()
    while exposed is not None:
        table.held[table.guard_for(exposed)] = Why.GUARDS
        exposed = table.first_exposed()
    return table.held


@dataclass(slots=True)
class _Table:
    """The numbers of one publication, how they add up, and which are held back so far.

    Attributes:
        equations: For each total the sign of every cell in it: parts 1, the total -1; the sum is nothing.
    """

    values: Mapping[str, int]
    equations: Sequence[Mapping[str, int]]
    held: dict[str, Why]

    def refuse_wrong_totals(self) -> None:
        for equation in self.equations:
            if sum(sign * self.values[key] for key, sign in equation.items()):
                total = next(key for key, sign in equation.items() if sign < 0)
                raise CannotHide(f"The total “{total}” is not the sum of its parts.")

    def first_exposed(self) -> str | None:
        """Return a held-back cell that the shown ones determine, or None when all are safe."""
        return next((key for key in self.held if not self.could_differ(key)), None)

    def guard_for(self, exposed: str) -> str:
        """Return the cell whose loss costs the reader least: the smallest part beside `exposed`, else a total."""
        reached = self.tied_to(exposed)
        candidates = [
            (sign < 0, self.values[key], key)
            for equation in self.equations
            if reached & equation.keys()
            for key, sign in equation.items()
            if key not in self.held and self.values[key] > 0
        ]
        if not candidates:
            raise CannotHide(f"The figure “{exposed}” is too small to be shown and nothing beside it can guard it.")
        return min(candidates)[2]

    def tied_to(self, exposed: str) -> set[str]:
        """Return the held-back cells that stand in one total with `exposed`, or with such a cell, and so on."""
        reached, before = {exposed}, set[str]()
        while reached != before:
            before = set(reached)
            for equation in self.equations:
                if reached & equation.keys():
                    reached |= equation.keys() & self.held.keys()
        return reached

    def could_differ(self, key: str) -> bool:
        """Return whether the table can be filled in with another value of `key`, all shown cells as they are."""
        tries = iter(range(_TRIES))
        return any(self.values[key] + step >= 1 and self.balances({key: step}, tries) for step in (1, -1))

    def balances(self, steps: Mapping[str, int], tries: Iterator[int]) -> bool:
        """Return whether held-back cells not yet moved can move by one so that every total is right again.

        Giving up after many tries counts as no: then more is held back, never less.
        """
        if next(tries, None) is None:
            return False
        for equation in self.equations:
            off = sum(sign * steps.get(key, 0) for key, sign in equation.items())
            if off:
                return any(
                    self.balances({**steps, key: step}, tries) for key, step in self.answers(equation, off, steps)
                )
        return True

    def answers(self, equation: Mapping[str, int], off: int, steps: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """Yield the moves that bring `equation`, which is `off`, nearer to nothing."""
        for key, sign in equation.items():
            step = -sign if off > 0 else sign
            if key in self.held and key not in steps and self.values[key] + step >= 1:
                yield key, step
