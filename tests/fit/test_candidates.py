"""Rare features vote first, and the answer is that of a full count."""

import math
from collections.abc import Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.candidates import KindUnknownError, features, vote


class NeverWalked(Sequence[int]):
    """Half a million records that may be looked up but not read through."""

    def __len__(self) -> int:
        return 500_000

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        if isinstance(at, slice):
            pytest.fail("a common feature was read through")
        return at


def test_a_person_and_a_nickname_can_meet_and_a_phone_cannot_meet_a_plate() -> None:
    assert set(features("person", "Ghost")) & set(features("nickname", "Ghost"))
    assert not set(features("phone", "+447700900123")) & set(features("plate", "ZZ19KXD"))


def test_a_partial_plate_shares_a_feature_with_the_whole_one() -> None:
    assert set(features("plate", "*KXD")) & set(features("plate", "ZZ19KXD"))


def test_a_kind_nobody_taught_is_refused_in_words() -> None:
    with pytest.raises(KindUnknownError, match="not a kind of value"):
        features("shoe size", "9")


def test_a_rare_feature_outvotes_two_common_ones() -> None:
    postings = {"rare": [7], "common": [1, *range(10, 60)], "as common": [1, *range(60, 110)]}
    found = vote(postings, 1000, top=2)
    assert [candidate.id for candidate in found] == [7, 1]
    assert found[1].features == ("as common", "common")


def test_nothing_is_found_in_an_empty_house() -> None:
    assert vote({}, 0) == []
    assert vote({"seen nowhere": []}, 10) == []


def test_the_only_record_there_is_can_be_found() -> None:
    assert [candidate.id for candidate in vote({"x": [5]}, 1)] == [5]


def test_a_feature_of_half_a_million_records_is_not_read_when_rarer_ones_have_decided() -> None:
    postings = {"plate": [3, 900], "sound": [3, 41, 900], "unknown": NeverWalked()}
    found = vote(postings, 500_000, top=2)
    assert [candidate.id for candidate in found] == [3, 900]
    assert "unknown" in found[0].features


def test_a_feature_of_half_a_million_records_alone_is_answered_without_reading_it_all() -> None:
    assert len(vote({"unknown": range(500_000)}, 600_000, top=20)) == 20


posting = st.sets(st.integers(0, 40), max_size=25).map(sorted)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), posting, max_size=8), st.integers(1, 12))
def test_early_exit_gives_what_a_full_count_gives(postings: dict[str, list[int]], top: int) -> None:
    total = 41
    scores: dict[int, float] = {}
    for ids in postings.values():
        for record in ids:
            scores[record] = scores.get(record, 0.0) + math.log2(total / len(ids))
    expected = sorted((round(score, 6) for score in scores.values()), reverse=True)[:top]
    found = vote(postings, total, top=top)
    assert [round(candidate.score, 6) for candidate in found] == expected
    for candidate in found:
        assert candidate.score == pytest.approx(scores[candidate.id])
