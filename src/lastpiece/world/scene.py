"""What a teller can put into words: fills the slots of the phrase book from one happening."""

from collections.abc import Callable, Sequence
from datetime import date

from lastpiece.world import spelling
from lastpiece.world.chance import Chance
from lastpiece.world.grammar import Bit
from lastpiece.world.happenings import Happening
from lastpiece.world.spelling import Bits

_NICKNAME_SHARE = 0.16


class Scene:
    """Answers the slots of one report. The same slot may be written differently each time it is asked for."""

    __slots__ = ("_chance", "_happening", "_seen_on", "_told_on")

    def __init__(self, chance: Chance, happening: Happening, *, seen_on: date, told_on: date) -> None:
        self._chance = chance
        self._happening = happening
        self._seen_on = seen_on
        self._told_on = told_on

    def fill(self, slot: str) -> Sequence[Bit] | str:
        """Return the words for a slot.

        Raises:
            KeyError: the phrase book asks for a slot that no scene has.
        """
        return _SLOTS[slot](self, self._chance, self._happening)

    def drug(self, at: int) -> Bits:
        """Return the first or a later drug sold."""
        drugs = self._happening.drugs
        return spelling.drug(self._chance, drugs[min(at, len(drugs) - 1)])

    def brand(self) -> Bits | str:
        """Return the line's brand."""
        line = self._happening.line
        return spelling.brand(self._chance, line.brand, line.id) if line else "somebody"

    def phone(self, *, whole: bool) -> Bits | str:
        """Return the number sold on, or what is remembered of it."""
        sim = self._happening.phone
        if sim is None:
            return "a withheld number"
        return spelling.phone(self._chance, sim) if whole else spelling.part_of_phone(self._chance, sim)

    def day(self) -> Bits:
        """Return the day it was seen."""
        return spelling.day(self._chance, self._seen_on, self._told_on)


def _station(happening: Happening) -> str:
    return f"{happening.town.name if happening.town.station else 'Northampton'} station"


_Slot = Callable[[Scene, Chance, Happening], "Sequence[Bit] | str"]
_SLOTS: dict[str, _Slot] = {
    "home": lambda _, c, h: spelling.address(c, h.home),
    "road": lambda _, c, h: spelling.place(c, h.home.street),
    "town": lambda _, c, h: spelling.place(c, h.town.name, short=h.town.short),
    "spot": lambda _, c, h: spelling.place(c, h.spot),
    "station": lambda _, c, h: spelling.place(c, _station(h)),
    "origin": lambda _, c, h: spelling.place(c, h.origin),
    "postcode": lambda _, __, h: spelling.postcode(h.home),
    "resident": lambda _, c, h: spelling.person(c, h.resident, nickname=0.0),
    "resident_they": lambda _, c, __: c.pick(("he", "she", "the tenant")),
    "holder": lambda _, c, h: spelling.person(c, h.main, nickname=_NICKNAME_SHARE),
    "holder_other": lambda _, c, h: spelling.person(c, h.other, nickname=_NICKNAME_SHARE),
    "offender": lambda _, c, h: spelling.person(c, h.main, nickname=_NICKNAME_SHARE),
    "neighbour": lambda _, c, h: spelling.person(c, h.main, nickname=0.0),
    "kid": lambda _, c, h: spelling.person(c, h.child, nickname=_NICKNAME_SHARE),
    "kid_nick": lambda _, __, h: spelling.nickname_of(h.child),
    "nick": lambda _, __, h: spelling.nickname_of(h.main),
    "handle": lambda _, c, h: spelling.handle(c, h.main),
    "vehicle": lambda _, c, h: spelling.vehicle(c, h.vehicle),
    "plate": lambda _, c, h: spelling.plate(c, h.vehicle),
    "platepart": lambda _, c, h: spelling.part_of_plate(c, h.vehicle),
    "phone": lambda s, _, __: s.phone(whole=True),
    "phonepart": lambda s, _, __: s.phone(whole=False),
    "drug": lambda s, _, __: s.drug(0),
    "drug_other": lambda s, _, __: s.drug(1),
    "weapon": lambda _, c, __: spelling.weapon(c),
    "time": lambda _, c, __: spelling.pattern(c),
    "clock": lambda _, c, __: spelling.clock(c),
    "day": lambda s, _, __: s.day(),
    "money": lambda _, c, __: spelling.money(c),
    "brand": lambda s, _, __: s.brand(),
}
SLOTS = frozenset(_SLOTS)
