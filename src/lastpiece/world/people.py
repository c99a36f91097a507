"""Who and what the county holds: people, homes, vehicles, phones, all invented and all impossible to mistake for real.

Phone numbers come from Ofcom's ranges for drama. Number plates begin with Q or Z, which no current plate does.
"""

from dataclasses import dataclass

from lastpiece.world.chance import Chance
from lastpiece.world.geography import Ground, Town, town_odds
from lastpiece.world.wordlists import phrases, rows, words

_PLATE_FIRST = "QZ"
_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_ROADS = (
    "Road",
    "Street",
    "Close",
    "Avenue",
    "Way",
    "Drive",
    "Walk",
    "Court",
    "Lane",
    "Crescent",
    "Gardens",
    "Terrace",
)
_COLOURS = ("black", "white", "silver", "grey", "blue", "red", "green", "dark blue", "orange", "gold")
_DRAMA_MOBILES = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person. `victim` is true of every child and of every host whose home was taken."""

    id: str
    forename: str
    surname: str
    nickname: str
    handle: str
    age: int
    role: str
    victim: bool

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"


@dataclass(frozen=True, slots=True)
class Home:
    """A home: house number and street, or a flat in a block on the street."""

    id: str
    number: str
    street: str
    block: str
    town: Town
    postcode: str
    lat: float
    lon: float
    area: str | None
    resident: Person


@dataclass(frozen=True, slots=True)
class Phone:
    """A SIM's number in E.164."""

    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car or van with its plate in capitals and no space."""

    id: str
    plate: str
    colour: str
    make: str
    model: str


class Population:
    """Makes people and things one after another, each with an id that says its kind."""

    def __init__(self, chance: Chance, ground: Ground) -> None:
        self._chance = chance
        self._ground = ground
        self._counts: dict[str, int] = {}
        self._plates: set[str] = set()
        self._numbers: list[int] = []
        self.people: list[Person] = []
        self.homes: list[Home] = []
        self.phones: list[Phone] = []
        self.vehicles: list[Vehicle] = []

    def fresh_id(self, prefix: str) -> str:
        """Return the next id of a kind, such as `person-12`."""
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}-{self._counts[prefix]}"

    def town(self) -> Town:
        """Return a town drawn by its people."""
        return self._chance.draw(town_odds())

    def street(self) -> str:
        """Return an invented street."""
        return f"{self._chance.pick(words('streets'))} {self._chance.pick(_ROADS)}"

    def person(self, role: str, *, young: int, old: int, victim: bool = False) -> Person:
        """Make a person of an age from `young` to `old`; whoever is under 18 is a victim first."""
        age = self._chance.between(young, old)
        nickname = self._chance.pick(phrases("nicknames"))
        plain = "".join(letter for letter in nickname.lower() if letter.isalnum())
        person = Person(
            id=self.fresh_id("person"),
            forename=self._chance.pick(words("forenames")),
            surname=self._chance.pick(words("surnames")),
            nickname=nickname,
            handle=f"{plain}{self._chance.pick(('_', '.', ''))}{self._chance.between(2, 999)}",
            age=age,
            role=role,
            victim=victim or age < 18,  # noqa: PLR2004 - the age at which the law stops saying child
        )
        self.people.append(person)
        return person

    def home(self, town: Town, resident: Person) -> Home:
        """Make a home in the town; one in three is a flat in a block."""
        spot = self._ground.place(town, self._chance)
        flat = self._chance.maybe(1 / 3)
        sector = self._chance.pick(town.empty_sectors)
        home = Home(
            id=self.fresh_id("home"),
            number=str(self._chance.between(1, 40 if flat else 180)),
            street=self.street(),
            block=f"{self._chance.pick(words('streets'))} {self._chance.pick(('House', 'Court', 'Point'))}"
            if flat
            else "",
            town=town,
            postcode=f"{town.outward} {sector}{self._chance.pick(_INWARD)}{self._chance.pick(_INWARD)}",
            lat=spot.lat,
            lon=spot.lon,
            area=spot.area,
            resident=resident,
        )
        self.homes.append(home)
        return home

    def phone(self) -> Phone:
        """Make a mobile number; the thousand drama numbers are dealt again once all are used, as networks do."""
        if not self._numbers:
            self._numbers = self._chance.some(range(_DRAMA_MOBILES), _DRAMA_MOBILES)
        phone = Phone(self.fresh_id("phone"), f"+447700900{self._numbers.pop():03d}")
        self.phones.append(phone)
        return phone

    def vehicle(self) -> Vehicle:
        """Make a vehicle whose plate no other in the county wears."""
        kind = self._chance.pick(rows("vehicles"))
        vehicle = Vehicle(
            id=self.fresh_id("vehicle"),
            plate=self._plate(),
            colour=self._chance.pick(_COLOURS),
            make=kind["make"],
            model=kind["model"],
        )
        self.vehicles.append(vehicle)
        return vehicle

    def _plate(self) -> str:
        while True:
            pick = self._chance.pick
            age = self._chance.between(8, 25) + (50 if self._chance.maybe(0.5) else 0)
            tail = "".join(pick(_PLATE_LETTERS) for _ in range(3))
            plate = f"{pick(_PLATE_FIRST)}{pick(_PLATE_LETTERS)}{age:02d}{tail}"
            if plate not in self._plates:
                self._plates.add(plate)
                return plate
