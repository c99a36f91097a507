"""Small counts of people stay hidden, and nothing that is shown gives them away."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.results.disclosure import CannotHide, Why, hold_back
from lastpiece.results.outcomes import Cell


def people(key: str, value: int, *parts: str) -> Cell:
    return Cell(key, key, "people", value, people=True, parts=parts)


def family(adults: int, children: int) -> list[Cell]:
    return [
        people("all", adults + children, "adults", "children"),
        people("adults", adults),
        people("children", children),
    ]


def grid(counts: list[list[int]]) -> list[Cell]:
    """Return a table of people with a total for each row, each column and the whole."""
    rows, columns = range(len(counts)), range(len(counts[0]))
    inner = [people(f"{r}.{c}", counts[r][c]) for r in rows for c in columns]
    by_row = [people(f"row{r}", sum(counts[r]), *(f"{r}.{c}" for c in columns)) for r in rows]
    by_column = [people(f"col{c}", sum(row[c] for row in counts), *(f"{r}.{c}" for r in rows)) for c in columns]
    whole = sum(map(sum, counts))
    return [
        people("whole", whole, *(f"row{r}" for r in rows)),
        people("whole again", whole, *(f"col{c}" for c in columns)),
        *by_row,
        *by_column,
        *inner,
    ]


def could_be(cells: list[Cell], held: dict[str, Why], most: int) -> dict[str, set[int]]:
    """Return every value each hidden cell can take: an adversary who tries all tables, and knows no zero is hidden."""
    parts = {key: cell.parts for cell in cells for key in [cell.key]}
    hidden_leaves = [cell.key for cell in cells if cell.key in held and not cell.parts]
    found: dict[str, set[int]] = {key: set() for key in held}
    for guess in itertools.product(range(1, most + 1), repeat=len(hidden_leaves)):
        values = {cell.key: cell.value for cell in cells if not cell.parts} | dict(
            zip(hidden_leaves, guess, strict=True)
        )

        def total(key: str, values: dict[str, int] = values) -> int:
            return sum(map(total, parts[key])) if parts[key] else values[key]

        if all(total(cell.key) == cell.value for cell in cells if cell.key not in held):
            for key in held:
                found[key].add(total(key))
    return found


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 8))
def test_no_adversary_learns_how_many_adults_or_children_from_what_is_shown(a: int, c: int, threshold: int) -> None:
    cells = family(a, c)
    held = hold_back(cells, threshold=threshold)
    assert {cell.key for cell in cells if 0 < cell.value < threshold} <= held.keys()
    for key, values in could_be(cells, held, 26).items():
        assert len(values) > 1, (key, values)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2), st.integers(2, 6))
def test_no_adversary_learns_a_hidden_cell_of_a_table_with_totals_both_ways(
    counts: list[list[int]], threshold: int
) -> None:
    cells = [cell for cell in grid(counts) if cell.key != "whole again"]
    columns = [cell for cell in grid(counts) if cell.key == "whole again"]
    held = hold_back([*cells, *columns], threshold=threshold)
    for key, values in could_be([*cells, *columns], held, 9).items():
        assert len(values) > 1, (key, values, held)


def test_one_small_count_takes_its_neighbour_with_it_and_the_total_stays() -> None:
    assert hold_back(family(11, 3)) == {"children": Why.SMALL, "adults": Why.GUARDS}


def test_with_nobody_beside_it_the_total_goes_too() -> None:
    assert hold_back(family(0, 3)) == {"all": Why.SMALL, "children": Why.SMALL}


def test_two_ones_that_make_a_shown_two_would_be_known_so_the_total_goes() -> None:
    assert hold_back(family(1, 1), threshold=2) == {"adults": Why.SMALL, "children": Why.SMALL, "all": Why.GUARDS}


def test_nobody_is_a_figure_that_may_be_shown() -> None:
    assert hold_back(family(9, 0)) == {}


def test_counts_of_seizures_and_cash_are_not_people() -> None:
    cells = [Cell("drugs_crack_wraps", "Crack", "wraps", 1), Cell("cash", "Cash", "£", 2), people("arrests", 4)]
    assert hold_back(cells) == {"arrests": Why.SMALL}


def test_a_force_may_set_its_own_number() -> None:
    assert hold_back(family(11, 9), threshold=10) == {"children": Why.SMALL, "adults": Why.GUARDS}
    assert hold_back(family(1, 1), threshold=1) == {}


def test_the_smallest_of_several_guards_is_chosen() -> None:
    cells = [people("all", 52, "a", "b", "c"), people("a", 2), people("b", 20), people("c", 30)]
    assert hold_back(cells) == {"a": Why.SMALL, "b": Why.GUARDS}


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused() -> None:
    with pytest.raises(CannotHide, match="“all” is not the sum"):
        hold_back([people("all", 9, "a"), people("a", 8)])
