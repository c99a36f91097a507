"""The map of small areas, drawn on the server: shapes in classes that differ by pattern as well as by shade."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 700
CLASSES = 5

Rings = Sequence[Sequence[Sequence[float]]]
"""Outlines: rings of longitude and latitude, WGS 84 degrees."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An area with its outline and how many crimes it has."""

    code: str
    name: str
    count: int
    rings: Rings


@dataclass(frozen=True, slots=True)
class Shape:
    """An area as it is drawn: an SVG path and its class from 0 (none) to `CLASSES`."""

    area: Counted
    path: str
    shade: int


@dataclass(frozen=True, slots=True)
class Legend:
    """One class and the counts that fall into it."""

    shade: int
    lowest: int
    highest: int

    @property
    def words(self) -> str:
        """Return the range as it is read."""
        return f"{self.lowest:,}" if self.lowest == self.highest else f"{self.lowest:,} to {self.highest:,}"


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A drawn map in SVG units."""

    shapes: tuple[Shape, ...]
    legend: tuple[Legend, ...]
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """What part of the earth is drawn, in degrees, and how: east–west shrunk by the middle latitude's cosine."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, areas: Sequence[Counted], *, margin: float = 0.02) -> "Frame":
        """Return the frame that holds all `areas` with a margin, as a share of its width."""
        points = [point for area in areas for ring in area.rings for point in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        aside = margin * max(east - west, north - south, 1e-6)
        return cls(west - aside, south - aside, east + aside, north + aside)

    @property
    def scale(self) -> float:
        """Return SVG units in a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """Return how many degrees of longitude a degree of latitude is as long as."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))

    @property
    def height(self) -> int:
        """Return the drawing's height in SVG units."""
        return max(1, round((self.north - self.south) * self.stretch * self.scale))

    def holds(self, area: Counted) -> bool:
        """Return whether any point of an area's outline lies in the frame."""
        return any(
            self.west <= x <= self.east and self.south <= y <= self.north for ring in area.rings for x, y in ring
        )

    def path(self, rings: Rings) -> str:
        """Return an SVG path of the rings; one decimal is finer than a pixel."""
        return "".join(
            "M" + "L".join(f"{(x - self.west) * self.scale:.1f} {self._down(y):.1f}" for x, y in ring[:-1]) + "Z"
            for ring in rings
        )

    def _down(self, latitude: float) -> float:
        return (self.north - latitude) * self.stretch * self.scale


def draw(areas: Sequence[Counted], frame: Frame | None = None) -> AreaMap | None:
    """Return the map of `areas`, or None when none has an outline.

    Areas outside `frame` are left out. Classes are cut so that each holds about as many areas as the next;
    an area with no crime is in class 0.
    """
    outlined = [area for area in areas if area.rings]
    if not outlined:
        return None
    frame = frame or Frame.around(outlined)
    cuts = class_cuts([area.count for area in outlined])
    shapes = tuple(
        Shape(area, frame.path(area.rings), shade_of(area.count, cuts)) for area in outlined if frame.holds(area)
    )
    return AreaMap(shapes, legend_of([area.count for area in outlined], cuts), WIDTH, frame.height)


def class_cuts(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the lowest count of every class but the first, from the quantiles of the counts above 0."""
    some = sorted(count for count in counts if count > 0)
    cuts = {some[len(some) * place // CLASSES] for place in range(1, CLASSES)} if some else set()
    return tuple(sorted(cut for cut in cuts if cut > some[0]))


def shade_of(count: int, cuts: Sequence[int]) -> int:
    """Return the class of a count: 0 for none, else from 1."""
    return 0 if count == 0 else 1 + bisect_right(cuts, count)


def legend_of(counts: Sequence[int], cuts: Sequence[int]) -> tuple[Legend, ...]:
    """Return the classes that occur, each with the counts that really fall into it."""
    by_shade: dict[int, list[int]] = {}
    for count in counts:
        by_shade.setdefault(shade_of(count, cuts), []).append(count)
    return tuple(Legend(shade, min(found), max(found)) for shade, found in sorted(by_shade.items()))
