"""Grouping reports that look alike, so that a flood is one row of the queue; a person decides, nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from lastpiece.assess.alike import ALIKE, Sketch, Sketcher
from lastpiece.assess.alone import signs_alone
from lastpiece.assess.differing import Difference, differences, said
from lastpiece.site.desk.records.actions.alerting import take_alerts_of
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import AlikeBand, AlikeSketch, AuditRow, GroupSetAside, Report
from lastpiece.site.desk.records.queries.alerts import open_alerts
from lastpiece.site.desk.records.queries.alike import (
    alone_because,
    first_of,
    must_be_alone,
    nothing_new,
    read_words_of,
    waiting_of,
)
from lastpiece.site.desk.records.queries.originals import OPEN_FOR, OriginalDeleted, answers_of, opened_original
from lastpiece.site.desk.storage import keyed_digest
from lastpiece.tell.report import Report as Told

SHORTEST_REASON = 8  # characters
MOST_CANDIDATES = 200
"""Groups that one report is compared with; a flood of unlike texts cannot make each new one dear."""
COMPARED_AT_ONCE = 50
"""Reports whose differences are shown on one page: as many as a person reads with care."""
_COMPARE = "compare alike"


class GroupReasonMissing(Exception):
    """No reason, or hardly one, was given."""

    def __init__(self) -> None:
        super().__init__(f"Write why they are set aside, in at least {SHORTEST_REASON} characters.")


class NothingWaits(Exception):
    """There is nothing to set aside, or to bring back."""

    def __init__(self) -> None:
        super().__init__("None of these can be set aside now, so nothing was changed.")


class NobodyRead(Exception):
    """No report of the group was opened by an assessor."""

    def __init__(self) -> None:
        super().__init__("Nobody has read one of these yet. Open one first; nothing was changed.")


class NotShown(Exception):
    """The differences of a report were not shown to this person."""

    def __init__(self) -> None:
        super().__init__("Read the differences of these reports first; nothing was changed.")


class JudgedAlone(Exception):
    """A report that must be judged alone was to be set aside with others."""

    def __init__(self) -> None:
        super().__init__("One of these must be judged alone: open it and read it whole. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class ComparedReport:
    """A report that waits, beside the one that is open: where they differ, None when it must be opened and read whole.

    `alone` says why it is judged alone; `alert` whether an alert for it is open, which somebody must take first.
    """

    report: Report
    alone: tuple[str, ...]
    alert: bool
    differences: tuple[Difference, ...] | None = field(repr=False)

    @property
    def together(self) -> bool:
        """Whether it may be set aside with others, now that its differences are shown."""
        return self.differences is not None and not self.alone

    @property
    def alert_to_take(self) -> bool:
        """Whether its open alert may be taken with others, now that its differences are shown."""
        return self.differences is not None and self.alert


@dataclass(frozen=True, slots=True)
class Compared:
    """A page of reports of a group beside the one that is open; the next page begins after `last`, None at the end."""

    rows: tuple[ComparedReport, ...]
    last: int | None

    @property
    def together(self) -> bool:
        """Whether any of them may be set aside with others."""
        return any(row.together for row in self.rows)

    @property
    def alerts_to_take(self) -> bool:
        """Whether any of them has an open alert that may be taken here."""
        return any(row.alert_to_take for row in self.rows)


def group(report: Report, told: Told) -> None:
    """Keep the sketch of a report that has just come in, beside the group it is like; part of the action of intake."""
    text = "\n".join(told.answers.values())
    sketch = sketcher().sketch(text)
    if sketch is None:
        return
    bands = sketch.bands()
    first_id = _likest(sketch, bands)
    if first_id is None:
        AlikeBand.objects.bulk_create(AlikeBand(digest=band, first=report) for band in bands)
    AlikeSketch.objects.create(
        report=report,
        minima=sketch.encode(),
        first_id=first_id or report.pk,
        said=keyed_digest(b"said", "\x1e".join(said(told.answers)).encode("utf-8", "replace")).hex()[:32],
        alone=",".join(signs_alone(text, language=told.language)),
    )


def sketcher() -> Sketcher:
    """Return the maker of sketches under this desk's storage key."""
    return Sketcher(keyed_digest(b"alike", b"sketch key 1"))


