"""The invented county: deal lines, other crime, ordinary neighbours, and the weeks in which all this is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lastpiece.world.chance import Chance
from lastpiece.world.geography import Area, Ground, Town
from lastpiece.world.lines import Line, Underworld
from lastpiece.world.people import Home, Person, Population, Vehicle

WEEK = 7
_REPORTS_PER_LINE = 250  # keeps a large county about as dense as a small one
_FEWEST_LINES = 18
_REPORTS_PER_DISPUTE = 12
_REPORTS_PER_OFFENDER = 15


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two households that do not get on, and no crime."""

    id: str
    topic: str
    complainer: Home
    other: Home


@dataclass(frozen=True, slots=True)
class Offender:
    """Someone in crime of their own: `trade` says which (grow, weapon, slavery, stolen goods, counterfeit)."""

    id: str
    trade: str
    person: Person
    home: Home
    vehicle: Vehicle


@dataclass(frozen=True, slots=True)
class County:
    """Everything that is true in the county, with the calendar it is told in."""

    seed: int
    start: date
    weeks: int
    lines: tuple[Line, ...]
    disputes: tuple[Dispute, ...]
    offenders: tuple[Offender, ...]
    population: Population
    busy: tuple[float, ...]

    @property
    def days(self) -> int:
        """How many days are told of."""
        return self.weeks * WEEK

    def on(self, day: int) -> date:
        """Return the date of a day counted from the start."""
        return self.start + timedelta(days=day)


DISPUTES = ("parking", "noise", "hedge", "dog", "football", "bins", "bonfire")
TRADES = ("grow", "weapon", "slavery", "stolen goods", "counterfeit")


def invent(seed: int, *, reports: int, weeks: int, start: date, areas: Sequence[Area] = ()) -> County:
    """Invent the county that `reports` reports over `weeks` weeks will speak of."""
    chance = Chance(seed, 1)
    population = Population(chance, Ground(areas))
    underworld = Underworld(chance, population, weeks * WEEK)
    for _ in range(max(_FEWEST_LINES, reports // _REPORTS_PER_LINE)):
        underworld.found()
    return County(
        seed=seed,
        start=start,
        weeks=weeks,
        lines=tuple(underworld.lines),
        disputes=tuple(_dispute(chance, population) for _ in range(max(20, reports // _REPORTS_PER_DISPUTE))),
        offenders=tuple(_offender(chance, population) for _ in range(max(25, reports // _REPORTS_PER_OFFENDER))),
        population=population,
        busy=busy_days(weeks, chance),
    )


def busy_days(weeks: int, chance: Chance) -> tuple[float, ...]:
    """Return how much is told on each day against a quiet one: campaign weeks raise it 1.5 to 3 times.

    Every fourth week, from the third on, is a campaign week; its echo lasts up to a week more.
    """
    factors = [1.0 + (0.15 if day % WEEK in (4, 5) else 0.0) for day in range(weeks * WEEK)]
    for week in range(2, weeks, 4):
        lift = 1.5 + 1.5 * chance.unit()
        for day in range(week * WEEK, min(week * WEEK + chance.between(7, 14), weeks * WEEK)):
            factors[day] *= lift
    return tuple(factors)


def _resident(population: Population, town: Town) -> Home:
    return population.home(town, population.person("resident", young=19, old=88))


def _dispute(chance: Chance, population: Population) -> Dispute:
    town = population.town()
    left, right = _resident(population, town), _resident(population, town)
    return Dispute(population.fresh_id("dispute"), chance.pick(DISPUTES), left, right)


def _offender(chance: Chance, population: Population) -> Offender:
    town = population.town()
    person = population.person("offender", young=19, old=58)
    return Offender(
        id=population.fresh_id("offender"),
        trade=chance.pick(TRADES),
        person=person,
        home=population.home(town, person),
        vehicle=population.vehicle(),
    )
