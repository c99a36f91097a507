from hypothesis import given
from hypothesis import strategies as st

from lastpiece.world.chance import Chance, Odds


def test_a_seed_draws_the_same_numbers_for_ever() -> None:
    chance = Chance(1, 1)

    assert [chance.between(1, 100) for _ in range(8)] == [48, 61, 25, 23, 62, 21, 99, 37]


def test_two_streams_of_one_seed_differ() -> None:
    assert [Chance(5, 1).unit() for _ in range(3)] != [Chance(5, 2).unit() for _ in range(3)]


@given(st.integers(0, 2**40), st.integers(-50, 50), st.integers(0, 50))
def test_between_keeps_to_its_bounds(seed: int, low: int, width: int) -> None:
    chance = Chance(seed)

    assert all(low <= chance.between(low, low + width) <= low + width for _ in range(50))


@given(st.integers(0, 2**40), st.lists(st.integers(), unique=True, max_size=20), st.integers(0, 25))
def test_some_are_different_members(seed: int, choices: list[int], count: int) -> None:
    chosen = Chance(seed).some(choices, count)

    assert len(chosen) == len(set(chosen)) == min(count, len(choices))
    assert set(chosen) <= set(choices)


def test_odds_follow_their_weights() -> None:
    chance, odds = Chance(3), Odds({"often": 9.0, "seldom": 1.0, "never": 0.0})
    drawn = [chance.draw(odds) for _ in range(10_000)]

    assert 0.88 < drawn.count("often") / 10_000 < 0.92
    assert "never" not in drawn
