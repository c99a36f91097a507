import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.assess.questions import DONE, LONGEST, PREAMBLE, TEMPLATES, QuestionRefusedError, fill, suggests_child
from lastpiece.results.outcomes import KINDS

TASKING = ("find", "next time", "watch", "photo", "let us know", "look", "ask ", "come back", "tell us when")
REPORT = "There was a black Golf, reg started ZZ19, at the back of the shops. Please find out who it is."


def test_a_question_quotes_the_tellers_own_words_after_the_fixed_preamble() -> None:
    text = fill("remember", {"words": "black golf"}, REPORT)
    assert text.startswith(PREAMBLE)
    assert "“black Golf”" in text


def test_thanks_ask_for_nothing_and_need_no_preamble() -> None:
    assert fill("helped", {}, REPORT) == TEMPLATES["helped"].text
    assert "?" not in TEMPLATES["helped"].text


@pytest.mark.parametrize("kind", DONE)
def test_what_was_done_is_one_of_a_closed_list_and_says_no_place_number_or_name(kind: str) -> None:
    text = fill("done", {"done": kind}, REPORT)
    assert text.startswith("Thank you.")
    assert DONE[kind] in text
    assert not any(letter.isdigit() for letter in text)
    assert "?" not in text


def test_the_list_of_what_was_done_is_that_of_the_results() -> None:
    assert set(DONE) == set(KINDS)


@pytest.mark.parametrize(
    "slots", [{}, {"done": "revenge"}, {"done": "black Golf"}, {"done": "drugs", "words": "black"}]
)
def test_nothing_else_can_be_said_to_have_been_done(slots: dict[str, str]) -> None:
    with pytest.raises(QuestionRefusedError) as refused:
        fill("done", slots, REPORT)
    assert "Golf" not in str(refused.value)


def test_a_teller_who_may_be_a_child_is_not_told_what_was_done() -> None:
    with pytest.raises(QuestionRefusedError):
        fill("done", {"done": "arrests"}, REPORT, child=True)


@pytest.mark.parametrize(
    ("template", "slots"),
    [
        ("remember", {"words": "red Golf"}),
        ("remember", {"words": "Danny Okafor"}),
        ("remember", {"words": ""}),
        ("remember", {"words": "   "}),
        ("remember", {"words": "olf"}),
        ("remember", {"words": "Please find out who"}),
        ("remember", {"words": REPORT}),
        ("remember", {"words": "{words}"}),
        ("remember", {}),
        ("remember", {"words": "Golf", "more": "Golf"}),
        ("helped", {"words": "Golf"}),
        ("free text", {}),
    ],
)
def test_anything_else_is_refused(template: str, slots: dict[str, str]) -> None:
    with pytest.raises(QuestionRefusedError):
        fill(template, slots, REPORT)


@pytest.mark.parametrize("words", ["my brother", "our street", "he told me"])
def test_words_about_the_teller_are_not_quoted_back(words: str) -> None:
    with pytest.raises(QuestionRefusedError):
        fill("remember", {"words": words}, f"It was {words} and a black Golf")


@pytest.mark.parametrize(
    "report",
    [
        "I'm 14 and scared",
        "a lad in my year has a knife",
        "my teacher does not know",
        "im in year 9",
        "we are at my school",
        "I am nine",
        "im only 8 and half",
        "my mummy cries",
        "I'm in reception",
        "I go to St Mary's primary school",
        "in year 4 at my school",
    ],
)
def test_a_teller_who_may_be_a_child_gets_children_questions_only(report: str) -> None:
    assert suggests_child(report)
    with pytest.raises(QuestionRefusedError):
        fill("remember", {"words": "knife"}, report + " knife")
    assert "danger" in fill("danger", {}, report)


def test_a_known_child_gets_children_questions_only() -> None:
    with pytest.raises(QuestionRefusedError):
        fill("remember", {"words": "black Golf"}, REPORT, child=True)


@pytest.mark.parametrize(
    "report", [REPORT, "I am 45 and live in Corby", "a girl of 14 is used as a runner", "I'm 12 doors away"]
)
def test_a_report_about_a_child_is_not_a_report_by_one(report: str) -> None:
    assert not suggests_child(report)


def test_templates_ask_only_what_is_already_known() -> None:
    for template in TEMPLATES.values():
        assert len(template.text) <= LONGEST
        assert not any(word in template.text.lower() for word in TASKING)
        if template.is_question:
            assert "already" in template.text.lower()


def test_a_refusal_never_quotes_the_report() -> None:
    with pytest.raises(QuestionRefusedError) as refused:
        fill("remember", {"words": "secret name"}, "a black Golf")
    assert "secret" not in str(refused.value)
    assert "Golf" not in str(refused.value)


@given(words=st.text(max_size=60))
def test_no_words_that_the_teller_did_not_write_ever_go_out(words: str) -> None:
    try:
        text = fill("remember", {"words": words}, REPORT)
    except QuestionRefusedError:
        return
    quoted = text.split("“")[1].split("”")[0]
    assert " ".join(quoted.lower().split()) in REPORT.lower()
