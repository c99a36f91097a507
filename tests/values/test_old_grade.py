"""Old 5x5x5 grades read as 3x5x2: each mapping says what it was mapped from."""

import itertools

import pytest

from lastpiece.values.grade import Grade, Handling, Information, Source
from lastpiece.values.old_grade import read_grade


@pytest.mark.parametrize(
    ("old", "new"), [("A11", "1AP"), ("B22", "1AC"), ("C35", "2BC"), ("D43", "3DC"), ("E54", "2EC"), ("E41", "2DP")]
)
def test_the_mapping_is_the_one_in_the_guide(old: str, new: str) -> None:
    assert str(read_grade(old).grade) == new


def test_every_old_grade_is_mapped_marked_and_keeps_its_conditions() -> None:
    for marks in itertools.product("ABCDE", "12345", "12345"):
        old = "".join(marks)
        found = read_grade(old)
        assert found.mapped_from == old
        assert found.flagged == (marks[0] == "C")
        assert bool(found.conditions) == (marks[2] != "1") == (found.grade.handling is Handling.CONDITIONS)


def test_hearsay_turns_an_old_4_into_known_indirectly_and_nothing_else() -> None:
    assert read_grade("E41", hearsay=True).grade.information is Information.INDIRECT
    assert read_grade("E31", hearsay=True) == read_grade("E31")


def test_a_new_grade_stands_as_it_is() -> None:
    for source, information, handling in itertools.product(Source, Information, Handling):
        found = read_grade(f"{source} {information} {handling}")
        assert (found.grade, found.mapped_from) == (Grade(source, information, handling), "")


@pytest.mark.parametrize("text", ["Z99", "E4", "E411", "2D", "", "F11", "A61"])
def test_what_is_neither_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither 3x5x2"):
        read_grade(text)
