"""Deal lines and how they live: they rise under a brand, change SIMs, move from home to home, are closed, come back.

States follow the life cycle of a county line in this field: suspected, named, numbers known, active, disrupted,
closed (type 1: the holder is charged; type 2: the number is dead), dormant, then re-opened, handed over or replaced.
Thirty to sixty in a hundred closed lines fill again within 10 to 90 days.
"""

from dataclasses import dataclass, field

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.geography import Town
from lastpiece.world.people import Home, Person, Phone, Population, Vehicle
from lastpiece.world.wordlists import phrases

_LONG_AGO = -10_000
_CHILD_RUNNERS = 0.3
_INTERNAL = 0.4  # lines that start and end in one force; calibrated on 18 external and 12 local in one operation
_ORIGINS = ("London", "Birmingham", "Leicester", "Luton", "Coventry", "Nottingham", "Peterborough")
_STOCK: Odds[tuple[str, ...]] = Odds(
    {
        ("crack cocaine", "heroin"): 6,
        ("cocaine",): 2,
        ("cocaine", "cannabis"): 2,
        ("cannabis",): 1.5,
        ("heroin",): 1,
        ("ketamine", "cocaine"): 1,
    }
)
_AFTER_CLOSING = Odds({"re_opened": 5.0, "handed_over": 2.0, "replaced_by": 3.0})


@dataclass(frozen=True, slots=True)
class Step:
    """A line enters a state on a day; `other` names the line that replaced it or the person who took over."""

    day: int
    state: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class SimUse:
    """The line sells on a number from a day until the day before another."""

    phone: Phone
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Stay:
    """The line uses a cuckooed home from a day until the day before another: 1 to 14 days."""

    home: Home
    first: int
    end: int


@dataclass(slots=True)
class Line:
    """A deal line with everyone in it. Days count from the first day told of; earlier ones are negative."""

    id: str
    brand: str
    origin: str
    town: Town
    drugs: tuple[str, ...]
    holders: list[tuple[int, Person]]
    lieutenants: list[Person]
    runners: list[Person]
    homes: list[Home]
    vehicles: list[Vehicle]
    steps: list[Step] = field(default_factory=list)
    trading: list[tuple[int, int]] = field(default_factory=list)
    sims: list[SimUse] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)

    def trades_on(self, day: int) -> bool:
        """Return whether the line sells on that day."""
        return any(first <= day < end for first, end in self.trading)

    def holder_on(self, day: int) -> Person:
        """Return who holds the line on that day."""
        return next(person for first, person in reversed(self.holders) if first <= day)

    def home_on(self, day: int) -> Home | None:
        """Return the home it uses on that day."""
        return next((stay.home for stay in self.stays if stay.first <= day < stay.end), None)

    def phone_on(self, day: int) -> Phone | None:
        """Return the number it sells on that day."""
        return next((use.phone for use in self.sims if use.first <= day < use.end), None)


class Underworld:
    """Founds lines and lets them live until the last day."""

    def __init__(self, chance: Chance, population: Population, days: int) -> None:
        self._chance = chance
        self._population = population
        self._days = days
        self.lines: list[Line] = []

    def found(self) -> Line:
        """Found one line, before or within the weeks told of, and live its life and its successor's."""
        line = self._new(self._population.town(), homes=[])
        self._live(line, self._chance.between(-120, self._days // 2))
        return line

    def _new(self, town: Town, homes: list[Home]) -> Line:
        chance, population = self._chance, self._population
        runners = []
        for _ in range(chance.between(4, 12)):
            child = chance.maybe(_CHILD_RUNNERS)
            runners.append(population.person("runner", young=12 if child else 18, old=17 if child else 27))
        wanted = max(0, chance.between(2, 6) - len(homes))
        hosts = [population.person("cuckooed resident", young=24, old=76, victim=True) for _ in range(wanted)]
        line = Line(
            id=population.fresh_id("line"),
            brand=chance.pick(phrases("brands")),
            origin="" if chance.maybe(_INTERNAL) else chance.pick(_ORIGINS),
            town=town,
            drugs=chance.draw(_STOCK),
            holders=[(_LONG_AGO, population.person("line holder", young=21, old=44))],
            lieutenants=[population.person("lieutenant", young=19, old=35) for _ in range(chance.between(1, 2))],
            runners=runners,
            homes=homes + [population.home(town, host) for host in hosts],
            vehicles=[population.vehicle() for _ in range(chance.between(1, 3))],
        )
        self.lines.append(line)
        return line

    def _live(self, line: Line, day: int) -> None:
        chance = self._chance
        for state, low, high in (("suspected", 3, 14), ("named", 2, 10), ("number_known", 1, 7)):
            line.steps.append(Step(day, state))
            day += chance.between(low, high)
        line.steps.append(Step(day, "active"))
        while day < self._days:
            day = self._trade(line, day)
            if day < self._days:
                day = self._close(line, day)
        self._use_sims(line)
        self._use_homes(line)

    def _trade(self, line: Line, day: int) -> int:
        """Sell until the line is closed; disruptions on the way cost days, not the business."""
        first = day
        day += self._chance.between(20, 90)
        while day < self._days and self._chance.maybe(0.4):
            line.steps.append(Step(day, "disrupted"))
            line.trading.append((first, day))
            first = day + self._chance.between(2, 9)
            line.steps.append(Step(first, "active"))
            day = first + self._chance.between(20, 60)
        line.trading.append((first, day))
        return day

    def _close(self, line: Line, day: int) -> int:
        """Close the line; return the day it sells again, or a day past the end."""
        chance = self._chance
        line.steps.append(Step(day, "closed_type1" if chance.maybe(0.6) else "closed_type2"))
        line.steps.append(Step(day + chance.between(1, 7), "dormant"))
        if not chance.maybe(0.3 + 0.3 * chance.unit()):
            return self._days
        day += chance.between(10, 90)
        if day >= self._days:
            return self._days
        outcome = chance.draw(_AFTER_CLOSING)
        if outcome == "replaced_by":
            heir = self._new(line.town, homes=chance.some(line.homes, 2))
            line.steps.append(Step(day, outcome, heir.id))
            self._live(heir, day)
            return self._days
        if outcome == "handed_over":
            line.holders.append((day, self._population.person("line holder", young=21, old=44)))
        line.steps.append(Step(day, outcome, line.holder_on(day).id))
        return day

    def _use_sims(self, line: Line) -> None:
        """Give the line one to four numbers in turn; every return to trade begins on a new SIM."""
        for first, end in line.trading:
            day = first
            while day < end:
                until = min(end, day + self._chance.between(25, 110))
                line.sims.append(SimUse(self._population.phone(), day, until))
                day = until

    def _use_homes(self, line: Line) -> None:
        """Move the line from home to home while it trades."""
        for first, end in line.trading:
            day, last = first, None
            while day < end:
                home = self._chance.pick([home for home in line.homes if home is not last])
                until = min(end, day + self._chance.between(1, 14))
                line.stays.append(Stay(home, day, until))
                day, last = until, home
