"""Weights add up reason by reason, and no source pushes further than its grade allows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.piece import EntityView, Piece
from lastpiece.fit.trust import joint_limit_bits
from lastpiece.fit.weighing import Fit, Frequencies, weigh
from lastpiece.values.grade import Grade, Information, Source

DAY = date(2026, 3, 1)
TOWN, FAR = (52.24, -0.90), (51.90, -0.20)
RELIABLE = Grade(Source.RELIABLE, Information.DIRECT)


def told(number: int, kind: str, value: str, **more: object) -> Piece:
    settings = {"item": number, "source": f"source {number}", "grade": RELIABLE, "partial": "*" in value} | more
    return Piece(number, kind=kind, value=value, **settings)  # type: ignore[arg-type]  # checked by the tests' own use


def known(*pieces: Piece, companions: tuple[Piece, ...] = ()) -> EntityView:
    return EntityView(min(piece.id for piece in pieces), pieces[0].kind, pieces, companions)


def weight(piece: Piece, entity: EntityView, *companions: Piece, frequencies: Frequencies | None = None) -> Fit:
    return weigh(piece, companions, entity, frequencies or Frequencies())


def bits_of(fit: Fit, feature: str) -> float:
    return sum(part.bits for part in fit.parts if part.feature == feature)


def test_a_partial_plate_that_agrees_weighs_for_and_one_that_disagrees_against() -> None:
    entity = known(told(1, "plate", "ZZ19KXD"))
    assert weight(told(9, "plate", "*KXD"), entity).bits > 5
    assert weight(told(9, "plate", "*KXB"), entity).bits < 0


def test_a_value_common_in_the_county_is_worth_less() -> None:
    entity = known(told(1, "phone", "+447700900123"))
    piece = told(9, "phone", "+447700900123")
    common = Frequencies({"phone": {"+447700900123": 200, "+447700900999": 300}})
    assert weight(piece, entity, frequencies=common).bits < 3
    assert weight(piece, entity).bits > 15


def test_the_mentions_being_compared_do_not_make_their_own_value_common() -> None:
    entity = known(told(1, "phone", "+447700900123"))
    piece = told(9, "phone", "+447700900123")
    own_only = Frequencies({"phone": {"+447700900123": 2}})
    assert weight(piece, entity, frequencies=own_only).bits == weight(piece, entity).bits


def test_what_was_told_with_both_counts_for_the_fit() -> None:
    phone = told(2, "phone", "+447700900123", item=1)
    entity = known(told(1, "plate", "ZZ19KXD"), companions=(phone,))
    piece = told(9, "plate", "*KXD")
    alone = weight(piece, entity)
    together = weight(piece, entity, told(10, "phone", "+447700900123", item=9))
    assert together.bits > alone.bits + 5
    assert bits_of(together, "with phone") > 5
    assert bits_of(weight(piece, entity, told(10, "phone", "+447700900555", item=9)), "with phone") == 0


def test_a_tie_known_from_two_sources_counts_more_than_one_repeated_twice() -> None:
    def entity(second_source: str) -> EntityView:
        plates = (told(1, "plate", "ZZ19KXD", source="a"), told(2, "plate", "ZZ19KXD", source=second_source))
        ties = (
            told(3, "phone", "*123", item=1, source="a"),
            told(4, "phone", "*123", item=2, source=second_source),
        )
        return known(*plates, companions=ties)

    piece, companion = told(9, "plate", "*KXD"), told(10, "phone", "+447700900123", item=9)
    repeated, independent = weight(piece, entity("a"), companion), weight(piece, entity("b"), companion)
    assert bits_of(independent, "with phone") > bits_of(repeated, "with phone")


def test_near_in_time_and_place_weighs_for_and_far_against() -> None:
    entity = known(told(1, "plate", "ZZ19KXD", seen_on=DAY, place=TOWN))
    near = weight(told(9, "plate", "*KXD", seen_on=DAY + timedelta(days=2), place=TOWN), entity)
    far = weight(told(9, "plate", "*KXD", seen_on=DAY + timedelta(days=300), place=FAR), entity)
    assert bits_of(near, "when") > 0 > bits_of(far, "when")
    assert bits_of(near, "where") > 0 > bits_of(far, "where")


def test_an_untested_source_cannot_push_as_far_as_a_reliable_one() -> None:
    entity = known(told(1, "plate", "ZZ19KXD", source="m", grade=Grade()))
    mailbox = weight(told(9, "plate", "ZZ19KXD", source="m", grade=Grade()), entity)
    officer = weight(told(9, "plate", "ZZ19KXD", source="officer"), entity)
    assert mailbox.bits == pytest.approx(12.0)
    assert officer.bits > mailbox.bits
    assert "one source" in mailbox.parts[-1].sentence
    assert mailbox.parts[-1].bits < 0


def test_ten_reposts_of_one_rumour_weigh_what_one_weighs() -> None:
    first = told(1, "plate", "ZZ19KXD", source="rumour", grade=Grade(), seen_on=DAY)
    copies = [told(n, "plate", "ZZ19KXD", source="rumour", grade=Grade(), seen_on=DAY) for n in range(2, 11)]
    piece = told(99, "plate", "ZZ19KXD", source="rumour", grade=Grade(), seen_on=DAY)
    assert weight(piece, known(first, *copies)).bits == weight(piece, known(first)).bits


def test_a_chance_grows_with_the_weight_and_shrinks_with_the_crowd() -> None:
    fit = weight(told(9, "plate", "*KXD"), known(told(1, "plate", "ZZ19KXD")))
    assert 0 < fit.chance(100_000) < fit.chance(1_000) < fit.chance(10) < 1


def test_a_reason_hides_its_words_in_a_repr() -> None:
    fit = weight(told(9, "plate", "ZZ19KXD"), known(told(1, "plate", "ZZ19KXD")))
    assert "KXD" not in repr(fit)
    assert "KXD" not in repr(told(9, "plate", "ZZ19KXD"))


values = st.one_of(
    st.tuples(st.just("plate"), st.sampled_from(["ZZ19KXD", "*KXD", "ZZ19*", "QX70AAA"])),
    st.tuples(st.just("phone"), st.sampled_from(["+447700900123", "*123", "+447700900999"])),
    st.tuples(st.sampled_from(["person", "nickname"]), st.sampled_from(["Ghost", "Lil T", "Dean Marlow", "Dean"])),
    st.tuples(st.just("postcode"), st.sampled_from(["NN1", "NN1 1AA"])),
)
grades = st.builds(Grade, st.sampled_from(list(Source)), st.sampled_from(list(Information)))


@st.composite
def piece_lists(draw: st.DrawFn) -> list[Piece]:
    rows = draw(
        st.lists(
            st.tuples(
                values,
                st.integers(1, 4),
                st.sampled_from("abc"),
                grades,
                st.none() | st.integers(0, 400).map(lambda days: DAY + timedelta(days=days)),
                st.sampled_from([None, TOWN, FAR]),
            ),
            min_size=2,
            max_size=8,
        )
    )
    return [
        Piece(number, item, source, kind, value, partial="*" in value, grade=grade, seen_on=day, place=place)
        for number, ((kind, value), item, source, grade, day, place) in enumerate(rows, 1)
    ]


def split(pieces: list[Piece]) -> tuple[Piece, list[Piece], EntityView]:
    piece, first = pieces[0], pieces[1]
    own = [other for other in pieces[1:] if other.kind == first.kind]
    rest = tuple(other for other in pieces[1:] if other.kind != first.kind)
    return piece, [other for other in rest if other.item == piece.item], known(*own, companions=rest)


@given(piece_lists())
def test_the_parts_of_a_waterfall_sum_to_its_total_and_the_total_stays_within_the_limit(pieces: list[Piece]) -> None:
    piece, companions, entity = split(pieces)
    fit = weigh(piece, companions, entity, Frequencies())
    assert fit.bits == pytest.approx(sum(part.bits for part in fit.parts))
    assert abs(fit.bits) <= joint_limit_bits((piece, *entity.pieces)) + 1e-9
    assert all(part.sentence.endswith(".") and part.items for part in fit.parts)


@given(piece_lists(), st.randoms(use_true_random=False))
def test_the_order_in_which_pieces_come_does_not_matter(pieces: list[Piece], shuffler: object) -> None:
    piece, companions, entity = split(pieces)
    own, beside = list(entity.pieces), list(entity.companions)
    for rows in (own, beside, companions):
        shuffler.shuffle(rows)  # type: ignore[attr-defined]  # hypothesis's own Random
    turned = EntityView(entity.id, entity.kind, tuple(own), tuple(beside))
    assert weigh(piece, companions, turned, Frequencies()).bits == pytest.approx(
        weigh(piece, companions, entity, Frequencies()).bits
    )


@given(piece_lists(), st.data())
def test_a_copy_from_the_same_source_never_moves_a_fit(pieces: list[Piece], data: st.DataObject) -> None:
    piece, companions, entity = split(pieces)
    row = data.draw(st.sampled_from(entity.pieces))
    copy = Piece(99, row.item, row.source, row.kind, row.value, row.partial, row.grade, row.seen_on, row.place)
    more = EntityView(entity.id, entity.kind, (*entity.pieces, copy), entity.companions)
    before, after = weigh(piece, companions, entity, Frequencies()), weigh(piece, companions, more, Frequencies())
    assert after.bits == pytest.approx(before.bits)
