"""The registry: every kind of value by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from lastpiece.values.address import Address
from lastpiece.values.comparison import Kind
from lastpiece.values.drug import Drug
from lastpiece.values.handle import Handle
from lastpiece.values.money import Money
from lastpiece.values.name import Nickname, PersonName
from lastpiece.values.organisation import Organisation
from lastpiece.values.period import Period
from lastpiece.values.phone import Phone
from lastpiece.values.place import Place
from lastpiece.values.plate import Plate
from lastpiece.values.postcode import Postcode
from lastpiece.values.vehicle import Vehicle
from lastpiece.values.weapon import Weapon

_ALL: tuple[Kind, ...] = (
    PersonName(),
    Nickname(),
    Phone(),
    Plate(),
    Vehicle(),
    Address(),
    Postcode(),
    Place(),
    Handle(),
    Drug(),
    Weapon(),
    Period(),
    Money(),
    Organisation(),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by name: person, nickname, phone, plate, vehicle, address, postcode, place, handle, drug, weapon,
time, money, organisation."""
