import re
from datetime import date

import pytest

from lastpiece.world.county import County, invent


@pytest.fixture(scope="module")
def county() -> County:
    return invent(4, reports=3000, weeks=12, start=date(2026, 1, 5))


def test_every_number_is_one_of_the_drama_numbers(county: County) -> None:
    assert all(re.fullmatch(r"\+447700900\d{3}", phone.number) for phone in county.population.phones)
    assert len({phone.number for phone in county.population.phones}) == len(county.population.phones)


def test_no_plate_could_be_real(county: County) -> None:
    plates = [vehicle.plate for vehicle in county.population.vehicles]

    assert all(re.fullmatch(r"[QZ][A-Z]\d\d[A-Z]{3}", plate) for plate in plates)
    assert len(set(plates)) == len(plates)


def test_no_postcode_lies_in_a_sector_where_people_live(county: County) -> None:
    for home in county.population.homes:
        outward, inward = home.postcode.split(" ")
        assert outward == home.town.outward
        assert inward[0] in home.town.empty_sectors
