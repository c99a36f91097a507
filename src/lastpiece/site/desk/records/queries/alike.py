"""Reading groups of reports that look alike."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from lastpiece.site.desk.records.models import AlikeSketch, GroupSetAside, Item, Report

PAGE_ROWS = 40


@dataclass(frozen=True, slots=True)
class AlikePage:
    """A group: one page of its reports, how many there are, wait and are sources, and what was set aside together.

    `newest` is the newest of its reports: what comes later was not on the page.
    """

    first_id: int
    newest: int
    page: Page[Report]
    reports: int
    waiting: int
    sources: int
    acts: list[GroupSetAside]


def first_of(report_id: int) -> int:
    """Return the report that stands for the group, the report itself when it stands alone."""
    return AlikeSketch.objects.filter(pk=report_id).values_list("first_id", flat=True).first() or report_id


def alike_to(report_id: int) -> QuerySet[Report]:
    """Return the reports that look like this one, itself among them."""
    first = first_of(report_id)
    return Report.objects.filter(pk__in=[report_id]) | Report.objects.filter(sketch__first_id=first)


def collapsed(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return the first report of each group among `rows`, in the queue's order.

    Each has `alike`, how many of its group are among `rows`, and `item_count`.
    """
    items = Item.objects.filter(report=OuterRef("pk")).order_by().values("report").annotate(n=Count("pk")).values("n")
    order = [F("priority").asc(), F("told_on").asc(), F("pk").asc()]
    grouped = rows.annotate(head=Coalesce("sketch__first_id", "pk"))
    numbered = grouped.annotate(
        place=Window(RowNumber(), partition_by=[F("head")], order_by=order),
        alike=Window(Count("pk"), partition_by=[F("head")]),
        item_count=Coalesce(Subquery(items, output_field=IntegerField()), 0),
    )
    return numbered.filter(place=1).order_by("priority", "told_on", "pk")


def alike_page(report_id: int, page: int = 1) -> AlikePage | None:
    """Return the group of a report, or None when there is no such report."""
    rows = alike_to(report_id)
    count = rows.count()
    if not count:
        return None
    return AlikePage(
        first_id=first_of(report_id),
        newest=rows.aggregate(newest=Max("pk"))["newest"],
        page=Paginator(rows.select_related("assessor").order_by("priority", "told_on", "pk"), PAGE_ROWS).get_page(page),
        reports=count,
        waiting=rows.filter(state=Report.State.WAITING).count(),
        sources=rows.values("source_key").distinct().count(),
        acts=list(
            GroupSetAside.objects.filter(reports__in=rows, undone_at__isnull=True).distinct().select_related("by")
        ),
    )
