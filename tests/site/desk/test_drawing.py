"""The chart's shapes and lines, before any page."""

import itertools

import pytest

from lastpiece.site.desk.drawing import LABEL_LIMIT, SHAPES, Thing, Tie, draw
from lastpiece.values.kinds import KINDS


def thing(key: int, kind: str = "person", label: str = "Lil T", **more: bool) -> Thing:
    return Thing(key=key, kind=kind, label=label, href=f"/picture/{key}", **more)


def test_every_kind_of_value_has_a_shape_of_its_own() -> None:
    assert set(SHAPES) == set(KINDS)
    assert all(left != right for left, right in itertools.combinations(SHAPES.values(), 2))


def test_a_long_label_is_cut_and_says_so() -> None:
    drawn = draw([thing(1, label="Flat 4, the third house past the old mill")], []).things[0]
    assert len(drawn.label) <= LABEL_LIMIT
    assert drawn.label.endswith("…")


def test_ties_to_what_is_not_drawn_are_left_out() -> None:
    drawing = draw([thing(1), thing(2)], [Tie(1, 2, 1), Tie(1, 99, 4)])
    assert len(drawing.ties) == 1
    assert drawing.ties[0].sentence == "One item mentions both Lil T and Lil T"


def test_a_tie_that_more_items_mention_is_drawn_thicker() -> None:
    ties = draw([thing(1), thing(2), thing(3)], [Tie(1, 2, 1), Tie(1, 3, 3)]).ties
    assert float(ties[0].width) < float(ties[1].width)


def test_a_line_ends_where_its_things_stand() -> None:
    drawing = draw([thing(1), thing(2)], [Tie(1, 2, 1)])
    assert (drawing.ties[0].x1, drawing.ties[0].y1) == (drawing.things[0].x, drawing.things[0].y)
    assert drawing.things[0].central
    assert not drawing.things[1].central


@pytest.mark.parametrize("holder", ["thing", "drawn", "tie"])
def test_no_repr_shows_a_label(holder: str) -> None:
    drawing = draw([thing(1, label="Zed Quill"), thing(2)], [Tie(1, 2, 1)])
    shown = {"thing": drawing.things[0].thing, "drawn": drawing.things[0], "tie": drawing.ties[0]}[holder]
    assert "Zed" not in repr(shown)
