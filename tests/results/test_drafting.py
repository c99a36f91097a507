"""The public document drawn from what was recorded: its exact bytes give no small count away."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.results.disclosure import Why
from lastpiece.results.drafting import DraftRefused, HeldBack, draft
from lastpiece.results.outcomes import KINDS, Entry, Status
from lastpiece.results.publication import Campaign, Figure, Week, from_json, to_json

MONDAY = date(2026, 9, 7)
CAMPAIGN = Campaign(
    "Twelve weeks",
    "What you know matters",
    tuple(
        Week(n, f"Theme {n}", MONDAY + timedelta(days=7 * (n - 1)), MONDAY + timedelta(days=7 * n))
        for n in range(1, 13)
    ),
)
TUESDAY = date(2026, 9, 15)


def week_of(*recorded: tuple[str, int], status: Status = "provisional") -> list[Entry]:
    return [
        Entry(place, kind, Decimal(amount), measure=KINDS[kind].measures[0], status=status)
        for place, (kind, amount) in enumerate(recorded, 1)
    ]


def values(figures: Sequence[Figure]) -> dict[str, int | None]:
    return {figure.key: figure.value for figure in figures}


def test_a_provisional_week_is_drafted_with_its_small_count_and_its_guard_held_back() -> None:
    drafted = draft(
        CAMPAIGN,
        {1: week_of(("arrests", 22), ("safeguarded_adult", 11), ("safeguarded_child", 3), ("cash", 1))},
        {1: "provisional"},
        published_on=TUESDAY,
    )
    result = drafted.publication.results[0]
    assert result.status == "provisional"
    assert values(result.figures) == {
        "arrests": 22,
        "safeguarded": 14,
        "safeguarded_adult": None,
        "safeguarded_child": None,
        "cash": 1,
    }
    assert drafted.held_back == (
        HeldBack(1, "safeguarded_adult", "Adults made safer", Why.GUARDS),
        HeldBack(1, "safeguarded_child", "Children made safer", Why.SMALL),
    )


def test_the_public_reason_does_not_say_which_figure_is_the_small_one() -> None:
    week = week_of(("safeguarded_adult", 11), ("safeguarded_child", 3))
    figures = draft(CAMPAIGN, {1: week}, {1: "provisional"}, published_on=TUESDAY).publication.results[0].figures
    assert len({figure.reason for figure in figures if figure.suppressed}) == 1


def test_a_week_is_final_only_when_everything_in_it_is() -> None:
    early = week_of(("arrests", 22), ("warrants", 4))
    with pytest.raises(DraftRefused, match="2 of its outcomes are still provisional"):
        draft(CAMPAIGN, {1: early}, {1: "final"}, published_on=TUESDAY)
    late = [
        Entry(9, "arrests", Decimal(23), measure="people", status="final", replaces=1),
        Entry(10, "warrants", Decimal(4), measure="warrants", status="final", replaces=2),
    ]
    drafted = draft(CAMPAIGN, {1: [*early, *late]}, {1: "final"}, published_on=TUESDAY)
    assert values(drafted.publication.results[0].figures) == {"arrests": 23, "warrants": 4}


@pytest.mark.parametrize(("number", "said"), [(13, "not a week of"), (2, "Nothing has been recorded for week 2")])
def test_a_week_that_is_not_there_or_empty_is_refused(number: int, said: str) -> None:
    with pytest.raises(DraftRefused, match=said):
        draft(
            CAMPAIGN, {1: week_of(("arrests", 9)), 13: week_of(("arrests", 9))}, {number: "final"}, published_on=TUESDAY
        )


def test_totals_are_sums_of_what_is_shown_and_say_so() -> None:
    recorded = {1: week_of(("arrests", 22)), 2: week_of(("arrests", 3)), 3: week_of(("arrests", 8))}
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    (total,) = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY).publication.totals
    assert (total.value, total.at_least) == (30, True)


def test_people_of_a_week_in_which_only_children_were_counted_are_in_the_campaigns_sum() -> None:
    recorded = {
        1: week_of(("safeguarded_adult", 8), ("safeguarded_child", 6)),
        2: week_of(("safeguarded_child", 9)),
        3: week_of(("safeguarded_adult", 7)),
    }
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    published = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY).publication
    assert values(published.totals) == {"safeguarded": 30, "safeguarded_adult": 15, "safeguarded_child": 15}
    assert not any(total.at_least for total in published.totals)
    assert values(published.results[1].figures) == {"safeguarded": 9, "safeguarded_child": 9}


def test_a_small_part_that_stands_alone_takes_its_sum_with_it_and_the_campaign_says_at_least() -> None:
    recorded = {1: week_of(("safeguarded_child", 9)), 2: week_of(("safeguarded_child", 2))}
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    published = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY).publication
    assert values(published.results[1].figures) == {"safeguarded": None, "safeguarded_child": None}
    assert [(total.value, total.at_least) for total in published.totals] == [(9, True), (9, True)]


PARTS = ("safeguarded_adult", "safeguarded_child")
recorded_people = st.fixed_dictionaries(
    {"arrests": st.integers(0, 30)}, optional={part: st.integers(0, 30) for part in PARTS}
)


@given(st.lists(recorded_people, min_size=1, max_size=5), st.integers(2, 12))
def test_the_published_bytes_hold_no_small_count_of_people_and_no_way_to_work_it_out(
    weeks: list[dict[str, int]], threshold: int
) -> None:
    recorded = {number: week_of(*week.items()) for number, week in enumerate(weeks, 1)}
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    drafted = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY, threshold=threshold)
    seen = json.loads(to_json(drafted.publication))
    for truth, result in zip(weeks, seen["results"], strict=True):
        found = {figure["key"]: figure["value"] for figure in result["figures"]}
        for key, count in truth.items():
            assert found[key] is None if 0 < count < threshold else found[key] in (count, None)
        assert ("safeguarded" in found) == any(part in truth for part in PARTS)
        known = [found[key] for key in ("safeguarded", *PARTS) if key in found]
        assert known.count(None) != 1
    for total in seen["totals"]:
        counted = [f["value"] for r in seen["results"] for f in r["figures"] if f["key"] == total["key"]]
        assert total["value"] == (sum(filter(None, counted)) if any(v is not None for v in counted) else None)


@given(st.lists(recorded_people, min_size=1, max_size=5), st.integers(2, 12))
def test_a_sum_is_never_less_than_its_parts_and_what_it_leaves_out_is_marked(
    weeks: list[dict[str, int]], threshold: int
) -> None:
    recorded = {number: week_of(*week.items()) for number, week in enumerate(weeks, 1)}
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    published = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY, threshold=threshold).publication
    for figures in (published.totals, *(result.figures for result in published.results)):
        found = values(figures)
        shown = [found[part] or 0 for part in PARTS if part in found]
        assert (found.get("safeguarded") or 0) >= sum(shown)
    for total in published.totals:
        truth = sum(
            count
            for week in weeks
            for key, count in week.items()
            if key == total.key or (total.key == "safeguarded" and key in PARTS)
        )
        assert total.value is None or (total.value < truth if total.at_least else total.value == truth)


@given(st.lists(recorded_people, min_size=1, max_size=3), st.integers(2, 8))
def test_a_reader_who_tries_every_table_can_work_out_no_figure_that_is_held_back(
    weeks: list[dict[str, int]], threshold: int
) -> None:
    recorded = {number: week_of(*week.items()) for number, week in enumerate(weeks, 1)}
    statuses: dict[int, Status] = dict.fromkeys(recorded, "provisional")
    published = draft(CAMPAIGN, recorded, statuses, published_on=TUESDAY, threshold=threshold).publication
    for result in published.results:
        found = values(result.figures)
        parts = [part for part in PARTS if part in found]
        tables = [
            {**dict(zip(parts, guess, strict=True)), "safeguarded": sum(guess)}
            for guess in product(*(range(1, 62) if found[part] is None else [found[part] or 0] for part in parts))
            if found.get("safeguarded") in (None, sum(guess))
        ]
        for key in ("safeguarded", *parts):
            if key in found and found[key] is None:
                assert len({table[key] for table in tables}) > 1
    for total in published.totals:  # made of what is shown and of nothing else, so the weeks are all a reader has
        shown = [values(result.figures).get(total.key) for result in published.results]
        assert (total.value or 0) == sum(count or 0 for count in shown)


def test_what_is_drafted_is_read_back_by_the_front() -> None:
    drafted = draft(CAMPAIGN, {1: week_of(("arrests", 22))}, {1: "provisional"}, published_on=TUESDAY)
    assert from_json(to_json(drafted.publication)) == drafted.publication
