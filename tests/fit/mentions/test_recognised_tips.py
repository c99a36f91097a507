"""How well tips marked by hand are recognised; the held-out ones were never tuned on."""

import pytest
from tests.factories.marked_tips import Scores, score, tips

from lastpiece.fit.mentions.recognising import recognise

FLOORS = {
    "phone": 0.9, "plate": 0.9, "postcode": 0.9, "drug": 0.8, "partial plate": 0.8, "address": 0.8, "vehicle": 0.8,
    "weapon": 0.8,
    "person": 0.75, "nickname": 0.75, "time": 0.75, "place": 0.7, "money": 0.9, "handle": 0.9, "organisation": 0.75,
}  # fmt: skip


@pytest.fixture(scope="module")
def held_out() -> Scores:
    return score((tip, recognise(tip.text)) for tip in tips("held_out"))


def test_there_are_enough_tips_and_every_kind_is_among_them() -> None:
    assert len(tips("seen")) + len(tips("held_out")) >= 80
    marked = {label.row for name in ("seen", "held_out") for tip in tips(name) for label in tip.labels}
    assert set(FLOORS) | {"partial phone"} == marked


@pytest.mark.parametrize("row", sorted(FLOORS))
def test_each_kind_keeps_its_floor_on_tips_never_seen(row: str, held_out: Scores) -> None:
    assert held_out.kinds[row].f1 >= FLOORS[row]


def test_at_most_one_trap_in_five_is_hit(held_out: Scores) -> None:
    assert held_out.traps >= 8
    assert held_out.traps_hit <= held_out.traps / 5


def test_the_marks_of_a_tip_point_at_their_surface() -> None:
    tip = tips("seen")[0]
    assert tip.text[tip.labels[0].start : tip.labels[0].end] == "Danny Okafor"
    assert "[[" not in tip.text
