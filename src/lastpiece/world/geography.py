"""Where the invented county lies: real towns from public facts, and real small areas where a file gives them.

Towns, their rough positions and 2021 census sizes are public facts (ONS). Streets are invented, and postcodes
use only sectors that Code-Point Open 2025 shows to be empty, so no invented home is anybody's.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lastpiece.world.chance import Chance, Odds
from lastpiece.world.wordlists import rows

Ring = tuple[tuple[float, float], ...]

_DEGREES_PER_KM = 1 / 111.2
_LON_STRETCH = 1.63  # degrees of longitude per degree of latitude at 52.3° north
_TRIES = 200


class AreasUnreadable(Exception):
    """A file of small areas cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town, or the part of one that has its own outward postcode."""

    name: str
    short: str
    lat: float
    lon: float
    population: int
    outward: str
    empty_sectors: str
    station: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A small area: outer rings of (lon, lat), and the box around them (west, south, east, north)."""

    code: str
    name: str
    rings: tuple[Ring, ...] = field(repr=False)
    box: tuple[float, float, float, float]

    def holds(self, lon: float, lat: float) -> bool:
        """Return whether the point lies inside, by the even-odd rule over all rings."""
        return sum(_crossings(ring, lon, lat) for ring in self.rings) % 2 == 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A position, and the code of the small area it lies in where areas were given."""

    lat: float
    lon: float
    area: str | None


def _crossings(ring: Ring, lon: float, lat: float) -> int:
    """Return how many sides of the ring a ray to the east crosses."""
    count = 0
    for (west, south), (east, north) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (south > lat) != (north > lat) and lon < (east - west) * (lat - south) / (north - south) + west:
            count += 1
    return count


@cache
def towns() -> tuple[Town, ...]:
    """Return the towns of the county."""
    return tuple(
        Town(
            name=row["name"],
            short=row["short"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            population=int(row["population"]),
            outward=row["outward"],
            empty_sectors=row["empty_sectors"],
            station=row["station"] == "yes",
        )
        for row in rows("towns")
    )


@cache
def town_odds() -> Odds[Town]:
    """Return the towns weighted by people."""
    return Odds({town: float(town.population) for town in towns()})


def read_areas(path: Path) -> tuple[Area, ...]:
    """Read small areas from a GeoJSON file of polygons in WGS 84.

    Raises:
        AreasUnreadable: not a file, not GeoJSON, no polygon, or a polygon without a code.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AreasUnreadable(f"{path} could not be read: {error.strerror}.") from error
    except ValueError as error:
        raise AreasUnreadable(f"{path} is not GeoJSON: it is not JSON in UTF-8.") from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise AreasUnreadable(f"{path} is not GeoJSON with areas: it has no list of features.")
    try:
        return tuple(_area(feature) for feature in features)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise AreasUnreadable(f"{path} holds an area without a code, or one that is not a polygon.") from error


def _area(feature: dict[str, Any]) -> Area:
    shape = feature["geometry"]
    if shape["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(shape["type"])
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    rings = tuple(
        tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
    )
    lons = [lon for ring in rings for lon, _ in ring]
    lats = [lat for ring in rings for _, lat in ring]
    properties = feature["properties"]
    code = _property(properties, ("code", "cd"))
    box = (min(lons), min(lats), max(lons), max(lats))
    return Area(code=code, name=_property(properties, ("name", "nm"), code), rings=rings, box=box)


def _property(properties: dict[str, Any], endings: tuple[str, ...], default: str | None = None) -> str:
    for key, value in properties.items():
        if key.lower().endswith(endings) and isinstance(value, str) and value:
            return value
    if default is None:
        raise KeyError(endings[0])
    return default


class Ground:
    """Gives every invented home a place: near its town's middle, or inside a real small area of that town."""

    def __init__(self, areas: Iterable[Area] = ()) -> None:
        self._by_town: dict[Town, list[Area]] = {}
        for area in areas:
            self._by_town.setdefault(_nearest(area), []).append(area)

    def place(self, town: Town, chance: Chance) -> Spot:
        """Return a spot in the town."""
        areas = self._by_town.get(town)
        if not areas:
            return _near(town, chance)
        area = chance.pick(areas)
        west, south, east, north = area.box
        for _ in range(_TRIES):
            lon, lat = west + chance.unit() * (east - west), south + chance.unit() * (north - south)
            if area.holds(lon, lat):
                return Spot(round(lat, 5), round(lon, 5), area.code)
        lon, lat = area.rings[0][0]
        return Spot(round(lat, 5), round(lon, 5), area.code)


def _nearest(area: Area) -> Town:
    west, south, east, north = area.box
    lon, lat = (west + east) / 2, (south + north) / 2
    return min(towns(), key=lambda town: (town.lat - lat) ** 2 + ((town.lon - lon) / _LON_STRETCH) ** 2)


def _near(town: Town, chance: Chance) -> Spot:
    """Return a spot in a disc that grows with the town: 20,000 people in about 2 km of radius."""
    radius = 2.0 * (town.population / 20_000) ** 0.5 * _DEGREES_PER_KM
    while True:
        x, y = 2 * chance.unit() - 1, 2 * chance.unit() - 1
        if x * x + y * y <= 1:
            return Spot(round(town.lat + y * radius, 5), round(town.lon + x * radius * _LON_STRETCH, 5), None)
