"""Reading groups of reports that look alike."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from lastpiece.site.desk.records.models import (
    Alert,
    AlikeSketch,
    Attachment,
    GroupSetAside,
    ImportedReport,
    Item,
    Opening,
    Report,
)

PAGE_ROWS = 40
AT_A_DOOR = ("online", "young")
"""Channels by which strangers tell; through any other, a person or a partner has looked at it already."""


@dataclass(frozen=True, slots=True)
class AlikePage:
    """A group: one page of its reports, how many there are, wait and are sources, and what was set aside together.

    Attributes:
        first_id: The report that stands for it.
        newest: The newest of its reports: what comes later was not on the page.
        page: One page of them.
        reports: How many they are.
        waiting: How many of them wait.
        sources: How many mailboxes they come from.
        kept_out: How many of those that wait must be judged alone.
        reasons: Why, each with how many of them; one may have several reasons.
        same: How many of the others say word for word what an assessor has opened: they can be set aside together.
        unread: How many of those that wait say something that stands in none that an assessor has opened.
        differ: Whether their words differ at all.
        read: The report of the group that an assessor opened last, None when none was.
        open_here: The report of the group that this person has open now.
        acts: What was set aside together and not undone.
    """

    first_id: int
    newest: int
    page: Page[Report]
    reports: int
    waiting: int
    sources: int
    kept_out: int
    reasons: list[tuple[str, int]]
    same: int
    unread: int
    differ: bool
    read: int | None
    open_here: int | None
    acts: list[GroupSetAside]


def first_of(report_id: int) -> int:
    """Return the report that stands for the group, the report itself when it stands alone."""
    return AlikeSketch.objects.filter(pk=report_id).values_list("first_id", flat=True).first() or report_id


def alike_to(report_id: int) -> QuerySet[Report]:
    """Return the reports that look like this one, itself among them."""
    sketch = AlikeSketch.objects.filter(pk=report_id).first()
    return (
        Report.objects.filter(pk=report_id) if sketch is None else Report.objects.filter(sketch__first=sketch.first_id)
    )


def same_words_as(report_id: int | None) -> QuerySet[Report]:
    """Return the reports that say word for word what this one says, itself among them; none for an alert about room."""
    if report_id is None:
        return Report.objects.none()
    sketch = AlikeSketch.objects.filter(pk=report_id).first()
    return Report.objects.filter(pk=report_id) if sketch is None else Report.objects.filter(sketch__said=sketch.said)


def alone_because() -> dict[str, Q]:
    """Return each reason to judge a report alone, as a sentence goes on after “because”, with its test."""
    return {
        "an alert was raised for it": Q(Exists(Alert.objects.filter(report=OuterRef("pk")))),
        "it is put first in the queue": Q(priority__lt=Report.Priority.ROUTINE),
        "it has a word of danger": Q(sketch__alone__contains="danger"),
        "it has a word for a child": Q(sketch__alone__contains="child") | Q(by_child=True) | Q(channel="young"),
        "our lists cannot read its language": Q(sketch__alone__contains="language"),
        "a file came with it": Q(Exists(Attachment.objects.filter(report=OuterRef("pk")))),
        "its teller wrote more than this": Q(
            Exists(Report.objects.filter(source_key=OuterRef("source_key")).exclude(pk=OuterRef("pk")))
        ),
        "a person or a partner wrote it down": ~Q(channel__in=AT_A_DOOR)
        | Q(Exists(ImportedReport.objects.filter(pk=OuterRef("pk")))),
    }


def must_be_alone() -> Q:
    """Return the test of a report that is never set aside with others."""
    test = Q()
    for reason in alone_because().values():
        test |= reason
    return test


def waiting_of(report_id: int) -> QuerySet[Report]:
    """Return the reports of a group that wait."""
    return alike_to(report_id).filter(state=Report.State.WAITING)


def read_words_of(report_id: int) -> QuerySet[AlikeSketch]:
    """Return the sketches of those reports of a group that an assessor has opened."""
    return AlikeSketch.objects.filter(first_id=first_of(report_id)).filter(_opened())


def _opened() -> Q:
    return Q(Exists(Opening.objects.filter(report=OuterRef("pk"))))


def nothing_new(report_id: int) -> QuerySet[Report]:
    """Return what waits of a group, need not be judged alone and says word for word what an assessor has opened."""
    read = read_words_of(report_id).values("said")
    return waiting_of(report_id).exclude(must_be_alone()).filter(sketch__said__in=read)


def collapsed(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return the first report of each group among `rows`, in the queue's order.

    Each has `alike`, how many of its group are among `rows`, `item_count`, and `said_low` and `said_high`, which are
    equal when all of these say the very same.
    """
    items = Item.objects.filter(report=OuterRef("pk")).order_by().values("report").annotate(n=Count("pk")).values("n")
    order = [F("priority").asc(), F("told_on").asc(), F("pk").asc()]
    grouped = rows.annotate(head=Coalesce("sketch__first_id", "pk"))
    numbered = grouped.annotate(
        place=Window(RowNumber(), partition_by=[F("head")], order_by=order),
        alike=Window(Count("pk"), partition_by=[F("head")]),
        said_low=Window(Min("sketch__said"), partition_by=[F("head")]),
        said_high=Window(Max("sketch__said"), partition_by=[F("head")]),
        item_count=Coalesce(Subquery(items, output_field=IntegerField()), 0),
    )
    return numbered.filter(place=1).order_by("priority", "told_on", "pk")


def alike_page(report_id: int, page: int = 1, *, staff_id: int = 0) -> AlikePage | None:
    """Return the group of a report as this member of staff sees it, or None when there is no such report."""
    rows = alike_to(report_id)
    count = rows.count()
    if not count:
        return None
    waiting = waiting_of(report_id)
    reasons = {why: waiting.filter(test).count() for why, test in alone_because().items()}
    kept_out, same, waits = waiting.filter(must_be_alone()).count(), nothing_new(report_id).count(), waiting.count()
    openings = Opening.objects.filter(report__in=rows).order_by("-opened_at").values_list("report_id", flat=True)
    return AlikePage(
        first_id=first_of(report_id),
        newest=rows.aggregate(newest=Max("pk"))["newest"],
        page=Paginator(rows.select_related("assessor").order_by("priority", "told_on", "pk"), PAGE_ROWS).get_page(page),
        reports=count,
        waiting=waits,
        sources=rows.values("source_key").distinct().count(),
        kept_out=kept_out,
        reasons=[(why, number) for why, number in reasons.items() if number],
        same=same,
        unread=waits - waiting.filter(_opened() | Q(sketch__said__in=read_words_of(report_id).values("said"))).count(),
        differ=rows.values("sketch__said").distinct().count() > 1,
        read=openings.first(),
        open_here=openings.filter(staff_id=staff_id, closed_at__isnull=True).first(),
        acts=list(
            GroupSetAside.objects.filter(reports__in=rows, undone_at__isnull=True).distinct().select_related("by")
        ),
    )
