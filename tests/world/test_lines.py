from datetime import date

import pytest

from lastpiece.world.county import County, invent
from lastpiece.world.lines import Line

ORDER = ["suspected", "named", "number_known", "active"]


@pytest.fixture(scope="module")
def county() -> County:
    return invent(11, reports=12_000, weeks=26, start=date(2026, 1, 5))


def closings(line: Line) -> list[int]:
    return [step.day for step in line.steps if step.state.startswith("closed")]


def test_every_line_rises_in_the_same_order(county: County) -> None:
    for line in county.lines:
        assert [step.state for step in line.steps[:4]] == ORDER


def test_days_never_run_backwards_within_a_life(county: County) -> None:
    for line in county.lines:
        for first, end in line.trading:
            assert first < end
        assert line.trading == sorted(line.trading)


def test_a_line_sleeps_in_one_home_at_a_time_for_one_to_fourteen_days(county: County) -> None:
    for line in county.lines:
        for stay, following in zip(line.stays, line.stays[1:], strict=False):
            assert 1 <= stay.end - stay.first <= 14
            assert stay.end <= following.first
        assert 2 <= len(line.homes) <= 6


def test_a_line_sells_on_one_number_whenever_it_trades(county: County) -> None:
    for line in county.lines:
        for day in range(0, county.days, 3):
            assert (line.phone_on(day) is not None) == line.trades_on(day) == (line.home_on(day) is not None)


def test_a_closed_line_comes_back_on_a_new_number(county: County) -> None:
    back = [
        (line, step.day) for line in county.lines for step in line.steps if step.state in {"re_opened", "handed_over"}
    ]

    assert back
    for line, day in back:
        before = {use.phone.id for use in line.sims if use.end <= day}
        now = line.phone_on(day)
        assert now is not None
        assert now.id not in before


def test_thirty_to_sixty_in_a_hundred_closed_lines_fill_again_within_ninety_days(county: County) -> None:
    closed = [(line, day) for line in county.lines for day in closings(line) if day + 90 < county.days]
    filled = [
        any(
            step.state in {"re_opened", "handed_over", "replaced_by"} and 10 <= step.day - day <= 90
            for step in line.steps
        )
        for line, day in closed
    ]

    assert len(closed) > 20
    assert 0.25 < sum(filled) / len(filled) < 0.65


def test_a_replaced_line_names_its_heir_which_takes_over_homes(county: County) -> None:
    lines = {line.id: line for line in county.lines}
    replaced = [(line, step) for line in county.lines for step in line.steps if step.state == "replaced_by"]

    assert replaced
    for line, step in replaced:
        assert {home.id for home in lines[step.other].homes} & {home.id for home in line.homes}


def test_three_in_ten_runners_are_children_and_every_child_is_a_victim(county: County) -> None:
    runners = [runner for line in county.lines for runner in line.runners]
    children = [runner for runner in runners if runner.age < 18]

    assert 0.24 < len(children) / len(runners) < 0.36
    assert all(child.victim for child in children)
    assert all(4 <= len(line.runners) <= 12 for line in county.lines)


def test_every_host_is_a_victim(county: County) -> None:
    assert all(home.resident.victim for line in county.lines for home in line.homes)
