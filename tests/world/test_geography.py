import json
from pathlib import Path

import pytest

from lastpiece.world.chance import Chance
from lastpiece.world.geography import AreasUnreadable, Ground, read_areas, towns

REAL = Path(__file__).parents[2] / "../shared/data/crime/geo/northants_lsoa21.geojson"
RING = [[-0.73, 52.39], [-0.72, 52.39], [-0.72, 52.40], [-0.73, 52.40], [-0.73, 52.39]]


def written(folder: Path, geometry: object, properties: object) -> Path:
    path = folder / "areas.geojson"
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


def test_a_home_lies_inside_the_area_it_is_given(tmp_path: Path) -> None:
    path = written(tmp_path, {"type": "Polygon", "coordinates": [RING]}, {"lsoa21_code": "E1", "lsoa21_name": "Middle"})
    [area] = read_areas(path)
    kettering = next(town for town in towns() if town.outward == "NN16")
    chance = Chance(1)

    spots = [Ground([area]).place(kettering, chance) for _ in range(50)]

    assert {spot.area for spot in spots} == {"E1"}
    assert all(area.holds(spot.lon, spot.lat) for spot in spots)


def test_a_hole_in_an_area_is_outside_it(tmp_path: Path) -> None:
    hole = [[-0.727, 52.393], [-0.723, 52.393], [-0.723, 52.397], [-0.727, 52.397], [-0.727, 52.393]]
    path = written(tmp_path, {"type": "MultiPolygon", "coordinates": [[RING, hole]]}, {"code": "E1"})
    [area] = read_areas(path)

    assert area.holds(-0.7295, 52.3905)
    assert not area.holds(-0.725, 52.395)


def test_without_areas_a_home_lies_near_its_town() -> None:
    chance = Chance(2)
    for town in towns():
        spot = Ground().place(town, chance)
        assert abs(spot.lat - town.lat) < 0.08
        assert abs(spot.lon - town.lon) < 0.13
        assert spot.area is None


def test_real_small_areas_are_read() -> None:
    if not REAL.exists():
        pytest.skip("the real small areas of ../shared/data are not here")
    areas = read_areas(REAL)

    assert len(areas) > 400
    assert all(area.code.startswith("E01") for area in areas)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not json", "not JSON"),
        ("[]", "no list of features"),
        ('{"features": []}', "no list of features"),
        ('{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}', "without a code"),
        (
            '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}]}',
            "without a code",
        ),
        ('{"features": [null]}', "without a code"),
    ],
)
def test_a_bad_area_file_is_refused_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AreasUnreadable, match=says):
        read_areas(path)


def test_a_missing_area_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AreasUnreadable, match=r"none\.geojson could not be read"):
        read_areas(tmp_path / "none.geojson")
