"""Whose turn it is: networks in turn, one over its share after all others, nobody ever left out."""

from hypothesis import given
from hypothesis import strategies as st

from lastpiece.site.front.fairness import SHARE, SHARE_PER_S, FairQueue


def drained(queue: FairQueue[str], now: float = 0.0) -> list[str]:
    found = []
    while taken := queue.take(now, slow=True):
        found.append(taken[0])
    return found


def test_networks_take_turns_and_each_is_served_in_its_own_order() -> None:
    queue = FairQueue[str]()
    for one in ("a1", "a2", "a3", "b1", "b2", "c1"):
        queue.add(one[0], one, 0.0)
    assert drained(queue) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_network_over_its_share_waits_for_all_that_are_within_theirs() -> None:
    queue = FairQueue[str](share=3)
    for number in range(10):
        queue.add("flood", f"f{number}", 0.0)
    assert [taken[0] for _ in range(3) if (taken := queue.take(0.0, slow=True))] == ["f0", "f1", "f2"]
    queue.add("someone", "s", 0.0)
    assert queue.take(0.0, slow=True) == ("s", "someone", False)
    assert queue.take(0.0, slow=True) == ("f3", "flood", True)


def test_the_slow_lane_stands_still_while_it_is_not_allowed_and_loses_nobody() -> None:
    queue = FairQueue[str](share=1)
    for number in range(4):
        queue.add("flood", f"f{number}", 0.0)
    assert queue.take(0.0, slow=False) == ("f0", "flood", False)
    assert queue.take(0.0, slow=False) is None
    assert queue.next_slow == "flood"
    assert drained(queue) == ["f1", "f2", "f3"]


def test_a_share_grows_again() -> None:
    queue = FairQueue[str](share=1, share_per_s=2)
    queue.add("a", "one", 0.0)
    queue.add("a", "two", 0.0)
    assert queue.take(0.0, slow=False) == ("one", "a", False)
    assert queue.take(0.4, slow=False) is None
    assert queue.take(0.5, slow=False) == ("two", "a", False)


def test_who_had_a_turn_already_comes_before_others_of_the_network() -> None:
    queue = FairQueue[str]()
    queue.add("a", "new", 0.0)
    queue.add("a", "asks again", 0.0, first=True)
    assert drained(queue) == ["asks again", "new"]


def test_when_there_is_no_room_the_newest_of_the_network_with_the_most_gives_way() -> None:
    queue = FairQueue[str]()
    for one in ("a1", "a2", "b1"):
        queue.add(one[0], one, 0.0)
    assert queue.shed() == "a2"
    assert sorted(drained(queue)) == ["a1", "b1"]
    assert queue.shed() is None


def test_a_person_who_walks_through_the_form_is_within_their_share() -> None:
    assert SHARE >= 4 * 14
    assert SHARE_PER_S >= 1


def test_networks_that_have_their_whole_share_again_are_forgotten() -> None:
    queue = FairQueue[str]()
    for number in range(20_000):
        queue.add(number, "x", float(number))
        queue.take(float(number), slow=True)
    assert len(queue._networks) <= 10_001


def test_with_the_days_new_names_those_who_wait_keep_their_place() -> None:
    queue = FairQueue[str](share=1)
    for one in ("a1", "a2", "b1"):
        queue.add(one[0], one, 0.0)
    queue.rename()
    assert sorted(drained(queue)) == ["a1", "a2", "b1"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["add", "first", "take", "shed"])), max_size=80))
def test_whatever_happens_each_comes_out_exactly_once(steps: list[tuple[str, str]]) -> None:
    queue, came, left = FairQueue[int](share=3), set[int](), []
    for number, (network, step) in enumerate(steps):
        if step in ("add", "first"):
            queue.add(network, number, float(number), first=step == "first")
            came.add(number)
        elif step == "take" and (taken := queue.take(float(number), slow=number % 2 == 0)):
            left.append(taken[0])
        elif step == "shed" and (shed := queue.shed()) is not None:
            left.append(shed)
        assert len(queue) == len(came) - len(left)
    while taken := queue.take(100.0, slow=True):
        left.append(taken[0])
    assert sorted(left) == sorted(came)
