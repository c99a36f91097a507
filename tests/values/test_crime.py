"""A published crime: what a row must hold, and which row it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.values.crime import COLUMNS, CrimeWrong, parse

ROW = dict(
    zip(
        COLUMNS,
        (
            "ab" * 32,
            "2025-05",
            "Nenshire Police",
            "Nenshire Police",
            "-0.9",
            "52.2",
            "On or near Invented Street",
            "E01",
            "Nenbridge 001",
            "Drugs",
            "Under investigation",
            "",
        ),
        strict=True,
    )
)


def test_a_row_is_read() -> None:
    crime = parse(ROW)
    assert (crime.month, crime.longitude, crime.latitude, crime.crime_type) == (date(2025, 5, 1), -0.9, 52.2, "Drugs")


def test_a_row_without_a_place_is_a_crime_all_the_same() -> None:
    assert parse({**ROW, "Longitude": "", "Latitude": "", "LSOA code": ""}).longitude is None


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("Month", "2025-13", "Month"),
        ("Month", "", "Month"),
        ("Longitude", "west", "Longitude is not a number"),
        ("Longitude", "nan", "not between"),
        ("Latitude", "95", "not between -90 and 90"),
        ("Latitude", "", "Only one of Longitude and Latitude"),
        ("Crime type", " ", "Crime type is empty"),
        ("Crime ID", "x" * 65, "longer than 64"),
    ],
)
def test_what_a_street_file_never_holds_is_refused_by_its_column(column: str, text: str, said: str) -> None:
    with pytest.raises(CrimeWrong, match=said):
        parse({**ROW, column: text})


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_true_duplicates_have_identities_of_their_own(first: int, second: int) -> None:
    crime = parse(ROW)
    assert (crime.identity(first) == crime.identity(second)) == (first == second)


def test_a_later_outcome_or_a_renamed_area_is_the_same_row_and_another_place_is_not() -> None:
    content = parse(ROW).content
    assert parse({**ROW, "Last outcome category": "Charged", "LSOA name": "Renamed"}).content == content
    assert parse({**ROW, "Location": "On or near Other Street"}).content != content
    assert parse({**ROW, "Longitude": "-0.900001"}).content != content
