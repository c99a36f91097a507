"""A small area of a county: its code, its name and its outline, read from GeoJSON (RFC 7946)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
"""Longitude and latitude, WGS 84 degrees."""
Ring = tuple[Point, ...]

LEAST_POINTS = 4


class AreaWrong(ValueError):
    """A feature is not an area; the sentence says why."""


@dataclass(frozen=True, slots=True)
class SmallArea:
    """One area. Its rings are closed; holes are rings like the others, to be filled even-odd."""

    code: str
    name: str
    rings: tuple[Ring, ...]


def parse(feature: Any, *, code: str, name: str) -> SmallArea:  # noqa: ANN401 - parsed JSON is anything until checked
    """Read one feature of a GeoJSON collection; `code` and `name` say which properties hold them.

    Raises:
        AreaWrong: it has no such property, or its geometry is not a polygon or several.
    """
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        raise AreaWrong("It has no properties.")
    found_code, found_name = (properties.get(key) for key in (code, name))
    if not isinstance(found_code, str) or not found_code.strip() or len(found_code) > 20:  # noqa: PLR2004 - as stored
        raise AreaWrong(f"Its property “{code}” holds no code of an area.")
    if not isinstance(found_name, str):
        raise AreaWrong(f"Its property “{name}” holds no name.")
    return SmallArea(found_code.strip(), found_name.strip()[:120], tuple(_rings(feature.get("geometry"))))


def _rings(geometry: Any) -> Iterator[Ring]:  # noqa: ANN401 - parsed JSON is anything until checked
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise AreaWrong("Its geometry is not a polygon.")
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    try:
        rings = [
            tuple((float(point[0]), float(point[1])) for point in ring) for polygon in polygons for ring in polygon
        ]
    except (TypeError, ValueError, IndexError) as error:
        raise AreaWrong("Its outline is not made of pairs of numbers.") from error
    if not rings or any(len(ring) < LEAST_POINTS for ring in rings):
        raise AreaWrong("Its outline has a ring of fewer than four points.")
    if not all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):  # noqa: PLR2004 - degrees
        raise AreaWrong("Its outline is not in degrees of longitude and latitude.")
    yield from rings


def simplified(ring: Ring, tolerance: float) -> Ring:
    """Return a ring with fewer points, none of which left lay further than `tolerance` degrees away.

    Two areas that share a border may come apart by as much (Douglas and Peucker 1973). A ring keeps at least
    four points, so that it stays a ring.
    """
    halfway = max(range(len(ring)), key=lambda at: math.dist(ring[0], ring[at]))
    kept = sorted(
        {0, halfway, len(ring) - 1}
        | set(_far(ring, 0, halfway, tolerance))
        | set(_far(ring, halfway, len(ring) - 1, tolerance))
    )
    return tuple(ring[at] for at in kept) if len(kept) >= LEAST_POINTS else ring


def _far(ring: Sequence[Point], first: int, last: int, tolerance: float) -> Iterator[int]:
    """Yield the points between two kept ones that must be kept as well; its own stack, so that no ring is too long."""
    spans = [(first, last)]
    while spans:
        start, end = spans.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing lies between neighbours
            continue
        far = max(range(start + 1, end), key=lambda at: _distance(ring[at], ring[start], ring[end]))
        if _distance(ring[far], ring[start], ring[end]) > tolerance:
            yield far
            spans += [(start, far), (far, end)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the segment between two others."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2
    if not length:
        return math.dist(point, start)
    share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))
