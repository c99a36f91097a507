"""A campaign with outcomes, made through the desk's own actions."""

from datetime import UTC, date, datetime

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.results import Typed, create_campaign, record_outcome
from lastpiece.site.desk.records.models import Campaign, CampaignWeek, Outcome

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = date(2026, 9, 7)
THEMES = ("Deal lines", "Homes taken over", "Knives")
JOB = Actor.job("tests")


def campaign(name: str = "Three weeks of action") -> Campaign:
    return create_campaign(JOB, name, "What you know, put to work.", themes=THEMES, starts_on=MONDAY, now=NOW)


def week(of: Campaign, number: int = 1) -> CampaignWeek:
    return of.weeks.get(number=number)


def record(in_week: CampaignWeek, kind: str, amount: str, **more: object) -> Outcome:
    return record_outcome(JOB, in_week.pk, Typed(kind=kind, amount=amount, **more), now=NOW)  # type: ignore[arg-type]  # passed on