@action("set group aside")
def set_group_aside(actor: Actor, report_id: int, reason: str, *, up_to: int, now: datetime) -> GroupSetAside:
    """Set aside, with one reason, what waits of a group and says word for word what an assessor has opened.

    Never with it: one that says a single word more or less, one that must be judged alone (`alone_because`), and one
    that came in after `up_to`, the newest that the person was shown. So whoever copies a true report to bury it gets
    no copy thrown away that nobody read, and never the report itself.

    Raises:
        GroupReasonMissing: the reason is too short.
        NobodyRead: no report of the group was opened by an assessor.
        NothingWaits: none of them can be set aside so.
    """
    reason = _checked(reason)
    if not read_words_of(report_id).exists():
        raise NobodyRead
    members = _locked(nothing_new(report_id).filter(pk__lte=up_to).values_list("pk", flat=True))
    stay = waiting_of(report_id).exclude(pk__in=members).count()
    act = _set_aside(actor, members, reason, now=now)
    touch("report", first_of(report_id), reason, act=act.pk, reports=len(members), stay=stay)
    return act


@action(_COMPARE)
def compare(actor: Actor, report_id: int, *, after: int, now: datetime) -> Compared:
    """Show, for those of a group that wait, in which words they differ from the one that this person has open.

    Raises:
        OriginalClosed: the report is not open for this person.
        OriginalDeleted: its words were deleted.
    """
    read = said(opened_original(actor.person, report_id, now=now).answers)
    waiting = waiting_of(report_id).filter(pk__gt=after).exclude(pk=report_id).order_by("pk")
    rows = list(waiting[: COMPARED_AT_ONCE + 1])
    shown = rows[:COMPARED_AT_ONCE]
    ids = [row.pk for row in shown]
    reasons = {
        why: set(waiting.filter(test, pk__in=ids).values_list("pk", flat=True)) for why, test in alone_because().items()
    }
    alerts = set(open_alerts().filter(report__in=ids).values_list("report_id", flat=True))
    found = tuple(
        ComparedReport(
            row,
            tuple(why for why, those in reasons.items() if row.pk in those),
            row.pk in alerts,
            _differs(read, row.pk),
        )
        for row in shown
    )
    touch("report", report_id, compared=[each.report.pk for each in found if each.differences is not None])
    return Compared(found, ids[-1] if len(rows) > len(shown) else None)


@action("set read aside")
def set_read_aside(actor: Actor, report_id: int, chosen: Sequence[int], reason: str, *, now: datetime) -> GroupSetAside:
    """Set aside reports whose every difference from the open one this person was shown; each was judged by itself.

    Words are all that was shown: one that must be judged alone, for its file or for anything else (`alone_because`), is
    opened and judged by itself, whatever was chosen. Each one leaves a row of its own in the audit.

    Raises:
        GroupReasonMissing: the reason is too short.
        NotShown: the differences of one of them were not shown to this person while the report was open.
        JudgedAlone: one of them must be judged alone.
        NothingWaits: none of them waits.
    """
    reason = _checked(reason)
    if not set(chosen) <= _shown_to(actor, report_id, now=now):
        raise NotShown
    waiting = waiting_of(report_id).filter(pk__in=list(chosen))
    if waiting.filter(must_be_alone()).exists():
        raise JudgedAlone
    members = _locked(waiting.values_list("pk", flat=True))
    act = _set_aside(actor, members, reason, now=now)
    for member in members:
        _note_read(actor, member, reason, report_id, now=now)
    touch("report", report_id, reason, act=act.pk, reports=len(members))
    return act


@action("take shown alerts")
def take_shown_alerts(actor: Actor, report_id: int, chosen: Sequence[int], *, now: datetime) -> int:
    """Take the open alerts of reports whose every difference from the open one this person was shown; return how many.

    Raises:
        NotShown: the differences of one of them were not shown to this person while the report was open.
    """
    if not set(chosen) <= _shown_to(actor, report_id, now=now):
        raise NotShown
    taken = take_alerts_of(actor, chosen, now=now)
    touch("report", report_id, alerts=taken)
    return taken


@action("set aside as read")
def _note_read(actor: Actor, report_id: int, reason: str, beside: int, *, now: datetime) -> None:
    touch("report", report_id, reason, beside=beside)


