"""Nothing that one report says and another does not is passed over."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lastpiece.assess.differing import MOST_WORDS, differences, said

READ = {"what": "He is to be stabbed tonight at 14 Quill Street, the blue door.", "who": "Dizzy"}
WORDS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=9).map(tuple)


def test_the_one_word_that_was_changed_is_shown_with_what_stands_around_it() -> None:
    found = differences(said(READ), said({**READ, "what": READ["what"].replace("14", "41")}))
    assert found is not None
    assert [(each.here, each.there) for each in found] == [("41", "14")]
    assert (found[0].before, found[0].behind) == ("be stabbed tonight at", "quill street, the blue")


def test_a_word_left_out_is_a_difference_as_much_as_one_put_in() -> None:
    found = differences(said(READ), said({"what": READ["what"]}))
    assert found is not None
    assert [(each.here, each.there) for each in found] == [("", "who: dizzy")]


def test_capitals_and_spaces_alone_are_none_but_signs_are() -> None:
    assert differences(said(READ), said({**READ, "what": "  " + READ["what"].upper().replace(" ", "\n")})) == ()
    assert differences(said(READ), said({**READ, "who": "Dizzy🔫"})) != ()
    assert differences(said(READ), said({**READ, "who": "Diz\u200bzy"})) != ()


def test_the_same_words_under_another_question_differ() -> None:
    assert said({"what": "Dizzy"}) != said({"who": "Dizzy"})
    assert said({"what": "A fight", "who": "Dizzy"}) != said({"what": "A fight who: Dizzy"})
    assert said({"what": "A fight", "who": "Dizzy"}) != said({"what": "A fight \x1fwho: Dizzy"})


def test_one_that_says_much_of_its_own_is_read_whole() -> None:
    more = " ".join(f"word{number}" for number in range(MOST_WORDS + 1))
    assert differences(said(READ), said({**READ, "who": more})) is None


def test_texts_made_to_be_slow_are_compared_all_the_same() -> None:
    """Two one-letter words over and over cost the standard library's matcher half a minute for one pair."""
    slow = tuple(Random(7).choices("ab", k=3_800))
    found = differences(slow, (*slow[:1_900], "c", *slow[1_901:]))
    assert found is not None
    assert [(each.here, each.there) for each in found] == [("c", slow[1_900])]
    assert differences(slow, slow[::-1]) is None
    assert differences(("a",) * 3_800, ("a",) * 1_900 + ("b",) * 1_900) is None


@given(WORDS, WORDS)
def test_the_differences_and_what_was_read_give_back_every_word(read: tuple[str, ...], other: tuple[str, ...]) -> None:
    found = differences(read, other)
    assert found is not None
    assert (found == ()) == (read == other)
    here = [word for each in found for word in each.here.split()]
    gone = [word for each in found for word in each.there.split()]
    assert sorted([*read, *here]) == sorted([*other, *gone])
