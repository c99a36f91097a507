"""Days on the public pages are in the page's language and its grammar, and a chart says which week it cannot show."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from tests.factories.sealed_front import Desk

import lastpiece.site
from lastpiece.results.publication import (
    Campaign,
    Figure,
    Publication,
    Week,
    WeekResult,
    YouSaid,
    to_json,
)
from lastpiece.site.parts.days import day_in_words, month_in_words
from lastpiece.site.parts.published import charts

FOREIGN = ("cy", "pl", "ro", "ar")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
    *("December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept?", "Oct", "Nov", "Dec"),
)
TODAY = datetime.now(UTC).date()  # noqa: TID251 - the pages read the clock
SITE = Path(lastpiece.site.__file__).parent
FINISHED = date(2026, 11, 20)


def year_of_weeks(first: date) -> Publication:
    weeks = tuple(
        Week(number, "x", start, start + timedelta(days=7))
        for number, start in enumerate((first + timedelta(days=28 * step) for step in range(13)), 1)
    )
    people = Figure("safeguarded", "x", 9, unit="people", at_least=True)
    return Publication(
        published_on=FINISHED,
        campaign=Campaign("x", "x", weeks),
        results=tuple(WeekResult(week.number, "provisional", (people,)) for week in weeks),
        totals=(people,),
        you_said=tuple(YouSaid("x", "x", "x", f"2026-{month:02}") for month in range(1, 13)),
    )


def said(client: Client, address: str) -> str:
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2].partition("</main>")[0]).split())


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("page", ["", "campaign", "results"])
def test_no_english_month_or_to_stands_on_a_page_in_another_language(
    visitor: Client, desk: Desk, language: str, page: str
) -> None:
    desk.publish(public_json=to_json(year_of_weeks(TODAY - timedelta(days=1))))
    shown = said(visitor, f"/{language}/{page}")
    for month in ENGLISH_MONTHS:
        assert not re.search(rf"\b{month}\b", shown), (month, shown)
    assert not re.search(r"\d\s+\w+\s+(\d{4}\s+)?(to|until)\s+\d", shown)
    assert "Figures as they stood" not in shown
    assert "still being weighed" not in shown


@pytest.mark.parametrize(
    ("language", "days", "stood", "month"),
    [
        ("en", "9 November to 15 November 2026.", "Figures as they stood on 20 November 2026.", "November 2026"),
        (
            "pl",
            "od 9 listopada do 15 listopada 2026.",
            "Liczby według stanu na dzień 20 listopada 2026.",
            "listopad 2026",
        ),
        ("cy", "9 Tachwedd i 15 Tachwedd 2026.", "Y ffigurau fel yr oedden nhw ar 20 Tachwedd 2026.", "Tachwedd 2026"),
        (
            "ro",
            "între 9 noiembrie și 15 noiembrie 2026.",
            "Cifrele așa cum erau la 20 noiembrie 2026.",
            "noiembrie 2026",
        ),
        ("ar", "من 9 نوفمبر إلى 15 نوفمبر 2026.", "الأرقام كما كانت في 20 نوفمبر 2026.", "نوفمبر 2026"),
    ],
)
def test_results_say_their_days_as_the_language_does(
    visitor: Client, desk: Desk, language: str, days: str, stood: str, month: str
) -> None:
    desk.publish(public_json=to_json(year_of_weeks(date(2026, 11, 9))))
    address = "/results" if language == "en" else f"/{language}/results"
    shown = said(visitor, address)
    for sentence in (days, stood, f" {month} "):
        assert sentence in shown
    if language != "en":
        assert f'<p class="govuk-body-s" lang="{language}"' in visitor.get(address).content.decode()


def test_no_public_template_writes_a_day_in_a_way_of_its_own() -> None:
    public = [file for part in ("front", "parts") for file in (SITE / part / "templates").rglob("*.html")]
    assert public
    assert [file.name for file in public if re.search(r"\|date\b", file.read_text())] == []


def test_polish_months_stand_in_the_genitive_beside_a_day_and_alone_in_the_nominative() -> None:
    genitive = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    alone = "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
    with translation.override("pl"):
        assert [day_in_words(date(2026, month, 4)) for month in range(1, 13)] == [
            f"4 {month} 2026" for month in genitive.split()
        ]
        assert [month_in_words(f"2026-{month:02}") for month in range(1, 13)] == [f"{m} 2026" for m in alone.split()]


def test_a_sum_that_leaves_a_week_out_says_so(visitor: Client, desk: Desk) -> None:
    desk.publish(public_json=to_json(year_of_weeks(FINISHED)))
    assert "at least 9" in said(visitor, "/")
    shown = said(visitor, "/results")
    assert "at least 9" in shown
    assert "“At least” means that in some weeks the number is held back" in shown


def test_the_chart_names_the_weeks_that_did_not_count_and_those_held_back() -> None:
    safer = Figure("safeguarded", "x", 9, unit="people")
    held = Figure("safeguarded", "x", None, suppressed=True, unit="people", reason="Held back.")
    results = tuple(
        WeekResult(number, "final", figures) for number, figures in enumerate([(safer,), (), (held,), (safer,)], 1)
    )
    (chart,) = charts(Publication(FINISHED, Campaign("x", "x", ()), results))
    assert [(bar.label, bar.text, bar.amount) for bar in chart.bars] == [
        ("Week 1", "9", 9),
        ("Week 2", "not counted", None),
        ("Week 3", "held back", None),
        ("Week 4", "9", 9),
    ]
