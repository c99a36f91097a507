"""What is recognised, and where; offsets, overlaps, voices."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.marked_tips import tips

from lastpiece.fit.mentions.mention import Mention
from lastpiece.fit.mentions.recognising import recognise, settle
from lastpiece.values.kinds import KINDS


def found(text: str, kind: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.value) for m in recognise(text) if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("reg ZZ19 KXD parked up", "ZZ19 KXD", "ZZ19KXD"),
        ("it was zz19kxd", "zz19kxd", "ZZ19KXD"),
        ("plate ZZ l9 KXD", "ZZ l9 KXD", "ZZ19KXD"),
        ("reg zulu zulu one nine kilo x-ray delta", "zulu zulu one nine kilo x-ray delta", "ZZ19KXD"),
        ("the reg starts ZZ19", "ZZ19", "ZZ19*"),
        ("number plate ends KXD", "KXD", "*KXD"),
        ("a golf on a 19 plate", "19", "??19???"),
        ("plate Z something 19", "Z something 19", "Z?19*"),
        ("plate ZZ1???X I think", "ZZ1???X", "ZZ1???X"),
        ("plate ZZ68 D?B seen", "ZZ68 D?B", "ZZ68D?B"),
        ("only got the VRM of the van, ZZ08 R.", "ZZ08 R", "ZZ08R*"),
    ],
)
def test_plates_are_found_as_people_write_them(text: str, surface: str, value: str) -> None:
    assert (surface, value) in found(text, "plate")


@pytest.mark.parametrize(
    "text",
    [
        "he was at 12 the high street",
        "I got 10 men and 20 bags for the van",
        "about 30 min the car was there, plate on a table",
        "NN10 the postcode is",
        "ON 12 MAY HE WAS THERE",
        "the last three weeks",
    ],
)
def test_words_and_figures_are_no_plates(text: str) -> None:
    assert found(text, "plate") == []


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("call 07700 900123", "07700 900123", "+447700900123"),
        ("call O77OO 9OO l23 now", "O77OO 9OO l23", "+447700900123"),
        ("(07700) 900-123", "(07700) 900-123", "+447700900123"),
        ("+44 7700 900123", "+44 7700 900123", "+447700900123"),
        (
            "its oh double seven double oh nine hundred one two three",
            "oh double seven double oh nine hundred one two three",
            "+447700900123",
        ),
        ("his number ends 412", "412", "*412"),
        ("number ends in four one two", "four one two", "*412"),
        ("number is 07700 9001??", "07700 9001??", "+4477009001??"),
        ("it starts with 07700 9", "07700 9", "+4477009*"),
    ],
)
def test_numbers_are_found_as_people_write_them(text: str, surface: str, value: str) -> None:
    assert (surface, value) in found(text, "phone")


@pytest.mark.parametrize(
    "text",
    [
        "on 01/02/2026",
        "call 101 or 0800 555 111",
        "it costs 1500 pounds",
        "ref 20260314",
        "there were 412 of them at the end",
    ],
)
def test_dates_prices_and_helplines_are_no_numbers(text: str) -> None:
    assert found(text, "phone") == []


@pytest.mark.parametrize(
    "text",
    [
        "weed in the garden",
        "a can of coke and some crisps",
        "cut the grass on the verge",
        "white goods dumped by the gate",
        "the speed bump on our road",
        "the food bank on Thursday",
        "there is a crack in the wall",
        "he never told anyone, he is not a grass",
        "hash browns at the cafe",
        "crack on with the work",
        "party balloons for the birthday",
    ],
)
def test_everyday_words_are_no_drugs(text: str) -> None:
    assert found(text, "drug") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("selling weed to kids", "cannabis"),
        ("he deals coke", "cocaine"),
        ("bags of brown", "heroin"),
        ("dealing crack on Mill Road", "crack cocaine"),
        ("it stinks of weed", "cannabis"),
        ("he has ketamine", "ketamine"),
    ],
)
def test_slang_is_a_drug_where_dealing_is_talked_of(text: str, value: str) -> None:
    assert [v for _, v in found(text, "drug")] == [value]


def test_light_and_dark_are_crack_and_heroin() -> None:
    assert found("they sell light and dark", "drug") == [("light", "crack cocaine"), ("dark", "heroin")]


@pytest.mark.parametrize(
    "text",
    [
        "Mark my words, it will happen",
        "Will you send someone",
        "I hope this helps, may I add",
        "on Hope Street in May",
        "a grace period on the rent",
        "grass verge and rose bushes",
        "the bill is due, jack up the car",
    ],
)
def test_first_names_that_are_words_are_left_alone(text: str) -> None:
    assert found(text, "person") == found(text, "nickname") == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("a lad called Danny Okafor lives there", "Danny Okafor"),
        ("danny okafor is dealing", "danny okafor"),
        ("his mate Tayo drives", "Tayo"),
        ("known as Ghost", "Ghost"),
        ("goes by lil t round here", "lil t"),
        ("big dave runs it", "big dave"),
        ("JB's lot are back", "JB"),
        ("mr patel at the shop", "patel"),
        ("MIKE BAKER IS DEALING", "MIKE BAKER"),
        ("we saw Mark selling", "Mark"),
        ("everyone calls one of them Jaffa", "Jaffa"),
        ("the Okafor brothers", "Okafor"),
    ],
)
def test_people_are_found_by_cue_list_and_capital(text: str, surface: str) -> None:
    assert surface in [s for kind in ("person", "nickname") for s, _ in found(text, kind)]


@pytest.mark.parametrize(
    ("text", "kind", "surface", "value"),
    [
        ("at flat 3, 22 tennyson close", "address", "flat 3, 22 tennyson close", "Flat 3, 22 Tennyson Close"),
        ("at number 14 Harper Road", "address", "14 Harper Road", "14 Harper Road"),
        ("on mill road every day", "place", "mill road", "Mill Road"),
        ("he is from welly", "place", "welly", "Wellingborough"),
        ("outside the Red Lion", "place", "Red Lion", "Red Lion"),
        ("snap is lil_tee99", "handle", "lil_tee99", "lil_tee99"),
        ("find him @Lil.Tee99!", "handle", "@Lil.Tee99", "lil.tee99"),
        ("a black golf outside", "vehicle", "black golf", "black volkswagen golf"),
        ("he had a sawn off", "weapon", "sawn off", "shotgun"),
        ("£40 a bag", "money", "£40", "GBP 40"),
        ("owes two grand", "money", "two grand", "GBP 2000"),
        ("the Marco line is back", "organisation", "Marco line", "Marco line"),
        ("on 14/03/2026", "time", "14/03/2026", "2026-03-14"),
        ("every Friday night", "time", "every Friday night", "FR"),
        ("postcode nn8 1ab", "postcode", "nn8 1ab", "NN8 1AB"),
    ],
)
def test_each_other_kind_is_found(text: str, kind: str, surface: str, value: str) -> None:
    assert (surface, value) in found(text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("he plays golf at the golf club", "vehicle"),
        ("we must focus on the children", "vehicle"),
        ("a car and a van and a bike", "vehicle"),
        ("hammering on the door", "weapon"),
        ("bullet points and butter knife", "weapon"),
        ("hang it on the washing line by the train line", "organisation"),
        ("now and recently", "time"),
    ],
)
def test_things_that_only_look_like_a_mention_are_left_alone(text: str, kind: str) -> None:
    assert found(text, kind) == []


TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from([tip.text for tip in tips("seen")]), min_size=1, max_size=2).map(" İ ".join),
    st.sampled_from([tip.text.upper() for tip in tips("seen")]),
    st.sampled_from([tip.text.lower().replace(".", "") for tip in tips("seen")]),
)


@given(text=TEXTS)
@settings(max_examples=120, deadline=None)
def test_mentions_are_sorted_apart_and_point_at_their_surface(text: str) -> None:
    mentions = recognise(text)
    assert all(text[m.start : m.end] == m.text != "" for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    for m in mentions:
        assert m.kind in KINDS
        assert 0 < m.confidence <= 1
        assert m.why
        assert m.value is None or m.value.strip()


@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_text_gives_the_same_mentions_every_time(text: str) -> None:
    assert recognise(text) == recognise(text)


def test_of_overlapping_proposals_the_surest_then_the_longest_stays() -> None:
    def proposal(start: int, end: int, confidence: float) -> Mention:
        return Mention(
            start, end, "x" * (end - start), "place", None, partial=False, confidence=confidence, why="a test"
        )

    kept = settle([proposal(0, 4, 0.7), proposal(2, 8, 0.9), proposal(2, 5, 0.9), proposal(8, 9, 0.1)])
    assert [(m.start, m.end) for m in kept] == [(2, 8), (8, 9)]


def test_nothing_of_the_text_is_in_a_mentions_repr_or_reason() -> None:
    for tip in tips("seen"):
        for mention in recognise(tip.text):
            assert len(mention.text) < 4 or mention.text not in repr(mention)
