"""The word list holds what it promises, and seven words are read however they are typed."""

import math
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.tell.seed import SeedWrong
from lastpiece.tell.words import HOW_MANY, WORDS, WordsWrong, parse_words, words_from

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SEVEN = words_from(b"s" * 32)

NEVER = """
arrest cell charge crime drug gun jail judge kill knife law murder officer police prison rob shoot steal thief victim
cannabis cocaine crack dealer heroin opium pill weed whisky wine beer witness
bishop church christ god hindu islam jew muslim priest sikh temple
asian black chinese english foreign irish race slave white
bastard bitch cock cunt dick fuck sex shit slut tit whore
"""
"""A sample of the kinds of word that no receipt may show; the list was read through by a person as well."""

SOUND_ALIKE = [
    ("ad", "add"), ("aisle", "isle"), ("bare", "bear"), ("berry", "bury"), ("board", "bored"), ("brake", "break"),
    ("ceiling", "sealing"), ("cereal", "serial"), ("coarse", "course"), ("coral", "choral"), ("council", "counsel"),
    ("current", "currant"), ("dear", "deer"), ("fair", "fare"), ("flour", "flower"), ("great", "grate"),
    ("hair", "hare"), ("heal", "heel"), ("idle", "idol"), ("key", "quay"), ("knight", "night"), ("made", "maid"),
    ("mail", "male"), ("meat", "meet"), ("medal", "meddle"), ("morning", "mourning"), ("muscle", "mussel"),
    ("pair", "pear"), ("peace", "piece"), ("pedal", "peddle"), ("plain", "plane"), ("practice", "practise"),
    ("principal", "principle"), ("profit", "prophet"), ("queue", "cue"), ("rain", "reign"), ("right", "write"),
    ("road", "rode"), ("sail", "sale"), ("sauce", "source"), ("scene", "seen"), ("sight", "site"), ("stair", "stare"),
    ("stake", "steak"), ("stationary", "stationery"), ("storey", "story"), ("tail", "tale"), ("throne", "thrown"),
    ("tide", "tied"), ("vain", "vein"), ("waist", "waste"), ("weather", "whether"), ("week", "weak"), ("yoke", "yolk"),
]  # fmt: skip


def neighbours(word: str) -> set[str]:
    """Return every string one insertion, deletion, replacement or swap of neighbours away."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    deleted = {left + right[1:] for left, right in halves if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    replaced = {left + letter + right[1:] for left, right in halves if right for letter in LETTERS}
    inserted = {left + letter + right for left, right in halves for letter in LETTERS}
    return (deleted | swapped | replaced | inserted) - {word}


def test_there_are_7776_words_and_seven_of_them_are_ninety_bits() -> None:
    assert len(set(WORDS)) == len(WORDS) == 6**5
    assert math.log2(len(WORDS)) * HOW_MANY > 90


def test_every_word_has_three_to_eight_plain_small_letters() -> None:
    assert all(3 <= len(word) <= 8 and set(word) <= set(LETTERS) for word in WORDS)


def test_the_list_stands_in_alphabetical_order() -> None:
    assert all(first < second for first, second in pairwise(WORDS))


def test_no_two_words_are_one_slip_of_the_pen_apart() -> None:
    listed = set(WORDS)
    assert [word for word in WORDS if neighbours(word) & listed] == []


def test_no_word_is_another_with_a_plain_ending() -> None:
    listed = set(WORDS)
    endings = ("s", "es", "ed", "d", "ly", "ness")
    assert [word for word in WORDS if any(word + ending in listed for ending in endings)] == []


@pytest.mark.parametrize(("one", "other"), SOUND_ALIKE)
def test_no_two_words_sound_the_same(one: str, other: str) -> None:
    assert not {one, other} <= set(WORDS)


def test_no_word_could_shame_or_frighten_whoever_is_seen_with_it() -> None:
    assert set(WORDS).isdisjoint(NEVER.split())


@given(seed=st.binary(min_size=32, max_size=32))
def test_a_seed_always_gives_the_same_seven_words_and_they_are_read_back(seed: bytes) -> None:
    words = words_from(seed)
    assert words == words_from(seed)
    assert parse_words(" ".join(words)) == words


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(SeedWrong):
        words_from(b"short")


def test_every_word_is_as_likely_as_any_other() -> None:
    """Chi-square over 200 groups of words, 14,000 draws: 199 degrees of freedom, p > 0.0001 below 280."""
    groups, places = 200, {word: place for place, word in enumerate(WORDS)}
    drawn = Counter(
        places[word] * groups // len(WORDS) for number in range(2_000) for word in words_from(number.to_bytes(32))
    )
    expected = 2_000 * HOW_MANY / groups
    assert sum((drawn[group] - expected) ** 2 / expected for group in range(groups)) < 280


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(SEVEN).upper(),
        "-".join(SEVEN),
        ", ".join(SEVEN) + ".",
        "\n".join(f"{number}. {word}" for number, word in enumerate(SEVEN, 1)),
        "\u00a0\u2013 ".join(SEVEN),
        "".join(chr(ord(letter) + 0xFEE0) if letter.isalpha() else letter for letter in " ".join(SEVEN)),
    ],
    ids=["capitals", "hyphens", "commas", "numbered lines", "dashes", "wide letters"],
)
def test_words_are_read_however_they_are_typed(typed: str) -> None:
    assert parse_words(typed) == SEVEN


@pytest.mark.parametrize(
    "typed", ["", "seven", " ".join(SEVEN[:6]), " ".join((*SEVEN, SEVEN[0])), " ".join(["qqqq"] * 7)]
)
def test_anything_else_is_refused_and_not_repeated(typed: str) -> None:
    with pytest.raises(WordsWrong, match="There are seven") as caught:
        parse_words(typed)
    assert "qqqq" not in str(caught.value)


@given(typed=st.text(max_size=200))
def test_no_typing_crashes_the_reader(typed: str) -> None:
    try:
        assert len(parse_words(typed)) == HOW_MANY
    except WordsWrong:
        return
