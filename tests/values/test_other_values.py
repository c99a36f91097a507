import pytest

from lastpiece.values.comparison import Level
from lastpiece.values.kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("postcode", "nn109xy", "NN10 9XY"),
        ("postcode", "NNl OAB", "NN1 0AB"),
        ("postcode", "nn8", "NN8"),
        ("postcode", "QQ1 1AA", None),
        ("address", "flat 3, 22 tennyson close", "Flat 3, 22 Tennyson Close"),
        ("address", "14  HARPER rd", "14 Harper Rd"),
        ("address", "harper road", None),
        ("place", "welly", "Wellingborough"),
        ("place", "brum", "Birmingham"),
        ("place", "mill rd", "Mill Road"),
        ("vehicle", "A black golf", "black volkswagen golf"),
        ("vehicle", "white Transit van", "white ford transit van"),
        ("vehicle", "silver merc", "silver mercedes"),
        ("handle", "@Lil_Tee99", "lil_tee99"),
        ("drug", "xans", "alprazolam"),
        ("drug", "the shopping", None),
        ("weapon", "sawn-off", "shotgun"),
        ("money", "two grand", "GBP 2000"),
        ("money", "£1,500", "GBP 1500"),
        ("money", "€900", "EUR 900"),
        ("money", "50p", "GBP 0.5"),
        ("money", "a tenner", "GBP 10"),
        ("money", "lots", None),
        ("organisation", "the marco deal line", "Marco line"),
        ("time", "14/03/2026", "2026-03-14"),
        ("time", "31/02/2026", None),
        ("time", "14th of March", "--03-14"),
        ("time", "half past nine pm", "21:30"),
        ("time", "9.15pm", "21:15"),
        ("time", "half 3", None),
        ("time", "last Tuesday", None),
        ("time", "every Friday night", "FR"),
        ("time", "2130 hrs", "21:30"),
    ],
)
def test_values_are_normalised(kind: str, text: str, value: str | None) -> None:
    assert KINDS[kind].clean(text) == value


@pytest.mark.parametrize(
    ("kind", "left", "right", "level"),
    [
        ("postcode", "NN1", "NN1 1AF", Level.COMPATIBLE),
        ("postcode", "NN1 1AF", "NN1 1AG", Level.CLOSE),
        ("postcode", "NN1 1AF", "NN8 1AF", Level.CLOSE),
        ("postcode", "NN1 1AF", "NN8 2XY", Level.DIFFERENT),
        ("address", "14 Harper Rd", "14 Harper Road", Level.EXACT),
        ("address", "Flat 3, 14 Harper Road", "14 Harper Road", Level.COMPATIBLE),
        ("address", "15 Harper Road", "14 Harper Road", Level.DIFFERENT),
        ("address", "14 Harpur Road", "14 Harper Road", Level.CLOSE),
        ("place", "Red Lion", "The Red Lion Inn", Level.COMPATIBLE),
        ("vehicle", "black volkswagen golf", "volkswagen golf", Level.COMPATIBLE),
        ("vehicle", "black volkswagen golf", "red volkswagen golf", Level.DIFFERENT),
        ("vehicle", "grey audi a3", "silver audi a3", Level.COMPATIBLE),
        ("handle", "lil_tee99", "lil_tee_99", Level.CLOSE),
        ("drug", "cocaine", "crack cocaine", Level.CLOSE),
        ("drug", "unspecified", "heroin", Level.COMPATIBLE),
        ("weapon", "knife", "machete", Level.COMPATIBLE),
        ("weapon", "handgun", "machete", Level.DIFFERENT),
        ("money", "GBP 40", "GBP 45", Level.CLOSE),
        ("organisation", "Marco line", "Marko line", Level.SOUNDS),
        ("time", "21:30", "21:45", Level.COMPATIBLE),
        ("time", "2026-03-14", "SA", Level.COMPATIBLE),
        ("time", "2026-03-14", "2026-04-14", Level.DIFFERENT),
        ("time", "21:30", "FR", Level.UNKNOWN),
    ],
)
def test_values_compare_as_their_kind_does(kind: str, left: str, right: str, level: Level) -> None:
    assert KINDS[kind].compare(left, right).level is level


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        ("postcode", "NN1", "NN1 1AF"),
        ("address", "Harper Road 14", "14 Harper Road"),
        ("vehicle", "black golf", "volkswagen golf"),
        ("weapon", "machete", "knife"),
        ("place", "Red Lion", "Red Lion Inn"),
        ("handle", "lil_tee99", "liltee"),
    ],
)
def test_values_worth_comparing_share_a_feature(kind: str, left: str, right: str) -> None:
    found = KINDS[kind]
    assert set(found.features(found.clean(left) or left)) & set(found.features(found.clean(right) or right))
