"""Sketches: copies meet, other texts do not, and without the key nothing can be told from one."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.assess.alike import ALIKE, MINIMA, Sketch, SketchDamaged, Sketcher

KEY = bytes(range(32))
SKETCHER = Sketcher(KEY)
TIP = (
    "Heroin and crack are sold from a grey Golf outside number 12 Mill Road most evenings after eight, by a tall man "
    "called Duke. Two boys about fourteen take bags into the flat above the chip shop."
)
OTHER = (
    "The same white van tips rubble behind the allotments on Sunday mornings; the driver wears a red cap and there is "
    "a ladder on the roof. The council has cleared it twice."
)


def sketch(text: str, sketcher: Sketcher = SKETCHER) -> Sketch:
    made = sketcher.sketch(text)
    assert made is not None
    return made


def meet(one: str, other: str) -> bool:
    left, right = sketch(one), sketch(other)
    return bool(set(left.bands()) & set(right.bands())) and left.likeness(right) >= ALIKE


@pytest.mark.parametrize(
    "copy",
    [
        TIP,
        TIP.upper(),
        TIP.replace(" ", "  \n"),
        TIP.replace(" ", ""),
        " ".join(TIP),
        TIP.replace("grey", "gray").replace("Heroin", "herion").replace("evenings", "evning"),
        TIP.replace(".", "!!").replace(",", ""),
        TIP.replace("o", "ö"),
        f"Hi, please help. {TIP}",
        TIP.replace("Duke", "Prince"),
    ],
)
def test_copies_that_are_spaced_misspelt_or_edited_a_little_meet(copy: str) -> None:
    assert meet(TIP, copy)


def test_other_texts_do_not_meet_even_on_one_subject() -> None:
    assert not meet(TIP, OTHER)
    assert not meet(TIP, "Crack is sold by the garages behind Fletton Way; a white van comes on Tuesdays at about six.")


def test_five_thousand_different_texts_stay_apart() -> None:
    rng = random.Random(3)
    words = [f"{''.join(rng.choices('abcdefghijklmnoprstuw', k=rng.randint(3, 9)))}" for _ in range(2_000)]
    one = sketch(TIP)
    assert max(one.likeness(sketch(" ".join(rng.choices(words, k=30)))) for _ in range(500)) < ALIKE


@given(st.text(min_size=0, max_size=300))
def test_the_same_text_always_gives_the_same_sketch_and_survives_storage(text: str) -> None:
    made = SKETCHER.sketch(text)
    if made is None:
        return
    again = Sketch.decode(sketch(text).encode())
    assert again.likeness(made) == 1.0
    assert again.bands() == made.bands()
    assert len(made.encode()) == MINIMA * 4


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric(one: str, other: str) -> None:
    left, right = SKETCHER.sketch(one), SKETCHER.sketch(other)
    if left is not None and right is not None:
        assert left.likeness(right) == right.likeness(left)


def test_under_another_key_the_same_text_is_like_nothing() -> None:
    other = Sketcher(bytes(32))
    assert sketch(TIP).likeness(sketch(TIP, other)) < 0.1
    assert not set(sketch(TIP).bands()) & set(sketch(TIP, other).bands())


def test_the_estimate_is_near_the_true_share_of_runs() -> None:
    letters = "".join(character for character in (TIP * 3).lower() if character.isalnum())
    for cut in (20, 60, 120):
        one, other = letters, letters[cut:] + "zqxj" * (cut // 4)
        left = {one[at : at + 4] for at in range(len(one) - 3)}
        right = {other[at : at + 4] for at in range(len(other) - 3)}
        assert abs(sketch(one).likeness(sketch(other)) - len(left & right) / len(left | right)) < 0.2


@pytest.mark.parametrize("text", ["", "  ", "a b", "!!!!", "\x00"])
def test_a_text_without_four_letters_has_no_sketch(text: str) -> None:
    assert SKETCHER.sketch(text) is None


def test_damaged_bytes_are_refused_and_repr_shows_nothing() -> None:
    with pytest.raises(SketchDamaged):
        Sketch.decode(b"short")
    assert str(np.uint32(sketch(TIP).minima[0])) not in repr(sketch(TIP))
    assert "factors" not in repr(SKETCHER)
    with pytest.raises(ValueError, match="32 bytes"):
        Sketcher(b"short")
