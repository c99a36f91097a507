"""Words in Welsh, Polish, Romanian and Arabic that may say what danger there is."""

import pytest

from lastpiece.assess.other_languages import may_say


@pytest.mark.parametrize(
    ("language", "text", "danger"),
    [
        ("cy", "Mae o am ladd ei wraig heno", "life"),
        ("cy", "Mae ganddo gyllell yn y car", "weapon"),
        ("cy", "Mae'r dyn yn curo'r plentyn", "child"),
        ("cy", "Mae hi'n garcharor yn y tŷ", "held"),
        ("pl", "On chce ją zabić", "life"),
        ("pl", "Chodzi z nożem po ulicy", "weapon"),
        ("pl", "Ojczym bije dziecko każdego dnia", "child"),
        ("pl", "Zabrał im paszporty i zamknął w domu", "held"),
        ("ro", "Vrea să o omoare", "life"),
        ("ro", "Are un cuțit la el", "weapon"),
        ("ro", "Îl bate pe copil în fiecare seară", "child"),
        ("ro", "Fetele sunt închise în casă", "held"),
        ("ar", "سيقتل زوجته", "life"),
        ("ar", "معه سكّين", "weapon"),
        ("ar", "يضرب الطفل كل يوم", "child"),
        ("ar", "المرأة محبوسة في البيت", "held"),
    ],
)
def test_a_danger_is_named_in_its_language_and_where_nobody_named_the_language(
    language: str, text: str, danger: str
) -> None:
    assert danger in may_say(text, language=language)
    assert danger in may_say(text, language="und")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("cy", "Mae car llwyd yma bob dydd wrth ymyl y siop."),
        ("pl", "Szary samochód stoi tu codziennie obok sklepu na rogu."),
        ("ro", "O mașină gri stă aici în fiecare zi lângă magazin."),
        ("ar", "سيارة رمادية تقف هنا كل يوم"),
    ],
)
def test_a_parked_car_is_no_danger(language: str, text: str) -> None:
    assert may_say(text, language=language) == ()
