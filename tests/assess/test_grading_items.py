import pytest

from lastpiece.assess.grading import MEANINGS, propose_grade
from lastpiece.assess.items import propose_items
from lastpiece.values.grade import Handling, Information, Source


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("I saw him hand over a bag.", "2AC"),
        ("We’ve seen the same car three times.", "2AC"),
        ("I heard shouting and a bang.", "2AC"),
        ("My mate says he sells crack.", "2CC"),
        ("Everyone knows it is him.", "2CC"),
        ("I heard that he has a gun.", "2CC"),
        ("Apparently there is a knife in the house.", "2CC"),
        ("There is a grow at the garage.", "2DC"),
        ("I saw the car and my mate says it is stolen.", "2DC"),
        ("", "2DC"),
    ],
)
def test_a_grade_is_proposed_from_how_the_words_say_it_is_known(text: str, grade: str) -> None:
    proposal = propose_grade(text)
    assert str(proposal.grade) == grade
    assert proposal.why.endswith(".")


def test_first_hand_and_told_in_one_item_asks_for_a_split() -> None:
    assert "split it" in propose_grade("I saw the car and my mate says it is stolen.").why


def test_a_machine_never_proposes_reliable_corroborated_false_or_free_sharing() -> None:
    texts = [
        "I am a police officer and I saw it",
        "this is a lie",
        "definitely true, I saw it with my own eyes",
        "share this",
    ]
    for grade in (propose_grade(text).grade for text in texts):
        assert grade.source is Source.UNTESTED
        assert grade.handling is Handling.CONDITIONS
        assert grade.information not in {Information.INDIRECT_CORROBORATED, Information.SUSPECTED_FALSE}


def test_every_value_of_a_grade_has_its_meaning() -> None:
    assert set(MEANINGS["source"]) == set(Source)
    assert set(MEANINGS["information"]) == set(Information)
    assert set(MEANINGS["handling"]) == set(Handling)
    assert MEANINGS["information"]["C"].label != MEANINGS["handling"]["C"].label


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Hi. Mr. Okafor sells crack. He has a knife. Thanks!", ("Mr. Okafor sells crack. He has a knife.",)),
        (
            "There is a grow at 12 High St. A black golf comes at 9.30pm; two lads get out.",
            ("There is a grow at 12 High St. A black golf comes at 9.30pm;", "two lads get out."),
        ),
        ("Danny deals coke.\nThe flat above is empty.", ("Danny deals coke.", "The flat above is empty.")),
        ("", ()),
        ("...", ()),
    ],
)
def test_a_report_divides_into_what_stands_alone(text: str, items: tuple[str, ...]) -> None:
    assert propose_items(text) == tuple(item.rstrip(";") for item in items)
