"""No sentence with a sign of a threat, of harm or of a child is lost between a report and what is proposed from it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.assess.children import harm_signs, may_speak_of_a_child, words_for_a_child
from lastpiece.assess.items import propose_items
from lastpiece.assess.sanitising import propose_sanitised
from lastpiece.assess.sentences import sentence_spans, sentences
from lastpiece.assess.signs import A_CHILD, left_out, signed_sentences, unsaid
from lastpiece.assess.triage import threat_to_life
from lastpiece.world.county import invent
from lastpiece.world.telling import tell

REPORTS = 3_000
SIGNED = (
    "She is 12.",
    "He is 6 and alone.",
    "My stepdad hits my little brother",
    "he said he'll kill her",
    "sorry he is hitting her",
    "Thank you for stopping him, he beat her",
    "I'm scared of what he will do to the kids",
    "my 12 year old daughter carries it for him",
    "they are going to stab Dizzy tonight",
    "Cheers, the baby is locked in",
)
PLAIN = (
    "Hi.",
    "I saw him; ",
    "There is a grow at 12 High St.",
    "My mate told me so",
    "A black golf comes at 9.30pm",
    "I won't say who I am.",
    "Thanks!",
)


def proposed(text: str) -> list[str]:
    return [propose_sanitised(item).text for item in propose_items(text)]


def found_again(text: str) -> bool:
    """Return whether each sign's own words stand in a proposed text or in a sentence shown as left out.

    The signs are found here in the whole text, not in its sentences.
    """
    items = proposed(text)
    shown = [*items, *(sentence.text for sentence in left_out(signed_sentences(text), items))]
    low = [" ".join(words.casefold().split()) for words in shown]
    threats = [(sign.start, sign.end) for sign in threat_to_life(text)]
    harm = [(sign.start, sign.end) for sign in harm_signs(text, teller_is_child=False)]
    for start, end in (*threats, *harm, *words_for_a_child(text)):
        words = " ".join(text[start:end].casefold().split())
        if not any(words in line for line in low):
            return False
    return True


def test_over_an_invented_county_every_sign_is_in_a_proposed_item_or_shown_as_left_out() -> None:
    county = invent(11, reports=REPORTS, weeks=12, start=date(2026, 1, 5))
    lost = [told.id for told in tell(county, REPORTS) if not found_again(told.text)]
    assert lost == []


@given(st.lists(st.sampled_from(SIGNED + PLAIN), min_size=1, max_size=8), st.sampled_from((" ", "\n", "; ", ". ")))
def test_however_sentences_stand_together_none_with_a_sign_is_lost(parts: list[str], between: str) -> None:
    assert found_again(between.join(parts))


@given(st.text(max_size=300))
def test_whatever_is_typed_no_sign_is_lost(text: str) -> None:
    assert found_again(text)


@pytest.mark.parametrize("text", SIGNED)
def test_a_sentence_with_a_sign_is_kept_with_it_or_handed_over(text: str) -> None:
    signed = signed_sentences(text, teller_is_child=True)
    assert signed
    left = left_out(signed, proposed(text))
    for sentence in set(signed) - set(left):
        again = [s for item in proposed(text) for s in signed_sentences(item, teller_is_child=True)]
        assert set(sentence.why) <= {why for s in again for why in s.why}


def test_a_child_beside_a_sentence_of_the_tellers_own_stays_in_its_item() -> None:
    (item,) = proposed("I saw him on Friday; she is 12.")
    assert item == "She is 12."


def test_a_child_that_goes_with_the_teller_is_shown_as_left_out() -> None:
    text = "My girl is 12 and I know she owes him money. A silver van comes at nine."
    left = left_out(signed_sentences(text), proposed(text))
    assert [sentence.text for sentence in left] == ["My girl is 12 and I know she owes him money."]


def test_thanks_that_carry_harm_are_no_pleasantry() -> None:
    assert propose_items("Sorry he is hitting her.") == ("Sorry he is hitting her.",)
    assert propose_items("Sorry for the long message.") == ()


@pytest.mark.parametrize("text", ["She is 6.", "he was only 9", "a 7yo", "aged 8", "a toddler", "in year 5"])
def test_a_small_child_is_a_child(text: str) -> None:
    assert may_speak_of_a_child(text)


@pytest.mark.parametrize("text", ["He is 6 foot tall", "she is 5 months gone", "it closes at 8", "he was 9 times in"])
def test_not_every_figure_is_an_age(text: str) -> None:
    assert not may_speak_of_a_child(text)


def test_an_item_that_an_assessor_wrote_in_other_words_says_the_sign() -> None:
    signed = signed_sentences("My daughter is 12.")
    assert [sentence.why for sentence in signed] == [(A_CHILD,)]
    assert unsaid(signed, ["A silver van comes at nine."]) == signed
    assert unsaid(signed, ["A girl is made to carry bags."]) == ()


def test_no_repr_shows_a_sentence() -> None:
    assert "12" not in repr(signed_sentences("She is 12."))


@given(st.text())
def test_spans_are_in_order_and_hold_every_letter(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    inside = set().union(*(range(a, b) for a, b in spans)) if spans else set()
    assert all(at in inside for at, c in enumerate(text) if c.isalnum())
    assert len(sentences(text)) == len(spans)
