"""Recording what came of a campaign: its weeks, their outcomes, and what was done about what people said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lastpiece.results.outcomes import KINDS, Status, check
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Campaign, CampaignWeek, Outcome, YouSaidWeDid

DAYS_IN_WEEK = 7


class CampaignWrong(Exception):
    """A campaign cannot be made as asked; the sentence says why."""


class ReplacementWrong(Exception):
    """An entry cannot replace the one named; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Typed:
    """An outcome as it was typed.

    Attributes:
        amount: As people write it: `1,234`, `£10,256.50`, `66 g`.
        replaces: The outcome that this one corrects or makes final.
        note: Where the figure comes from, or why it replaces another; for the desk only.
    """

    kind: str
    amount: str
    detail: str = ""
    measure: str = ""
    status: Status = "provisional"
    replaces: int | None = None
    note: str = ""


@action("create campaign")
def create_campaign(
    _actor: Actor, name: str, strapline: str, *, themes: Sequence[str], starts_on: date, now: datetime
) -> Campaign:
    """Make a campaign with one week of seven days for each theme, the first starting on `starts_on`.

    Raises:
        CampaignWrong: there is no theme, or a campaign of that name is there already.
    """
    if not themes:
        raise CampaignWrong("Give at least one week a theme.")
    campaign, made = Campaign.objects.get_or_create(name=name, defaults={"strapline": strapline})
    if not made:
        raise CampaignWrong(f"There is a campaign called “{name}” already.")
    first = [starts_on + timedelta(days=DAYS_IN_WEEK * place) for place in range(len(themes))]
    CampaignWeek.objects.bulk_create(
        CampaignWeek(
            campaign=campaign,
            number=place,
            theme=theme,
            starts_on=start,
            ends_on=start + timedelta(days=DAYS_IN_WEEK),
        )
        for place, (theme, start) in enumerate(zip(themes, first, strict=True), 1)
    )
    touch("campaign", campaign.pk, weeks=len(themes))
    return campaign


@action("record outcome")
def record_outcome(actor: Actor, week_id: int, typed: Typed, *, now: datetime) -> Outcome:
    """Record one outcome of a week; the entry it replaces is kept.

    Raises:
        OutcomeWrong: what was typed is no outcome.
        ReplacementWrong: it replaces an entry of another week or kind, one that was replaced already, or a
            final figure by a provisional one.
        CampaignWeek.DoesNotExist: there is no such week.
    """
    week = CampaignWeek.objects.get(pk=week_id)
    measure, amount = check(typed.kind, detail=typed.detail, measure=typed.measure, amount=typed.amount)
    if typed.replaces is not None:
        _check_replacement(week, typed.replaces, typed, measure=measure)
    outcome = Outcome.objects.create(
        week=week,
        kind=typed.kind,
        four_p=KINDS[typed.kind].four_p.value,
        detail=typed.detail,
        measure=measure,
        amount=amount,
        status=typed.status,
        replaces_id=typed.replaces,
        note=typed.note,
        recorded_by_id=actor.staff_id,
        recorded_at=now,
    )
    touch("outcome", outcome.pk, week=week.number, outcome=typed.kind, status=typed.status, replaces=typed.replaces)
    return outcome


def _check_replacement(week: CampaignWeek, earlier_id: int, typed: Typed, *, measure: str) -> None:
    earlier = Outcome.objects.select_for_update().filter(pk=earlier_id, week=week).first()
    if earlier is None:
        raise ReplacementWrong("The entry to replace is not one of this week.")
    if (earlier.kind, earlier.detail, earlier.measure) != (typed.kind, typed.detail, measure):
        raise ReplacementWrong(
            f"An entry can only be replaced by one of the same kind and measure: “{earlier.label}”, {earlier.measure}."
        )
    if Outcome.objects.filter(replaces=earlier).exists():
        raise ReplacementWrong("Somebody has replaced this entry already; look at the week again.")
    if earlier.status == Outcome.Status.FINAL and typed.status != "final":
        raise ReplacementWrong("A final figure can only be replaced by another final one.")


@action("say what was done")
def say_what_was_done(actor: Actor, area: str, *, said: str, did: str, month: date, now: datetime) -> YouSaidWeDid:
    """Keep one pair of *you said, we did* for the next release."""
    pair = YouSaidWeDid.objects.create(
        area=area, said=said, did=did, month=month.replace(day=1), written_by_id=actor.staff_id, written_at=now
    )
    touch("you said", pair.pk, month=pair.month.isoformat())
    return pair


@action("withdraw you said")
def withdraw_what_was_done(_actor: Actor, pair_id: int, *, now: datetime) -> None:
    """Leave a pair out of releases from now on.

    Raises:
        YouSaidWeDid.DoesNotExist: there is no such pair.
    """
    pair = YouSaidWeDid.objects.select_for_update().get(pk=pair_id)
    pair.withdrawn = True
    pair.save(update_fields=["withdrawn"])
    touch("you said", pair.pk)
