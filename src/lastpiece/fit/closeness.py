"""Closeness in time and place as evidence that two sightings are of one thing.

Both weights are log2 of a ratio of densities. For one thing: seen again soon and near with some
probability, anywhere and at any time otherwise. For two things: anywhere, at any time. Far apart is
therefore weak evidence against, never a refusal: people travel, and tips come late.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


@dataclass(frozen=True, slots=True)
class ClosenessModel:
    """How sightings of one thing lie; the defaults are judgement, not learnt from data.

    Attributes:
        stays: Probability that another sighting of one thing belongs to the same spell and patch.
        spell_days: Mean days between two sightings of one spell.
        window_days: Days over which sightings of unrelated things are spread.
        patch_km: Standard deviation of a patch in kilometres, in each direction.
        area_km2: Area over which sightings of unrelated things are spread: the built-up part of a county.
    """

    stays: float = 0.7
    spell_days: float = 30.0
    window_days: float = 365.0
    patch_km: float = 3.0
    area_km2: float = 400.0

    def __post_init__(self) -> None:
        if not 0 < self.stays < 1 or min(self.spell_days, self.window_days, self.patch_km, self.area_km2) <= 0:
            raise ValueError("`stays` lies between 0 and 1, and every length, area and time is above 0.")


DEFAULT_CLOSENESS = ClosenessModel()


def days_bits(days: float, model: ClosenessModel = DEFAULT_CLOSENESS) -> float:
    """Return the weight in bits of two sightings `days` apart."""
    together = math.exp(-abs(days) / model.spell_days) / model.spell_days
    return math.log2(model.stays * together * model.window_days + 1 - model.stays)


def distance_bits(distance_km: float, model: ClosenessModel = DEFAULT_CLOSENESS) -> float:
    """Return the weight in bits of two sightings `distance_km` apart."""
    spread = 2 * model.patch_km**2
    together = math.exp(-(distance_km**2) / spread) / (math.pi * spread)
    return math.log2(model.stays * together * model.area_km2 + 1 - model.stays)


def nearest_days(day: date | None, others: Iterable[date | None]) -> int | None:
    """Return the days from `day` to the nearest of `others`, or None when either is not known."""
    if day is None:
        return None
    return min((abs((day - other).days) for other in others if other is not None), default=None)


def nearest_km(place: tuple[float, float] | None, others: Iterable[tuple[float, float] | None]) -> float | None:
    """Return the kilometres from `place` to the nearest of `others`, or None when either is not known."""
    if place is None:
        return None
    return min((distance_km(place, other) for other in others if other is not None), default=None)


def distance_km(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Return the great-circle distance between two (latitude, longitude) points in degrees (haversine)."""
    lat_left, lon_left, lat_right, lon_right = map(math.radians, (*left, *right))
    half = (
        math.sin((lat_right - lat_left) / 2) ** 2
        + math.cos(lat_left) * math.cos(lat_right) * math.sin((lon_right - lon_left) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, half)))
