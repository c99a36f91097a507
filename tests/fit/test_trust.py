"""A grade and the number of independent sources limit what may rest on them."""

from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.piece import Piece
from lastpiece.fit.trust import LIMIT_BITS, joint_limit_bits, limit_bits
from lastpiece.values.grade import Grade, Information, Source


def told(number: int, source: str, grade: Grade | None = None) -> Piece:
    return Piece(number, number, source, "phone", "+447700900123", grade=grade or Grade())


grades = st.builds(Grade, st.sampled_from(list(Source)), st.sampled_from(list(Information)))


def test_a_reliable_witness_may_push_further_than_an_untested_one_and_a_doubted_one_least() -> None:
    limits = [limit_bits(Grade(source, Information.DIRECT)) for source in Source]
    assert limits == sorted(limits, reverse=True)


def test_suspected_to_be_false_leaves_little() -> None:
    assert limit_bits(Grade(Source.UNTESTED, Information.SUSPECTED_FALSE)) < limit_bits(Grade()) / 2


def test_ten_reposts_of_one_rumour_are_one_source() -> None:
    assert joint_limit_bits([told(n, "rumour") for n in range(10)]) == joint_limit_bits([told(0, "rumour")])


def test_two_independent_sources_carry_more_than_one() -> None:
    assert joint_limit_bits([told(1, "a"), told(2, "b")]) > joint_limit_bits([told(1, "a")])


@given(st.lists(st.tuples(st.sampled_from("abcde"), grades), min_size=1, max_size=8))
def test_all_together_never_pass_the_highest_limit_nor_fall_below_any_one(rows: list[tuple[str, Grade]]) -> None:
    pieces = [told(number, source, grade) for number, (source, grade) in enumerate(rows)]
    joint = joint_limit_bits(pieces)
    assert joint <= max(LIMIT_BITS.values()) + 1e-9
    assert joint >= max(limit_bits(grade) for _, grade in rows) - 1e-9
