"""The public document: exact bytes, and errors that name the field."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.results.publication import (
    MAX_BYTES,
    Campaign,
    Figure,
    Publication,
    PublicationWrong,
    Week,
    WeekResult,
    YouSaid,
    from_json,
    to_json,
)

MONDAY = date(2026, 9, 7)


def a_publication() -> Publication:
    weeks = tuple(
        Week(n, f"Theme {n}", MONDAY + timedelta(days=7 * (n - 1)), MONDAY + timedelta(days=7 * n))
        for n in range(1, 13)
    )
    figures = (
        Figure("arrests", "People arrested", 22, unit="people"),
        Figure("safeguarded_child", "Children made safer", None, suppressed=True, unit="people", reason="Held back."),
    )
    return Publication(
        published_on=date(2026, 9, 15),
        campaign=Campaign("Twelve weeks", "What you know matters", weeks),
        results=(WeekResult(1, "provisional", figures),),
        totals=(Figure("arrests", "People arrested", 22, unit="people", at_least=True),),
        you_said=(YouSaid("Kettering", "Dealing by the shops", "Two warrants", "2026-09"),),
        thanks="Thank you.",
    )


text = st.text(max_size=30)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
figures = st.builds(
    lambda key, label, value, unit: Figure(key, label, value, suppressed=value is None, unit=unit),
    text,
    text,
    st.none() | st.integers(0, 10**9),
    text,
)


@given(days, text, st.lists(figures, max_size=5), st.lists(text, max_size=3))
def test_what_is_written_is_read_back_the_same_and_writes_the_same_bytes(
    day: date, name: str, found: list[Figure], said: list[str]
) -> None:
    publication = Publication(
        day,
        Campaign(name, name, (Week(1, name, day, day + timedelta(days=7)),)),
        (WeekResult(1, "final", tuple(found)),),
        tuple(found),
        tuple(YouSaid(words, words, words, "2026-01") for words in said),
        name,
    )
    written = to_json(publication)
    assert from_json(written) == publication
    assert to_json(from_json(written)) == written


def spoiled(change: Callable[[Any], object]) -> bytes:
    document = json.loads(to_json(a_publication()))
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.pop("campaign"), "campaign"),
        (lambda d: d["campaign"].pop("name"), "campaign.name"),
        (lambda d: d["campaign"]["weeks"][2].update(starts_on="soon"), "campaign.weeks[2].starts_on"),
        (lambda d: d["campaign"]["weeks"][2].update(ends_on="2026-01-01"), "campaign.weeks[2].ends_on"),
        (lambda d: d["campaign"]["weeks"][2].update(number=1), "campaign.weeks"),
        (lambda d: d["results"][0].update(status="early"), "results[0].status"),
        (lambda d: d["results"][0].update(week=13), "results"),
        (lambda d: d["results"].append(d["results"][0]), "results"),
        (lambda d: d["results"][0]["figures"][0].update(value="22"), "results[0].figures[0].value"),
        (lambda d: d["results"][0]["figures"][0].update(value=True), "results[0].figures[0].value"),
        (lambda d: d["results"][0]["figures"][1].update(value=3), "results[0].figures[1].value"),
        (lambda d: d["totals"][0].update(at_least="yes"), "totals[0].at_least"),
        (lambda d: d.update(you_said={}), "you_said"),
        (lambda d: d["you_said"][0].update(month="2026-13"), "you_said[0].month"),
        (lambda d: d["you_said"][0].update(teller="?"), "you_said[0].teller"),
        (lambda d: d.update(version=2), "version"),
        (lambda d: d.update(extra=1), "extra"),
        (lambda d: d["campaign"].update(weeks=[3]), "campaign.weeks[0]"),
    ],
)
def test_a_wrong_field_is_named(change: Callable[[Any], object], named: str) -> None:
    with pytest.raises(PublicationWrong) as error:
        from_json(spoiled(change))
    assert f"“{named}”" in str(error.value)


@pytest.mark.parametrize("document", [b"", b"{", b"\xff\xfe", b"[]", b"3", b"[" * 100_000])
def test_what_is_no_document_is_refused_in_one_sentence(document: bytes) -> None:
    with pytest.raises(PublicationWrong):
        from_json(document)


def test_a_document_without_end_is_refused_unread() -> None:
    with pytest.raises(PublicationWrong, match="longer than"):
        from_json(b" " * (MAX_BYTES + 1))


def test_a_week_holds_its_first_day_and_not_its_end() -> None:
    campaign = a_publication().campaign
    assert campaign.week_on(MONDAY) == campaign.weeks[0]
    assert campaign.week_on(MONDAY + timedelta(days=7)) == campaign.weeks[1]
    assert campaign.week_on(MONDAY - timedelta(days=1)) is None
    assert campaign.weeks[0].last_day == date(2026, 9, 13)
