"""What happens on a day that somebody may see: drawn from what is true of the county on that day."""

from dataclasses import dataclass

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.county import County, Dispute, Offender
from lastpiece.world.geography import Town
from lastpiece.world.lines import Line
from lastpiece.world.people import Home, Person, Phone, Vehicle
from lastpiece.world.spelling import DRUG_WORDS
from lastpiece.world.wordlists import text_of

DRUG_TOPICS = ("cuckooing", "house_dealing", "street_dealing", "advert", "runner", "boss", "grow", "threat")
_LINE_TOPICS: Odds[str] = Odds(
    {"cuckooing": 19, "house_dealing": 13, "street_dealing": 13, "advert": 1.8, "runner": 9, "boss": 9, "threat": 1.5}
)
_OUR_SIDE: Odds[str] = Odds({"line": 56, "offender": 22, "dispute": 22})  # 60 in 100 reports speak of drugs
_TRADE_TOPICS = {
    "grow": "grow",
    "weapon": "weapon",
    "slavery": "slavery",
    "stolen goods": "stolen goods",
    "counterfeit": "counterfeit",
}
_DRUG_NAMES = tuple(DRUG_WORDS)
_ORIGINS = ("London", "Birmingham", "Leicester", "Luton", "Coventry")


@dataclass(frozen=True, slots=True)
class Happening:
    """One happening with everything a witness could have noticed."""

    id: str
    topic: str
    day: int
    town: Town
    spot: str
    home: Home
    main: Person
    other: Person
    resident: Person
    child: Person
    vehicle: Vehicle
    phone: Phone | None
    drugs: tuple[str, ...]
    origin: str
    line: Line | None = None
    offender: Offender | None = None
    dispute: Dispute | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """Ids of the line, offender or dispute, and of the home, that a report of this speaks of."""
        root = self.line or self.offender or self.dispute
        return (*((root.id,) if root else ()), self.home.id)


def _spots() -> tuple[str, ...]:
    return tuple(line.partition("|")[2] for line in text_of("words/spots.txt").splitlines())


class Days:
    """Yields happenings of one day after another."""

    def __init__(self, county: County, chance: Chance) -> None:
        self._county = county
        self._chance = chance
        self._spots = _spots()
        self._count = 0
        self._day = -1
        self._trading: list[Line] = []

    def happening(self, day: int) -> Happening:
        """Return something that happens on `day`."""
        if day != self._day:
            self._day = day
            self._trading = [line for line in self._county.lines if line.trades_on(day) and line.home_on(day)]
        side = self._chance.draw(_OUR_SIDE)
        if side == "line" and self._trading:
            return self._of_line(self._chance.pick(self._trading), day)
        if side == "dispute":
            return self._of_dispute(self._chance.pick(self._county.disputes), day)
        return self._of_offender(self._chance.pick(self._county.offenders), day)

    def _name(self) -> str:
        self._count += 1
        return f"happening-{self._count}"

    def _of_line(self, line: Line, day: int) -> Happening:
        chance = self._chance
        home = line.home_on(day) or line.homes[0]
        children = [runner for runner in line.runners if runner.victim] or line.runners
        return Happening(
            id=self._name(),
            topic=chance.draw(_LINE_TOPICS),
            day=day,
            town=line.town,
            spot=chance.pick(self._spots),
            home=home,
            main=chance.pick((line.holder_on(day), *line.lieutenants)),
            other=chance.pick(line.lieutenants),
            resident=home.resident,
            child=chance.pick(children),
            vehicle=chance.pick(line.vehicles),
            phone=line.phone_on(day),
            drugs=line.drugs if chance.maybe(0.8) else ("unspecified", *line.drugs),
            origin=line.origin or line.town.name,
            line=line,
        )

    def _of_offender(self, offender: Offender, day: int) -> Happening:
        chance = self._chance
        return Happening(
            id=self._name(),
            topic=_TRADE_TOPICS[offender.trade],
            day=day,
            town=offender.home.town,
            spot=chance.pick(self._spots),
            home=offender.home,
            main=offender.person,
            other=offender.person,
            resident=offender.person,
            child=offender.person,
            vehicle=offender.vehicle,
            phone=None,
            drugs=("cannabis",) if offender.trade == "grow" else (chance.pick(_DRUG_NAMES),),
            origin=chance.pick(_ORIGINS),
            offender=offender,
        )

    def _of_dispute(self, dispute: Dispute, day: int) -> Happening:
        other = dispute.other
        return Happening(
            id=self._name(),
            topic=dispute.topic,
            day=day,
            town=other.town,
            spot=self._chance.pick(self._spots),
            home=other,
            main=other.resident,
            other=other.resident,
            resident=other.resident,
            child=other.resident,
            vehicle=self._chance.pick(self._county.offenders).vehicle,
            phone=None,
            drugs=("unspecified",),
            origin=other.town.name,
            dispute=dispute,
        )
