"""What is missing is said as a fact to look for, the most telling first."""

from datetime import date

import pytest

from lastpiece.fit.gaps import deciding_gaps, gaps
from lastpiece.fit.piece import EntityView, Piece
from lastpiece.fit.weighing import Frequencies, weigh


def told(number: int, kind: str, value: str, *, item: int | None = None, day: date | None = None) -> Piece:
    return Piece(
        number, item or number, f"source {number}", kind, value, partial="*" in value or "?" in value, seen_on=day
    )


def view(*pieces: Piece, companions: tuple[Piece, ...] = ()) -> EntityView:
    return EntityView(pieces[0].id, pieces[0].kind, pieces, companions)


def test_a_plate_that_lacks_one_letter_asks_for_that_letter() -> None:
    sentences = [gap.sentence for gap in gaps(view(told(1, "plate", "Z?19KXD")), top=20)]
    assert "The second letter of the plate" in sentences
    assert "The first letter of the plate" not in sentences


def test_a_plate_known_by_its_end_asks_for_its_letters_and_numbers() -> None:
    sentences = {gap.sentence for gap in gaps(view(told(1, "plate", "*KXD")), top=20)}
    assert {"The first letter of the plate", "The second number of the plate"} <= sentences


@pytest.mark.parametrize(
    ("kind", "value", "asked"),
    [
        ("phone", "*321", "The whole phone number"),
        ("postcode", "NN1", "The second half of the postcode"),
        ("address", "Willow Court", "Which flat in the block"),
        ("person", "Dean", "The other name of the person"),
        ("nickname", "Ghost", "The full name of the person"),
    ],
)
def test_each_kind_asks_for_what_it_lacks(kind: str, value: str, asked: str) -> None:
    assert asked in [gap.sentence for gap in gaps(view(told(1, kind, value)), top=20)]


def test_what_is_known_whole_is_not_asked_for() -> None:
    known = view(told(1, "plate", "*KXD"), told(2, "plate", "ZZ19KXD"))
    assert not [gap for gap in gaps(known, top=20) if gap.feature == "vehicle"]


def test_the_most_telling_fact_comes_first_and_only_as_many_as_wanted() -> None:
    found = gaps(view(told(1, "phone", "*321")), top=3)
    assert len(found) == 3
    assert [gap.gain_bits for gap in found] == sorted((gap.gain_bits for gap in found), reverse=True)


def test_the_company_an_entity_keeps_is_asked_of_a_piece_told_without_it() -> None:
    phone = told(2, "phone", "+447700900123", item=1)
    entity = view(told(1, "nickname", "Ghost", day=date(2026, 3, 1)), companions=(phone,))
    piece = told(9, "nickname", "Ghost")
    fit = weigh(piece, (), entity, Frequencies())
    sentences = [gap.sentence for gap in deciding_gaps(fit, piece, (), entity, top=10)]
    assert "A phone number used with it" in sentences
    assert "The day on which it was seen" in sentences
    told_too = (told(10, "phone", "+447700900555", item=9),)
    assert "A phone number used with it" not in [
        gap.sentence for gap in deciding_gaps(fit, piece, told_too, entity, top=10)
    ]


def test_a_letter_that_could_kill_a_weak_explanation_gains_more_than_one_that_confirms_a_sure_one() -> None:
    entity = view(told(1, "plate", "ZZ19KXD"))
    weak, sure = told(9, "plate", "??19*"), told(8, "plate", "ZZ19KX?")
    weak_gap = next(
        gap
        for gap in deciding_gaps(weigh(weak, (), entity, Frequencies()), weak, (), entity, top=20)
        if gap.sentence == "The first letter of the plate"
    )
    sure_gap = next(
        gap
        for gap in deciding_gaps(weigh(sure, (), entity, Frequencies()), sure, (), entity, among=2, top=20)
        if gap.sentence == "The fifth letter of the plate"
    )
    assert weak_gap.gain_bits > sure_gap.gain_bits
