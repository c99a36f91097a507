"""Campaigns, their weeks and outcomes, as pages and releases need them."""

from dataclasses import dataclass

from lastpiece.results import publication
from lastpiece.results.outcomes import Cell, Entry, cells, standing, with_people_made_safer
from lastpiece.site.desk.records.models import Campaign, CampaignWeek, Outcome, Release, YouSaidWeDid


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """One week with its figures as they stand, before anything is held back."""

    week: CampaignWeek
    figures: tuple[Cell, ...]
    provisional: int
    recorded: int

    @property
    def last_day(self) -> object:
        """Return the last day that belongs to the week."""
        return publication.Week(self.week.number, "", self.week.starts_on, self.week.ends_on).last_day

    def figure(self, key: str) -> int | None:
        """Return one figure, or None when it was not recorded."""
        return next((cell.value for cell in self.figures if cell.key == key), None)


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign with all its weeks."""

    campaign: Campaign
    weeks: tuple[WeekSummary, ...]


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week with every entry: those that stand and those that were replaced."""

    summary: WeekSummary
    standing: tuple[Outcome, ...]
    replaced: tuple[Outcome, ...]


def campaigns() -> list[Campaign]:
    """Return every campaign, the newest first."""
    return list(Campaign.objects.order_by("-pk"))


def campaign_view(campaign_id: int | None) -> CampaignView | None:
    """Return a campaign, or the newest one for None; None when there is none."""
    found = Campaign.objects.order_by("-pk")
    campaign = (found if campaign_id is None else found.filter(pk=campaign_id)).first()
    if campaign is None:
        return None
    recorded = entries_by_week(campaign.pk)
    weeks = CampaignWeek.objects.filter(campaign=campaign)
    return CampaignView(campaign, tuple(_summary(week, recorded.get(week.number, [])) for week in weeks))


def week_view(week_id: int) -> WeekView | None:
    """Return a week with its entries, or None."""
    week = CampaignWeek.objects.select_related("campaign").filter(pk=week_id).first()
    if week is None:
        return None
    outcomes = list(Outcome.objects.filter(week=week).select_related("recorded_by", "replaces"))
    entries = [outcome.entry for outcome in outcomes]
    stands = {entry.id for entry in standing(entries)}
    return WeekView(
        _summary(week, entries),
        tuple(outcome for outcome in outcomes if outcome.pk in stands),
        tuple(outcome for outcome in outcomes if outcome.pk not in stands),
    )


def outcome_of_week(outcome_id: int, week_id: int) -> Outcome | None:
    """Return an outcome of that week, or None."""
    return Outcome.objects.filter(pk=outcome_id, week_id=week_id).first()


def entries_by_week(campaign_id: int) -> dict[int, list[Entry]]:
    """Return every entry of a campaign by the number of its week."""
    found: dict[int, list[Entry]] = {}
    for outcome in Outcome.objects.filter(week__campaign_id=campaign_id).select_related("week"):
        found.setdefault(outcome.week.number, []).append(outcome.entry)
    return found


def campaign_to_publish(campaign_id: int) -> publication.Campaign:
    """Return a campaign as the public document holds it.

    Raises:
        Campaign.DoesNotExist: there is no such campaign.
    """
    campaign = Campaign.objects.get(pk=campaign_id)
    return publication.Campaign(
        campaign.name,
        campaign.strapline,
        tuple(publication.Week(week.number, week.theme, week.starts_on, week.ends_on) for week in campaign.weeks.all()),
    )


def pairs_to_publish() -> list[publication.YouSaid]:
    """Return *you said, we did* as the public document holds it, the newest first."""
    return [
        publication.YouSaid(pair.area, pair.said, pair.did, f"{pair.month:%Y-%m}")
        for pair in YouSaidWeDid.objects.filter(withdrawn=False)
    ]


def pairs() -> list[YouSaidWeDid]:
    """Return every pair that was not withdrawn."""
    return list(YouSaidWeDid.objects.filter(withdrawn=False).select_related("written_by"))


def releases() -> list[Release]:
    """Return the releases, the newest first, without their documents."""
    return list(Release.objects.defer("document").select_related("campaign", "drafted_by", "decided_by")[:100])


def release(release_id: int) -> Release | None:
    """Return one release with its document, or None."""
    return Release.objects.select_related("campaign", "drafted_by", "decided_by").filter(pk=release_id).first()


def approved_waiting() -> int:
    """Return how many approved releases wait to be published."""
    return Release.objects.filter(state=Release.State.APPROVED).count()


def _summary(week: CampaignWeek, entries: list[Entry]) -> WeekSummary:
    stands = standing(entries)
    return WeekSummary(
        week,
        with_people_made_safer(cells(entries)),
        sum(entry.status == "provisional" for entry in stands),
        len(stands),
    )
