import re
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.values.kinds import KINDS
from lastpiece.world.chance import Chance
from lastpiece.world.county import County, busy_days, invent
from lastpiece.world.telling import Told, shares, tell

COUNT = 10_000


@pytest.fixture(scope="module")
def county() -> County:
    return invent(7, reports=COUNT, weeks=12, start=date(2026, 1, 5))


@pytest.fixture(scope="module")
def reports(county: County) -> list[Told]:
    return list(tell(county, COUNT))


def share(reports: list[Told], kind: str) -> float:
    return sum(any(mention.label.kind == kind for mention in told.mentions) for told in reports) / len(reports)


def test_offsets_cut_out_exactly_the_mention(reports: list[Told]) -> None:
    for told in reports:
        for mention in told.mentions:
            assert told.text[mention.start : mention.end] == mention.text
            assert mention.text == mention.text.strip()
        ends = [0] + [mention.end for mention in told.mentions]
        assert all(mention.start >= end for mention, end in zip(told.mentions, ends, strict=False))


def test_fields_and_identifying_spans_lie_inside_the_text(reports: list[Told]) -> None:
    for told in reports:
        spans = [*told.fields.values(), *((span.start, span.end) for span in told.identifying)]
        assert all(0 <= start < end <= len(told.text) for start, end in spans)
        assert "".join(told.text[start:end] for start, end in sorted(told.fields.values())) == told.text.replace(
            "\n", ""
        )


def test_kinds_are_those_of_the_house(reports: list[Told]) -> None:
    assert {mention.label.kind for told in reports for mention in told.mentions} <= set(KINDS)


def test_shares_are_those_of_the_field(reports: list[Told]) -> None:
    assert 0.55 < sum(told.on_drugs for told in reports) / COUNT < 0.65
    assert 0.10 <= sum(told.copy_of is not None and not told.malicious for told in reports) / COUNT <= 0.15
    assert 0.01 <= sum(told.malicious for told in reports) / COUNT <= 0.03
    assert 0.27 < share(reports, "nickname") < 0.36
    assert 0.03 < share(reports, "phone") < 0.07
    seen = [told for told in reports if any(mention.label.kind == "vehicle" for mention in told.mentions)]
    partial = [told for told in seen if any(m.label.kind == "plate" and m.label.partial for m in told.mentions)]
    assert 0.52 < len(partial) / len(seen) < 0.68


def test_fewer_than_one_in_a_hundred_repeats_another_word_for_word_unless_it_is_meant_to(reports: list[Told]) -> None:
    texts = Counter(told.text for told in reports if told.copy_of is None)

    assert sum(times - 1 for times in texts.values()) < COUNT / 100


def test_every_voice_and_channel_is_heard(reports: list[Told]) -> None:
    assert len({told.voice for told in reports}) == 11
    assert {told.channel for told in reports} == {"front", "crimestoppers", "101", "partner"}
    assert any(told.text.isupper() for told in reports)
    assert any(told.text.islower() for told in reports)


def test_a_copy_speaks_of_the_same_happening_as_the_report_it_repeats(reports: list[Told]) -> None:
    by_id = {told.id: told for told in reports}
    for told in reports:
        if told.copy_of and not told.malicious:
            first = by_id[told.copy_of]
            assert first.happening.id == told.happening.id
            assert first.story == told.story
            assert first.told_on <= told.told_on


def test_malicious_reports_aim_at_ordinary_people_from_one_teller(reports: list[Told]) -> None:
    by_id = {told.id: told for told in reports}
    malicious = [told for told in reports if told.malicious]

    assert all(told.happening.dispute is not None for told in malicious)
    assert all(by_id[told.copy_of].teller == told.teller for told in malicious if told.copy_of)


def test_nobody_tells_of_what_has_not_happened_yet(reports: list[Told]) -> None:
    assert all(told.seen_on <= told.told_on for told in reports)


def test_what_is_told_of_a_line_is_true_of_it_on_that_day(reports: list[Told]) -> None:
    for told in reports:
        line = told.happening.line
        if line:
            assert line.trades_on(told.happening.day)
            assert line.home_on(told.happening.day) == told.happening.home


def test_a_quarrel_alleges_no_crime(reports: list[Told]) -> None:
    for told in reports:
        if told.happening.dispute and not told.malicious:
            assert told.signs == ("none",)
            assert told.urgency == "routine"


def test_threats_to_life_are_immediate(reports: list[Told]) -> None:
    threats = [told for told in reports if "threat_to_life" in told.signs]

    assert threats
    assert all(told.urgency == "immediate" for told in threats)


def test_campaign_weeks_are_told_of_half_as_much_again_to_three_times_as_much(
    county: County, reports: list[Told]
) -> None:
    per_week = Counter((told.told_on - county.start).days // 7 for told in reports)
    quiet = (per_week[0] + per_week[1]) / 2

    assert all(1.4 < per_week[week] / quiet < 3.2 for week in (2, 6, 10))


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=50), st.integers(0, 5000))
def test_shares_add_up(weights: list[float], total: int) -> None:
    parts = shares(tuple(weights), total)

    assert sum(parts) == total
    assert all(part >= 0 for part in parts)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60), st.integers(1, 30))
def test_any_seed_and_size_can_be_told(seed: int, count: int, weeks: int) -> None:
    county = invent(seed, reports=count, weeks=weeks, start=date(2026, 1, 5))
    reports = list(tell(county, count))

    assert len(reports) == count
    assert all(county.start <= told.told_on <= county.on(county.days - 1) for told in reports)
    assert len(busy_days(weeks, Chance(seed))) == county.days


def test_nobody_is_described_by_ethnicity(reports: list[Told]) -> None:
    phrases = files("lastpiece.world") / "phrases"
    word = re.compile(
        r"\b(?:white|black|brown|mixed[ -]race|asian|african|caribbean|european|[a-z]+ looking)\b\W*\]?\W*"
        r"\[?(?:lad|lass|man|men|male|female|bloke|woman|girl|boy|kid|teenager)|"
        r"\b(?:mixed[ -]race|asian|african|caribbean|european|albanian|romanian|polish|vietnamese|chinese|turkish"
        r"|somali|jamaican|gypsy|traveller|foreign)s?\b",
        re.IGNORECASE,
    )
    found = [
        (page.name, hit.group())
        for page in phrases.iterdir()
        if page.name.endswith(".txt")
        for hit in word.finditer(page.read_text(encoding="utf-8"))
    ]
    assert found == []
    spoken = re.compile(r"\b(?:white|black|asian|mixed race) (?:man|lad|bloke|woman|girl|boy)\b", re.IGNORECASE)
    assert [told.id for told in reports if spoken.search(told.text)] == []
