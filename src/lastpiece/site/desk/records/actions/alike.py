"""Grouping reports that look alike, so that a flood is one row of the queue; a person decides, nothing is lost."""

from collections.abc import Mapping
from datetime import datetime

from lastpiece.assess.alike import ALIKE, Sketch, Sketcher
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import AlikeBand, AlikeSketch, GroupSetAside, Report
from lastpiece.site.desk.records.queries.alerts import open_alerts
from lastpiece.site.desk.records.queries.alike import alike_to, first_of
from lastpiece.site.desk.storage import keyed_digest

SHORTEST_REASON = 8  # characters
MOST_CANDIDATES = 200
"""Groups that one report is compared with; a flood of unlike texts cannot make each new one dear."""


class GroupReasonMissing(Exception):
    """No reason, or hardly one, was given."""

    def __init__(self) -> None:
        super().__init__(f"Write why they are set aside, in at least {SHORTEST_REASON} characters.")


class NothingWaits(Exception):
    """There is nothing to set aside, or to bring back."""

    def __init__(self) -> None:
        super().__init__("None of these waits, so nothing was changed.")


def group(report: Report, answers: Mapping[str, str]) -> None:
    """Keep the sketch of a report that has just come in, beside the group it is like; part of the action of intake."""
    sketch = sketcher().sketch("\n".join(answers.values()))
    if sketch is None:
        return
    bands = sketch.bands()
    first_id = _likest(sketch, bands)
    if first_id is None:
        AlikeBand.objects.bulk_create(AlikeBand(digest=band, first=report) for band in bands)
    AlikeSketch.objects.create(report=report, minima=sketch.encode(), first_id=first_id or report.pk)


def sketcher() -> Sketcher:
    """Return the maker of sketches under this desk's storage key."""
    return Sketcher(keyed_digest(b"alike", b"sketch key 1"))


@action("set group aside")
def set_group_aside(actor: Actor, report_id: int, reason: str, *, up_to: int, now: datetime) -> GroupSetAside:
    """Set aside, with one reason, all that still wait of the reports that look like this one.

    `up_to` is the newest that the person was shown: one that came in since is nobody's to set aside yet.
    Reports with an alert that nobody has stay where they are: each of these is somebody's to read.

    Raises:
        GroupReasonMissing: the reason is too short.
        NothingWaits: none of them waits.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise GroupReasonMissing
    waiting = alike_to(report_id).filter(state=Report.State.WAITING, pk__lte=up_to)
    waiting = waiting.exclude(pk__in=open_alerts().values("report_id"))
    members = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True))
    if not members:
        raise NothingWaits
    act = GroupSetAside.objects.create(reason=reason[:300], by_id=actor.person, at=now)
    act.reports.add(*members)
    Report.objects.filter(pk__in=members).update(
        state=Report.State.SET_ASIDE, set_aside_why=reason[:300], assessed_at=now, assessor_id=actor.person
    )
    touch("report", first_of(report_id), reason, act=act.pk, reports=len(members))
    return act


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
    others = AlikeSketch.objects.filter(first_id=sketch.first_id).exclude(pk=report_id)
    before, heir = sketch.first_id, others.order_by("pk").first()
    if before == report_id and heir is not None:  # it stood for the group: the next one does
        others.update(first_id=heir.pk)
        AlikeBand.objects.filter(first_id=report_id).delete()
        bands = Sketch.decode(bytes(heir.minima)).bands()
        AlikeBand.objects.bulk_create(AlikeBand(digest=band, first_id=heir.pk) for band in bands)
    sketch.first_id = report_id
    sketch.save(update_fields=["first"])
    touch("report", report_id, before=before)


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