@action("bring group back")
def bring_group_back(actor: Actor, act_id: int, *, now: datetime) -> GroupSetAside:
    """Undo setting a group aside: what is still as that act left it waits again.

    Raises:
        NothingWaits: it was undone before.
    """
    act = GroupSetAside.objects.select_for_update().get(pk=act_id)
    if act.undone_at is not None:
        raise NothingWaits
    act.undone_at = now
    act.save(update_fields=["undone_at"])
    back = Report.objects.filter(set_aside_together=act, state=Report.State.SET_ASIDE, assessed_at=act.at)
    count = Report.objects.filter(pk__in=list(back.values_list("pk", flat=True))).update(
        state=Report.State.WAITING, set_aside_why="", assessed_at=None, assessor=None
    )
    touch("group set aside", act.pk, reports=count)
    return act


@action("take apart")
def take_apart(actor: Actor, report_id: int, *, now: datetime) -> None:
    """Let a report stand alone: a person sees that it is not like the others."""
    sketch = AlikeSketch.objects.select_for_update().get(pk=report_id)
    before = sketch.first_id
    _hand_over(sketch)
    sketch.first_id = report_id
    sketch.save(update_fields=["first"])
    touch("report", report_id, before=before)


def forget_sketch(report_id: int) -> bool:
    """Delete what was kept of a report's words to find look-alikes, and return whether there was any.

    Part of destroying the words. The group that it stood for goes on with the next report.
    """
    sketch = AlikeSketch.objects.select_for_update().filter(pk=report_id).first()
    if sketch is None:
        return False
    _hand_over(sketch)
    AlikeBand.objects.filter(first_id=report_id).delete()
    sketch.delete()
    return True


def _hand_over(sketch: AlikeSketch) -> None:
    """Let the next report stand for the group, if this one does."""
    others = AlikeSketch.objects.filter(first_id=sketch.first_id).exclude(pk=sketch.pk)
    heir = others.order_by("pk").first()
    if sketch.first_id == sketch.pk and heir is not None:
        others.update(first_id=heir.pk)
        AlikeBand.objects.filter(first_id=sketch.pk).delete()
        bands = Sketch.decode(bytes(heir.minima)).bands()
        AlikeBand.objects.bulk_create(AlikeBand(digest=band, first_id=heir.pk) for band in bands)


def _likest(sketch: Sketch, bands: tuple[str, ...]) -> int | None:
    """Return the first report of the group that the sketch is most like, the oldest of several; None for none."""
    met = AlikeBand.objects.filter(digest__in=bands).order_by("first_id").values_list("first_id", flat=True).distinct()
    stored = AlikeSketch.objects.filter(pk__in=list(met[:MOST_CANDIDATES])).order_by("pk")
    best, found = ALIKE, None
    for first_id, minima in stored.values_list("pk", "minima"):
        likeness = sketch.likeness(Sketch.decode(bytes(minima)))
        if likeness > best or (found is None and likeness >= best):
            best, found = likeness, first_id
    return found


def _checked(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise GroupReasonMissing
    return reason


def _locked(rows: QuerySet[Report, int]) -> list[int]:
    """Return the numbers of these reports, so that nobody opens one of them meanwhile.

    One that must be judged alone since it was looked up, because somebody put it first, is left out.
    """
    found = list(rows)
    held = list(
        Report.objects.select_for_update()
        .filter(pk__in=found, state=Report.State.WAITING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    alone = set(Report.objects.filter(must_be_alone(), pk__in=held).values_list("pk", flat=True))
    return [number for number in held if number not in alone]


def _set_aside(actor: Actor, members: list[int], reason: str, *, now: datetime) -> GroupSetAside:
    if not members:
        raise NothingWaits
    act = GroupSetAside.objects.create(reason=reason[:300], by_id=actor.person, at=now)
    act.reports.add(*members)
    Report.objects.filter(pk__in=members).update(
        state=Report.State.SET_ASIDE, set_aside_why=reason[:300], assessed_at=now, assessor_id=actor.person
    )
    return act


def _differs(read: tuple[str, ...], report_id: int) -> tuple[Difference, ...] | None:
    try:
        return differences(read, said(answers_of(report_id)))
    except OriginalDeleted:
        return None


def _shown_to(actor: Actor, report_id: int, *, now: datetime) -> set[int]:
    """Return the reports whose differences from this one the person was shown, as the audit has it."""
    rows = AuditRow.objects.filter(
        verb=_COMPARE, kind="report", object_id=str(report_id), actor_id=actor.person, at__gt=now - OPEN_FOR
    )
    return {number for detail in rows.values_list("detail", flat=True) for number in detail["compared"]}
