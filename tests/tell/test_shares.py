"""Any three of the root's five shares give it back; two, or three that do not belong together, give nothing."""

from itertools import combinations

import pytest

from lastpiece.tell.certificate import Root
from lastpiece.tell.shares import SharesWrong, SplitWrong, join, split

ROOT = Root(bytes(range(32)))
SHARES = split(ROOT)
OTHERS = split(Root.make())


@pytest.mark.parametrize("three", list(combinations(range(5), 3)))
def test_any_three_of_the_five_give_the_root_back(three: tuple[int, ...]) -> None:
    assert join([SHARES[number] for number in three]) == ROOT


def test_more_than_three_and_the_same_one_twice_are_fine() -> None:
    assert join(SHARES) == ROOT
    assert join([*SHARES[:3], SHARES[0], f"  {SHARES[1].upper()}  "]) == ROOT


@pytest.mark.parametrize(
    "sheets",
    [
        (),
        SHARES[:1],
        SHARES[:2],
        (SHARES[0], SHARES[0], SHARES[1]),
        (*SHARES[:2], OTHERS[2]),
        (*SHARES[:2], split(ROOT)[2]),
        (*SHARES[:2], SHARES[2].rsplit(" ", 1)[0]),
        (*SHARES[:2], " ".join(reversed(SHARES[2].split()))),
        (*SHARES[:2], "not a share at all"),
        (*SHARES[:2], ""),
    ],
    ids=range(10),
)
def test_too_few_foreign_or_mistyped_shares_give_nothing_and_quote_no_word(sheets: tuple[str, ...]) -> None:
    with pytest.raises(SharesWrong) as caught:
        join(sheets)
    assert str(caught.value) == str(SharesWrong())
    assert caught.value.__cause__ is None


def test_two_splittings_of_one_root_share_nothing() -> None:
    assert not set(SHARES) & set(split(ROOT))
    assert {len(share.split()) for share in SHARES} == {33}


@pytest.mark.parametrize(("needed", "shares"), [(1, 5), (6, 5), (3, 17), (0, 0)])
def test_a_splitting_that_protects_nothing_is_refused(needed: int, shares: int) -> None:
    with pytest.raises(SplitWrong):
        split(ROOT, needed=needed, shares=shares)
    assert join(split(ROOT, needed=2, shares=3)[1:]) == ROOT
