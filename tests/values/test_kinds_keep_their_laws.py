"""What every kind of value promises, tried on whatever hypothesis can think of."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.values.comparison import Level
from lastpiece.values.kinds import KINDS

SAMPLES: dict[str, list[str]] = {
    "person": ["danny okafor", "Mr. Patel", "O'BRIEN, Sean", "J. Smith", "mcdonald", "Anne-Marie Cole"],
    "nickname": ["lil t", "Big Dave", "JB", "Ghost", "young m", "Little T"],
    "phone": ["07700 900123", "O77OO 9OO l23", "*412", "+44 7700 900 1??", "01632 960 001"],
    "plate": ["ZZ19 KXD", "KV19*", "*KXD", "??19???", "K?19*", "a123 bcd", "KV l9 KXD"],
    "vehicle": ["black golf", "a white transit van", "VW Polo", "grey e-scooter", "dark blue seat leon"],
    "address": ["14 harper rd", "Flat 3, 22 Harper Road", "beechcroft house", "flat 2 Elm Court"],
    "postcode": ["nn1 1af", "NN8", "nn109xy", "SW1A 1AA"],
    "place": ["welly", "mill rd", "the Red Lion", "St James", "Wicksteed Park"],
    "handle": ["@Lil_Tee99", "ghost.rider_7", "plugg-nn8"],
    "drug": ["weed", "crack", "drugs", "xans"],
    "weapon": ["machete", "sawn off", "blade", "gun"],
    "time": ["14/03/2026", "9pm", "every Friday", "14 March at 21:30", "fridays and saturdays", "quarter past nine pm"],
    "money": ["£40", "two grand", "900 euros", "a tenner", "£1,500.50"],
    "organisation": ["the Marco line", "Marco's line", "Dunmore Lettings Ltd"],
}
KIND_NAMES = sorted(KINDS)
WRITTEN = string.ascii_letters + string.digits + " '.,-@£?*/:&" + "éüßİ’“"


def values(kind: str) -> st.SearchStrategy[str]:
    """Clean values of a kind, from samples and from samples joined with noise."""
    noise = st.text(WRITTEN, max_size=12)
    texts = st.one_of(
        st.sampled_from(SAMPLES[kind]), st.tuples(st.sampled_from(SAMPLES[kind]), noise).map(" ".join), noise
    )
    return texts.map(lambda text: KINDS[kind].clean(text) or str(KINDS[kind].clean(SAMPLES[kind][0])))


def test_the_registry_holds_the_kinds_of_the_labelling_rules() -> None:
    assert set(SAMPLES) == set(KINDS)
    assert all(kind.name == name for name, kind in KINDS.items())


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_sample_is_read(kind: str) -> None:
    assert all(KINDS[kind].clean(sample) for sample in SAMPLES[kind])


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_cleaning_twice_changes_nothing(kind: str, data: st.DataObject) -> None:
    value = data.draw(values(kind))
    assert KINDS[kind].clean(value) == value


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(text=st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_no_text_makes_cleaning_fail(kind: str, text: str) -> None:
    cleaned = KINDS[kind].clean(text)
    assert cleaned is None or cleaned == cleaned.strip() != ""


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_comparing_is_symmetric(kind: str, data: st.DataObject) -> None:
    left, right = data.draw(values(kind)), data.draw(values(kind))
    assert KINDS[kind].compare(left, right) == KINDS[kind].compare(right, left)


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_value_agrees_with_itself_and_never_weighs_against_itself(kind: str, data: st.DataObject) -> None:
    value = data.draw(values(kind))
    same = KINDS[kind].compare(value, value)
    assert same.level in {Level.EXACT, Level.COMPATIBLE}
    assert same.bits >= 0


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_values_that_agree_share_a_feature(kind: str, data: st.DataObject) -> None:
    left, right = data.draw(values(kind)), data.draw(values(kind))
    found = KINDS[kind].compare(left, right)
    if found.level in {Level.EXACT, Level.NICKNAME, Level.SOUNDS} and found.bits > 0:
        assert set(KINDS[kind].features(left)) & set(KINDS[kind].features(right))


@pytest.mark.parametrize("kind", KIND_NAMES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_no_partial_value_is_worth_more_than_what_is_known_of_it(kind: str, data: st.DataObject) -> None:
    left, right = data.draw(values(kind)), data.draw(values(kind))
    found = KINDS[kind].compare(left, right)
    assert found.bits <= max(KINDS[kind].specificity(left), KINDS[kind].specificity(right)) + 1e-9
