"""The chart's places: inside the frame, apart, and the same at every look."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.fit.layout import Link, arrange

WIDTH, HEIGHT = 900.0, 560.0


def star(count: int) -> tuple[list[tuple[float, float]], list[Link]]:
    return [(120.0, 60.0)] * count, [Link(0, other) for other in range(1, count)]


def overlapping(points: np.ndarray, sizes: list[tuple[float, float]]) -> int:
    boxes = np.asarray(sizes)
    return sum(
        bool((np.abs(points[i] - points[j]) + 1 < (boxes[i] + boxes[j]) / 2).all())
        for i in range(len(boxes))
        for j in range(i)
    )


def test_no_things_have_no_places() -> None:
    assert arrange([], [], width=WIDTH, height=HEIGHT).shape == (0, 2)


def test_one_thing_stands_in_the_middle() -> None:
    assert arrange([(120, 60)], [], width=WIDTH, height=HEIGHT).tolist() == [[450.0, 280.0]]


def test_the_first_thing_stays_in_the_middle_of_many() -> None:
    sizes, links = star(14)
    assert arrange(sizes, links, width=WIDTH, height=HEIGHT)[0].tolist() == [450.0, 280.0]


def test_fifteen_labelled_things_do_not_cover_each_other() -> None:
    sizes, links = star(15)
    assert overlapping(arrange(sizes, links, width=WIDTH, height=HEIGHT), sizes) == 0


def test_twenty_two_things_of_a_real_chart_do_not_cover_each_other() -> None:
    sizes = [(80.0 + 9 * (n % 7), 64.0) for n in range(22)]
    links = [Link(0, n) for n in range(1, 22)] + [Link(n, n + 1, 0.4) for n in range(1, 20, 3)]
    assert overlapping(arrange(sizes, links, width=1000.0, height=640.0), sizes) == 0


def test_linked_things_stand_nearer_than_unlinked_ones() -> None:
    links = [Link(0, n) for n in range(1, 13)] + [Link(1, 2), Link(3, 4), Link(5, 6), Link(7, 8)]
    points = arrange([(40.0, 30.0)] * 13, links, width=WIDTH, height=HEIGHT)
    paired = [float(np.linalg.norm(points[a] - points[a + 1])) for a in (1, 3, 5, 7)]
    every = [float(np.linalg.norm(points[a] - points[b])) for a in range(1, 13) for b in range(1, a)]
    assert np.mean(paired) < 0.6 * np.mean(every)


@given(count=st.integers(1, 30), pairs=st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40))
def test_every_box_is_inside_the_frame_and_a_second_look_is_the_same(count: int, pairs: list[tuple[int, int]]) -> None:
    sizes = [(60.0 + 5 * (n % 9), 50.0) for n in range(count)]
    links = [Link(a, b) for a, b in pairs if a < count and b < count]
    points = arrange(sizes, links, width=WIDTH, height=HEIGHT)
    half = np.asarray(sizes) / 2
    assert np.isfinite(points).all()
    assert (points >= half - 1e-6).all()
    assert (points <= np.array([WIDTH, HEIGHT]) - half + 1e-6).all()
    assert (points == arrange(sizes, links, width=WIDTH, height=HEIGHT)).all()
