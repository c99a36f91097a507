"""Near in time and place speaks for one thing; far apart speaks weakly against."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.closeness import ClosenessModel, days_bits, distance_bits, distance_km, nearest_days, nearest_km

NORTHAMPTON, KETTERING = (52.2405, -0.9027), (52.3963, -0.7302)


def test_the_distance_between_two_towns_is_what_a_map_says() -> None:
    assert distance_km(NORTHAMPTON, KETTERING) == pytest.approx(20.9, abs=0.3)


def test_the_same_day_weighs_for_and_a_year_apart_weighs_against_but_never_kills() -> None:
    assert days_bits(0) > 2
    assert -2 < days_bits(365) < 0


@given(st.floats(0, 2000), st.floats(0, 2000))
def test_nearer_in_time_never_weighs_less(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert days_bits(near) >= days_bits(far)


@given(st.floats(0, 500), st.floats(0, 500))
def test_nearer_in_place_never_weighs_less(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert distance_bits(near) >= distance_bits(far)


def test_nothing_is_said_about_what_is_not_known() -> None:
    assert nearest_days(None, [date(2026, 1, 1)]) is None
    assert nearest_days(date(2026, 1, 1), [None]) is None
    assert nearest_km(None, [NORTHAMPTON]) is None
    assert nearest_km(NORTHAMPTON, []) is None


def test_a_model_outside_its_ranges_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        ClosenessModel(stays=1.0)
    with pytest.raises(ValueError, match="above 0"):
        ClosenessModel(spell_days=0)
