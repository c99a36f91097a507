"""Signs of harm to a child: a child's own words count wherever they stand, others' beside a word for a child."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.assess.children import harm_signs

TOLD_BY_CHILDREN = (
    "my stepdad hits me when mum is at work",
    "He makes me carry stuff to a house in town.",
    "they said they’ll hurt my brother if i stop",
    "im scared to go home",
    "i owe him money and he keeps coming to school",
    "He touches me and says not to tell",
    "I dont want to go, I'm scared of what he will do",
    "she won't let me eat",
    "i want to die",
    "he sends me nudes and asks for mine",
)
HARMLESS_FROM_CHILDREN = (
    "there are drugs behind the shops and a man with a dog",
    "Someone broke the window of the youth club on Friday",
    "A boy in my year showed a knife in a picture",
)


@pytest.mark.parametrize("text", TOLD_BY_CHILDREN)
def test_harm_that_a_child_tells_is_seen(text: str) -> None:
    assert harm_signs(text, teller_is_child=True)


@pytest.mark.parametrize("text", HARMLESS_FROM_CHILDREN)
def test_what_is_no_harm_to_a_child_calls_nobody(text: str) -> None:
    assert harm_signs(text, teller_is_child=True) == ()


def test_an_adults_words_count_beside_a_word_for_a_child_only() -> None:
    assert harm_signs("The man upstairs beats the little girl every night.", teller_is_child=False)
    assert harm_signs("They force him to sell. He is a boy of about 12.", teller_is_child=False) == ()
    assert harm_signs("He beats him up in the car park.", teller_is_child=False) == ()


@given(st.text(max_size=400), st.booleans())
def test_signs_lie_in_the_text_in_order_and_apart(text: str, child: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    end = 0
    for sign in harm_signs(text, teller_is_child=child):
        assert end <= sign.start < sign.end <= len(text)
        assert sign.why
        end = sign.end
