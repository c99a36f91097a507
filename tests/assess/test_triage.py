import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.assess.triage import threat_to_life


@pytest.mark.parametrize(
    "text",
    [
        "he is going to stab her tonight",
        "They’re gonna shoot someone on Friday",
        "He said he would kill him if he did not pay",
        "she is locked in the bedroom and can't leave the house",
        "there is a hit out on him",
        "he is bleeding and not breathing",
        "I think she wants to kill herself",
        "they threatened to burn his house down",
        "a boy is being held there against his will",
        "HE IS ABOUT TO KILL HIM",
        "I fear for her life",
    ],
)
def test_danger_to_life_is_seen(text: str) -> None:
    signs = threat_to_life(text)
    assert signs
    assert all(sign.why and text[sign.start : sign.end] for sign in signs)


@pytest.mark.parametrize(
    "text",
    [
        "he'd kill her if he found out but he hasn't said that",
        "this heat is killing me",
        "they are going to shoot off any minute",
        "he was stabbed last year and moved away",
        "two lads selling weed outside the shop",
        "they sell knives and a gun",
        "I am dying to see this sorted",
        "",
    ],
)
def test_figures_of_speech_ifs_and_the_past_are_left_alone(text: str) -> None:
    assert threat_to_life(text) == ()


@given(text=st.one_of(st.text(max_size=80), st.just("İ he is going to kill him. he is going to stab her")))
@settings(max_examples=80, deadline=None)
def test_signs_are_sorted_apart_and_inside_the_text(text: str) -> None:
    signs = threat_to_life(text)
    assert all(0 <= sign.start < sign.end <= len(text) for sign in signs)
    assert list(signs) == sorted(signs, key=lambda sign: sign.start)
