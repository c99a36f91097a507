import pytest

from lastpiece.values.comparison import Level
from lastpiece.values.kinds import KINDS
from lastpiece.values.sound import sound


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("Mike Okafor", "Michael Okafor", Level.NICKNAME),
        ("M Okafor", "Michael Okafor", Level.COMPATIBLE),
        ("Michael", "Michael Okafor", Level.COMPATIBLE),
        ("Okafor", "Michael Okafor", Level.COMPATIBLE),
        ("Stephen Walsh", "Steven Walsh", Level.NICKNAME),
        ("Kieran Walshe", "Kieran Walsh", Level.SOUNDS),
        ("Okafor Danny", "Danny Okafor", Level.EXACT),
        ("Danny John Okafor", "Danny Okafor", Level.COMPATIBLE),
        ("Danny Okafor", "Danny Patel", Level.DIFFERENT),
        ("Lil T", "Little T", Level.EXACT),
        ("JB", "Jordan Blake", Level.COMPATIBLE),
        ("Big Dave", "David Marlow", Level.NICKNAME),
        ("Ghost", "Razor", Level.DIFFERENT),
    ],
)
def test_names_agree_as_people_use_them(left: str, right: str, level: Level) -> None:
    assert KINDS["person"].compare(left, right).level is level


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mike Okafor", "Michael Okafor"),
        ("Kieren Walshe", "Kieran Walsh"),
        ("M Okafor", "Michael Okafor"),
        ("Big Dave", "David Marlow"),
        ("JB", "Jordan Blake"),
        ("Okafour", "Danny Okafor"),
    ],
)
def test_forms_of_one_name_share_a_feature(left: str, right: str) -> None:
    assert set(KINDS["nickname"].features(left)) & set(KINDS["person"].features(right))


def test_a_full_name_says_more_than_a_first_name() -> None:
    kind = KINDS["person"]
    assert kind.specificity("Danny Okafor") > kind.specificity("Danny") > kind.specificity("D")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mr patel", "Patel"),
        ("OKAFOR, DANNY", "Danny Okafor"),
        ("o'brien", "O'Brien"),
        ("j. smith", "J Smith"),
        ("mcdonald", "McDonald"),
        ("anne-marie", "Anne-Marie"),
        ("  ", None),
        ("123", None),
    ],
)
def test_a_name_is_filed_without_its_title(text: str, value: str | None) -> None:
    assert KINDS["person"].clean(text) == value


@pytest.mark.parametrize(
    ("left", "right"), [("walshe", "walsh"), ("steven", "stephen"), ("knight", "nite"), ("phillips", "filips")]
)
def test_spellings_that_sound_alike_have_one_key(left: str, right: str) -> None:
    assert sound(left) == sound(right)
