"""Loading the demonstration: an invented county told, sealed, collected, assessed, fitted and answered for.

Everything goes the real way: sealed to the desk's key, through the spool, opened by the collector, assessed and
judged by invented staff through the desk's own actions. What the staff decide they read from the county's truth.
Django must be set up before this is imported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from pathlib import Path

from django.db import transaction

from lastpiece.assess.questions import QuestionRefusedError
from lastpiece.command import demo_duty, demo_figures
from lastpiece.command.demo_home import SignIn
from lastpiece.command.demo_reading import Reader
from lastpiece.results.outcomes import Status
from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.actions import answering, judging, releases, results
from lastpiece.site.desk.records.actions.assessing import assess_report, set_aside
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.publishing import Hatch, publish_board
from lastpiece.site.desk.records.actions.reading import open_report
from lastpiece.site.desk.records.actions.staffing import add_staff
from lastpiece.site.desk.records.models import CampaignWeek, Mention, Proposal, Report, Role
from lastpiece.site.desk.records.queries.originals import answers_of
from lastpiece.tell.opening import Keyring
from lastpiece.tell.spool import Spool
from lastpiece.world.chance import Chance
from lastpiece.world.sealing import Envelope, nonce_of
from lastpiece.world.telling import Told

WAITING_FOR = timedelta(days=3)
"""What was told since waits for whoever tries it; older reports would be past the promise of 72 hours."""
LEAST_WAITING, MOST_WAITING = 10, 30
_WORKS_AT = time(15, 30)
_LEAST_BITS = 6.0
_ANSWERED = 8
_JUDGED_A_DAY = 3
_QUARREL = "A quarrel between neighbours; the council's mediation service was named."
_REASON = "Assessing the queue of the day"


class LoadingWrong(Exception):
    """The county did not go in whole."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"{missing} invented reports were not collected, so the demonstration is not complete.")


@dataclass(frozen=True, slots=True)
class Staff:
    """The invented staff as actors."""

    assessor: Actor
    analyst: Actor
    publisher: Actor
    second_publisher: Actor


@dataclass(frozen=True, slots=True)
class Places:
    """Where the reports cross: the spool and the desk's keyring, and what the site is called."""

    spool: Path
    keys: Path
    site: str


@dataclass(slots=True)
class Load:
    """One loading under way.

    Attributes:
        today: The day it is loaded on; nothing is dated later.
        chance: For choices the staff make.
        step: Called after each report, with how far the loading has got.
    """

    staff: Staff
    places: Places
    today: datetime
    chance: Chance
    step: Callable[[], None] = field(repr=False)
    entities: dict[int, str] = field(default_factory=dict, repr=False)
    helped: list[int] = field(default_factory=list)


def hire(sign_ins: Sequence[SignIn], now: datetime) -> Staff:
    """Make the invented staff's accounts, with the second factor set up."""
    made = {
        person.username: add_staff(
            Actor.job("demonstration"),
            username=person.username,
            name=person.name,
            email=f"{person.username}@nenshire.example",
            role=Role(person.role),
            password=person.password,
            totp_secret=person.secret,
            own_password=True,
            now=now,
        )
        for person in sign_ins
    }
    return Staff(*(Actor.of(made[name]) for name in ("assessor", "analyst", "publisher", "publisher2")))


def tell_and_assess(load: Load, told: Sequence[Told], envelopes: Iterator[Envelope], *, seed: int) -> dict[bytes, str]:
    """Put every envelope into the spool on its day, collect it, take its alerts, and assess all but the newest.

    Days are worked through while later ones are still being sealed. Returns the seven words by nonce, which only
    the invented tellers know.

    Raises:
        LoadingWrong: a report did not arrive.
    """
    by_nonce = {nonce_of(report, seed): report for report in told}
    ready = {report.id for report in told[: -left_waiting(told, load.today.date())]}
    words: dict[bytes, str] = {}
    for day, reports in groupby(told, key=lambda report: report.told_on):
        sealed = list(islice(envelopes, len(list(reports))))
        words.update((envelope.nonce, " ".join(envelope.words)) for envelope in sealed)
        with transaction.atomic():  # one commit a day: the disk is asked to sync 84 times and not 10,000 times
            now = load_moment(load, day)
            _collect(load, sealed, now)
            demo_duty.take_alerts(now=now, until=load.today)
            _assess_day(load, by_nonce, ready, now)
    return words


def left_waiting(told: Sequence[Told], today: date) -> int:
    """Return how many of the newest reports are left in the queue."""
    fresh = sum(report.told_on > today - WAITING_FOR for report in told)
    return max(LEAST_WAITING, min(fresh, MOST_WAITING))


def load_moment(load: Load, day: date) -> datetime:
    """Return when the desk works on a day: half past three, but never later than now."""
    return min(datetime.combine(day, _WORKS_AT, UTC), load.today)


def _collect(load: Load, envelopes: Sequence[Envelope], now: datetime) -> None:
    spool = Spool(load.places.spool)
    for envelope in envelopes:
        spool.put(envelope.sealed)
    done = collect(spool, Keyring(load.places.keys), site=load.places.site, clock=lambda: now)
    if done.added != len(envelopes):
        raise LoadingWrong(len(envelopes) - done.added)


def _assess_day(load: Load, by_nonce: Mapping[bytes, Told], ready: set[str], now: datetime) -> None:
    queue = Report.objects.filter(state=Report.State.WAITING, kind=Report.Kind.REPORT)
    for report in list(queue):
        truth = by_nonce[bytes(report.nonce)]
        if truth.id in ready:
            _assess(load, report, truth, now)
        load.step()
    _judge_day(load, now)


