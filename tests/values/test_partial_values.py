"""Plates and phones of which only a part was read."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.values.comparison import Level
from lastpiece.values.kinds import KINDS
from lastpiece.values.masking import agreement, known_count, layouts

PLATES = st.from_regex(r"[A-Z]{2}[0-9]{2}[A-Z]{3}|[A-Z][0-9]{3}[A-Z]{3}|[A-Z]{3}[0-9]{3}[A-Z]", fullmatch=True)
PHONES = st.integers(0, 999).map(lambda number: f"+447700900{number:03}")


def masked(value: str, data: st.DataObject, least: int) -> str:
    """`value` with some characters unread: one by one, or its beginning, or its end."""
    way = data.draw(st.sampled_from(["one by one", "beginning", "end"]))
    if way == "beginning":
        return value[: data.draw(st.integers(least, len(value) - 1))] + "*"
    if way == "end":
        return "*" + value[data.draw(st.integers(1, len(value) - least)) :]
    hidden = data.draw(st.sets(st.integers(1, len(value) - 1), min_size=1, max_size=len(value) - least))
    return "".join("?" if i in hidden else c for i, c in enumerate(value))


@given(plate=PLATES, data=st.data())
def test_a_plate_half_read_is_compatible_with_the_whole_and_meets_it(plate: str, data: st.DataObject) -> None:
    kind = KINDS["plate"]
    partial = masked(plate, data, least=2)
    found = kind.compare(partial, plate)
    assert found.level is Level.COMPATIBLE
    assert found.bits > 0
    assert set(kind.features(partial)) & set(kind.features(plate))
    assert kind.clean(partial) == partial


@given(phone=PHONES, data=st.data())
def test_a_number_half_known_is_compatible_with_the_whole(phone: str, data: st.DataObject) -> None:
    kind = KINDS["phone"]
    partial = masked(phone, data, least=3)
    found = kind.compare(partial, phone)
    assert found.level is Level.COMPATIBLE
    assert found.bits >= 0


@given(phone=PHONES, size=st.integers(2, 9))
def test_the_end_of_a_number_meets_the_whole(phone: str, size: int) -> None:
    partial = f"*{phone[-size:]}"
    assert set(KINDS["phone"].features(partial)) & set(KINDS["phone"].features(phone))


@given(plate=PLATES, place=st.integers(0, 6), data=st.data())
def test_one_known_character_that_disagrees_makes_them_different(plate: str, place: int, data: st.DataObject) -> None:
    others = string.digits if plate[place].isdigit() else string.ascii_uppercase
    other = data.draw(st.sampled_from([c for c in others if c != plate[place]]))
    partial = "".join(other if i == place else c if i % 2 else "?" for i, c in enumerate(plate))
    assert KINDS["plate"].compare(plate, partial).level is Level.DIFFERENT


@given(plate=PLATES, data=st.data())
def test_knowing_more_of_a_plate_never_weighs_less(plate: str, data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 6))
    less, more = (
        KINDS["plate"].compare(f"{plate[:length]}*", plate),
        KINDS["plate"].compare(f"{plate[: length + 1]}*", plate),
    )
    assert more.bits >= less.bits


def test_two_halves_that_share_no_character_are_compatible_and_weigh_nothing() -> None:
    found = KINDS["plate"].compare("ZZ19*", "*KXD")
    assert (found.level, found.bits) == (Level.COMPATIBLE, 0.0)


def test_two_partial_plates_that_disagree_weigh_against() -> None:
    found = KINDS["plate"].compare("ZZ19*", "Z?68*")
    assert found.level is Level.DIFFERENT
    assert found.bits < 0


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("zz19 kxd", "ZZ19KXD"),
        ("ZZ l9 KXD", "ZZ19KXD"),
        ("ZZ-I9-KXD", "ZZ19KXD"),
        ("ZZO7 ULP", "ZZ07ULP"),
        ("zz19?", "ZZ19?"),
        ("z? 19 **", "Z?19*"),
        ("ABCDEFG", None),
        ("??", None),
        ("", None),
    ],
)
def test_plates_are_read_as_people_write_them(said: str, value: str | None) -> None:
    assert KINDS["plate"].clean(said) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900 123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("O77OO 9OO l23", "+447700900123"),
        ("01632 960001", "+441632960001"),
        ("+353 20 910 1234", "+353209101234"),
        ("07700 9001??", "+4477009001??"),
        ("*412", "*412"),
        ("12", None),
        ("*1", None),
    ],
)
def test_numbers_become_e164_or_stay_partial(said: str, value: str | None) -> None:
    assert KINDS["phone"].clean(said) == value


def test_a_slip_of_the_pen_is_close_and_worth_less_than_the_same_plate() -> None:
    same, slip = KINDS["plate"].compare("ZZ19KXD", "ZZ19KXD"), KINDS["plate"].compare("ZZ19KXD", "ZZ19KDX")
    assert slip.level is Level.CLOSE
    assert 0 < slip.bits < same.bits


@given(value=st.from_regex(r"[AB?*]{1,6}", fullmatch=True), length=st.integers(1, 8))
def test_every_layout_has_the_length_asked_for_and_all_known_characters(value: str, length: int) -> None:
    for layout in layouts(value, length):
        assert len(layout) == length
        assert known_count(layout) == known_count(value)


@given(left=st.from_regex(r"[AB?*]{1,6}", fullmatch=True), right=st.from_regex(r"[AB]{1,6}", fullmatch=True))
def test_agreement_is_found_exactly_when_the_pattern_matches(left: str, right: str) -> None:
    import re  # noqa: PLC0415 - the reference this test is about

    pattern = left.replace("?", ".").replace("*", ".*")
    assert (agreement(left, right, 7) is not None) == (re.fullmatch(pattern, right) is not None)
