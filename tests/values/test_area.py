"""Small areas from GeoJSON, and outlines with fewer points."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.values.area import AreaWrong, Ring, parse, simplified

SQUARE = [[0.0, 50.0], [1.0, 50.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"properties": {"code": "E01", "name": "Nenbridge", **properties}, "geometry": geometry}


def test_a_polygon_and_several_with_a_hole_are_read() -> None:
    one = parse(feature({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}), code="code", name="name")
    two = parse(feature({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}), code="code", name="name")
    assert one.rings == two.rings
    assert (one.code, one.name, len(one.rings)) == ("E01", "Nenbridge", 2)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("text", "no properties"),
        ({"properties": {}}, "no code"),
        (feature({"type": "Polygon", "coordinates": [SQUARE]}, code=7), "no code"),
        (feature(None), "not a polygon"),
        (feature({"type": "Point", "coordinates": [0, 0]}), "not a polygon"),
        (feature({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}), "pairs of numbers"),
        (feature({"type": "Polygon", "coordinates": None}), "pairs of numbers"),
        (feature({"type": "Polygon", "coordinates": [SQUARE[:3]]}), "fewer than four"),
        (feature({"type": "Polygon", "coordinates": []}), "fewer than four"),
        (feature({"type": "Polygon", "coordinates": [[[488322, 288765]] * 4]}), "not in degrees"),
    ],
)
def test_what_is_no_area_is_refused_with_its_reason(found: object, said: str) -> None:
    with pytest.raises(AreaWrong, match=said):
        parse(found, code="code", name="name")


points = st.tuples(st.floats(-1, 1), st.floats(50, 51))


def off_the_line(point: tuple[float, float], ring: Ring) -> float:
    def off(start: tuple[float, float], end: tuple[float, float]) -> float:
        along = (end[0] - start[0], end[1] - start[1])
        length = along[0] ** 2 + along[1] ** 2
        share = ((point[0] - start[0]) * along[0] + (point[1] - start[1]) * along[1]) / length if length else 0
        share = min(1, max(0, share))
        return math.dist(point, (start[0] + share * along[0], start[1] + share * along[1]))

    return min(off(start, end) for start, end in itertools.pairwise(ring))


@given(st.lists(points, min_size=3, max_size=40), st.floats(0.0001, 0.5))
def test_a_simplified_ring_stays_closed_and_near_every_point_it_left_out(
    found: list[tuple[float, float]], tolerance: float
) -> None:
    ring = (*found, found[0])
    less = simplified(ring, tolerance)
    assert less[0] == less[-1]
    assert 4 <= len(less) <= len(ring)
    assert all(off_the_line(point, less) <= tolerance + 1e-9 for point in ring)