def _assess(load: Load, report: Report, truth: Told, now: datetime) -> None:
    assessor = load.staff.assessor
    open_report(assessor, report.pk, _REASON, now=now)
    reader = Reader(truth, answers_of(report.pk))
    drafts = reader.drafts()
    if truth.signs == ("none",) or not drafts:
        set_aside(
            assessor, report.pk, "A quarrel between neighbours; the council's mediation service was named.", now=now
        )
        return
    assess_report(assessor, report.pk, drafts, now=now)
    found = Mention.objects.filter(item__report=report).values_list("pk", "text")
    load.entities.update({number: entity for number, text in found if (entity := reader.entity_of(text))})


def _judge_day(load: Load, now: datetime) -> None:
    """Let the analyst accept true links, refuse a few false ones, and leave the newest for whoever signs in."""
    if (load.today - now).days < 3:  # noqa: PLR2004 - the last days' links wait for the visitor
        return
    proposals = Proposal.objects.filter(proposed_at=now, bits__gte=_LEAST_BITS).order_by("-bits")
    judged = 0
    for proposal in proposals[:60]:
        left, right = load.entities.get(proposal.mention_id), load.entities.get(proposal.candidate_id)
        if left is None or right is None or judged == _JUDGED_A_DAY:
            continue
        try:
            if left == right:
                judging.accept(load.staff.analyst, proposal.pk, now=now)
                load.helped.append(proposal.mention.item.report_id)
            elif load.chance.maybe(0.3):
                judging.refuse(load.staff.analyst, proposal.pk, now=now, reason="Known to be another one")
        except judging.JudgementRefused:
            continue
        judged += 1


def answer_tellers(load: Load) -> list[int]:
    """Send “your piece helped” to the tellers of the latest reports that fitted; return their reports."""
    answered: list[int] = []
    now = load.today - timedelta(days=1)
    with transaction.atomic():
        for report in Report.objects.filter(pk__in=load.helped, mailbox__isnull=False).order_by("-told_on", "-pk"):
            if len(answered) == _ANSWERED:
                break
            try:
                draft = answering.draft_answer(
                    load.staff.assessor, report.pk, "helped", {}, "It closed a gap in the picture", now=now
                )
            except (QuestionRefusedError, answering.AnsweredEnough):
                continue
            answering.release_answer(load.staff.publisher, draft.pk, now=now)
            answered.append(report.pk)
    return answered


def record_weeks(load: Load, starts_on: date) -> int:
    """Record what came of each finished week and what people said; return the campaign's number."""
    now = load_moment(load, starts_on)
    with transaction.atomic():
        campaign = results.create_campaign(
            load.staff.publisher,
            demo_figures.CAMPAIGN,
            demo_figures.STRAPLINE,
            themes=demo_figures.THEMES,
            starts_on=starts_on,
            now=now,
        )
        for week in campaign.weeks.filter(ends_on__lte=load.today.date()).order_by("number"):
            _record_week(load, week)
        for place, pair in enumerate(demo_figures.PAIRS):
            told = load_moment(load, starts_on + timedelta(days=12 * place + 10))
            results.say_what_was_done(
                load.staff.publisher, pair.area, said=pair.said, did=pair.did, month=told.date(), now=told
            )
    return int(campaign.pk)


def _record_week(load: Load, week: CampaignWeek) -> None:
    """Record early figures on the week's last day and, a week later, final ones."""
    early, late = load_moment(load, week.ends_on), datetime.combine(week.ends_on + timedelta(days=7), _WORKS_AT, UTC)
    for figure in demo_figures.figures(load.chance):
        typed = results.Typed(figure.kind, figure.amount, figure.detail, figure.measure)
        outcome = results.record_outcome(load.staff.publisher, week.pk, typed, now=early)
        if late <= load.today:
            counted = results.Typed(
                figure.kind,
                figure.final or figure.amount,
                figure.detail,
                figure.measure,
                status="final",
                replaces=outcome.pk,
                note="Counted and weighed",
            )
            results.record_outcome(load.staff.publisher, week.pk, counted, now=late)


def release_results(load: Load, campaign_id: int) -> None:
    """Draft the public page of the finished weeks as one publisher, approve it as the other, and publish it."""
    weeks = CampaignWeek.objects.filter(campaign_id=campaign_id, ends_on__lte=load.today.date())
    finished = load.today.date() - timedelta(days=7)
    statuses: dict[int, Status] = {
        week.number: "final" if week.ends_on <= finished else "provisional" for week in weeks
    }
    with transaction.atomic():
        draft = releases.draft_release(
            load.staff.publisher, campaign_id, statuses=statuses, thanks=demo_figures.THANKS, now=load.today
        )
        releases.approve_release(load.staff.second_publisher, draft.pk, draft.digest, now=load.today)
    publish_board(Actor.job("publisher"), Hatch.of_this_desk(), now=load.today)


def waiting() -> int:
    """Return how many reports wait to be assessed."""
    return Report.objects.filter(state=Report.State.WAITING, kind=Report.Kind.REPORT).count()


def nonces(report_ids: Sequence[int]) -> list[bytes]:
    """Return the nonces of reports, in their order."""
    kept = dict(Report.objects.filter(pk__in=report_ids).values_list("pk", "nonce"))
    return [bytes(kept[number]) for number in report_ids]
