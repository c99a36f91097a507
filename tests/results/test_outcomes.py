"""Outcomes: typed amounts, entries that replace and never overwrite, and the figures of a week."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.results.outcomes import (
    KINDS,
    Entry,
    FourP,
    OutcomeWrong,
    cells,
    check,
    standing,
    still_provisional,
    with_people_made_safer,
)


def entry(number: int, kind: str, amount: str, detail: str = "") -> Entry:
    measure = "g" if kind == "drugs" else KINDS[kind].measures[0]
    return Entry(number, kind, Decimal(amount), detail=detail, measure=measure)


def shown(entries: list[Entry]) -> dict[str, int]:
    return {cell.key: cell.value for cell in cells(entries)}


def test_every_kind_is_tagged_with_one_of_the_four_ps_and_has_a_measure() -> None:
    assert {kind.four_p for kind in KINDS.values()} == {FourP.PURSUE, FourP.PREVENT, FourP.PROTECT}
    assert all(kind.measures for kind in KINDS.values())


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        (("arrests", "", "", "22"), "22"),
        (("cash", "", "£", "£10,256.50"), "10256.50"),
        (("drugs", "crack", "g", "66 g"), "66"),
        (("drugs", "heroin", "wraps", "32"), "32"),
        (("weapons_seized", "crossbow", "items", " 1 "), "1"),
        (("schools", "", "", "0"), "0"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: tuple[str, str, str, str], amount: str) -> None:
    kind, detail, measure, written = typed
    assert check(kind, detail=detail, measure=measure, amount=written)[1] == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("raids", "", "", "1"), "kind"),
        (("drugs", "", "g", "1"), "detail"),
        (("drugs", "knife", "g", "1"), "detail"),
        (("weapons_seized", "", "", "1"), "detail"),
        (("arrests", "crack", "", "1"), "detail"),
        (("arrests", "", "g", "1"), "measure"),
        (("arrests", "", "", ""), "amount"),
        (("arrests", "", "", "many"), "amount"),
        (("arrests", "", "", "2.5"), "amount"),
        (("arrests", "", "", "-1"), "amount"),
        (("arrests", "", "", "NaN"), "amount"),
        (("arrests", "", "", "1e99"), "amount"),
        (("cash", "", "", "1.234"), "amount"),
    ],
)
def test_what_is_no_outcome_is_refused_beside_its_field(typed: tuple[str, str, str, str], field: str) -> None:
    kind, detail, measure, written = typed
    with pytest.raises(OutcomeWrong) as error:
        check(kind, detail=detail, measure=measure, amount=written)
    assert error.value.field == field


def test_a_final_entry_replaces_the_provisional_one_and_both_are_kept() -> None:
    early = entry(1, "drugs", "30", "crack")
    later = Entry(2, "drugs", Decimal("28.4"), detail="crack", measure="g", status="final", replaces=1)
    assert standing([early, later]) == (later,)
    assert still_provisional([early]) == (early,)
    assert still_provisional([early, later]) == ()
    assert shown([early, later]) == {"drugs_crack_g": 28}


def test_entries_of_several_shifts_add_up() -> None:
    assert shown([entry(1, "arrests", "3"), entry(2, "arrests", "4")]) == {"arrests": 7}


def test_what_was_handed_in_is_never_added_to_what_was_seized() -> None:
    found = shown([entry(1, "weapons_seized", "2", "knife"), entry(2, "weapons_surrendered", "98", "knife")])
    assert found == {
        "weapons_seized": 2,
        "weapons_seized_knife": 2,
        "weapons_surrendered": 98,
        "weapons_surrendered_knife": 98,
    }


def test_weights_of_one_class_are_added_but_never_weights_and_wraps() -> None:
    wraps = Entry(3, "drugs", Decimal(30), detail="crack", measure="wraps")
    found = shown([entry(1, "drugs", "10", "crack"), entry(2, "drugs", "5.5", "heroin"), wraps])
    assert found == {
        "drugs_class_a_g": 16,
        "drugs_crack_g": 10,
        "drugs_crack_wraps": 30,
        "drugs_heroin_g": 6,
    }


def test_something_is_never_rounded_to_nothing() -> None:
    assert shown([entry(1, "drugs", "0.2", "heroin")]) == {"drugs_heroin_g": 1}
    assert shown([entry(1, "cash", "0")]) == {"cash": 0}


def test_adults_and_children_are_added_up_when_both_are_counted() -> None:
    both = with_people_made_safer(
        cells([entry(1, "safeguarded_adult", "11"), entry(2, "safeguarded_child", "15"), entry(3, "visits", "3")])
    )
    assert [(cell.key, cell.value) for cell in both] == [
        ("safeguarded", 26),
        ("safeguarded_adult", 11),
        ("safeguarded_child", 15),
        ("visits", 3),
    ]
    assert [
        (cell.key, cell.value) for cell in with_people_made_safer(cells([entry(1, "safeguarded_adult", "11")]))
    ] == [
        ("safeguarded", 11),
        ("safeguarded_adult", 11),
    ]


@given(st.lists(st.tuples(st.sampled_from(["arrests", "warrants", "schools"]), st.integers(0, 99)), max_size=12))
def test_the_order_of_recording_changes_no_figure(recorded: list[tuple[str, int]]) -> None:
    entries = [entry(number, kind, str(amount)) for number, (kind, amount) in enumerate(recorded)]
    assert shown(entries) == shown(entries[::-1])
