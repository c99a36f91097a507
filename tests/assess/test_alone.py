"""What keeps a report out of every group that is set aside together."""

import pytest

from lastpiece.assess.alone import signs_alone

PLAIN = "A grey Golf brings packets to the flat above the chip shop on Mill Road."


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("He is going to stab him tonight outside the pub.", "danger"),
        ("hes got a nife and a GUN under the bed", "danger"),
        ("There is a woman in there who cannot leave, she is LOCKED in.", "danger"),
        ("Two young lads, I think the girl is about 14.", "child"),
        ("im in year 8 and he makes me carry it", "child"),
        ("Zabije go dzisiaj wieczorem przy sklepie na rogu", "language"),
        ("سيقتله الليلة قرب المتجر", "language"),
        ("Убьют его сегодня", "language"),
    ],
)
def test_danger_a_child_and_words_that_our_lists_cannot_read_keep_a_report_out(text: str, sign: str) -> None:
    assert sign in signs_alone(text, language="en")


def test_a_report_of_none_of_these_may_go_with_its_group() -> None:
    assert signs_alone(PLAIN, language="en") == ()
    assert signs_alone("white van", language="en-GB") == ()


@pytest.mark.parametrize("language", ["cy", "pl", "ro", "ar"])
def test_what_is_told_on_a_page_in_another_language_is_judged_alone(language: str) -> None:
    assert signs_alone(PLAIN, language=language) == ("language",)
