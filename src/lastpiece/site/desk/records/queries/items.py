"""Reading items of information."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from lastpiece.site.desk.records.models import Item, Mention, Report

PAGE_ROWS = 40


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items to list; an empty part leaves everything in."""

    words: str = ""
    source: str = ""
    information: str = ""
    handling: str = ""
    kind: str = ""
    category: str = ""
    written_from: date | None = None
    written_to: date | None = None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with its mentions."""

    item: Item
    mentions: list[Mention]


def list_items(wanted: ItemFilter, page: int = 1) -> Page[Item]:
    """Return a page of items of finished reports, the newest first."""
    rows = filtered(wanted).select_related("report").prefetch_related("mentions").order_by("-written_at", "-id")
    return Paginator(rows, PAGE_ROWS).get_page(page)


def filtered(wanted: ItemFilter) -> QuerySet[Item]:
    """Return the items that match; the words are looked for in sanitised text and values only."""
    rows = Item.objects.filter(report__state=Report.State.ASSESSED)
    exact = {
        "source_grade": wanted.source,
        "information_grade": wanted.information,
        "handling_code": wanted.handling,
        "written_at__date__gte": wanted.written_from,
        "written_at__date__lte": wanted.written_to,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.kind:
        rows = rows.filter(pk__in=_with_mention(kind=wanted.kind))
    if wanted.category:
        rows = rows.filter(pk__in=_with_mention(category=wanted.category))
    if wanted.words:
        by_value = Mention.objects.filter(value__icontains=wanted.words).exclude(state=Mention.State.REFUSED)
        rows = rows.filter(Q(text__icontains=wanted.words) | Q(pk__in=by_value.values("item_id")))
    return rows


def item_page(item_id: int) -> ItemPage | None:
    """Return one item, or None when there is none."""
    item = Item.objects.select_related("report", "written_by").filter(pk=item_id).first()
    return None if item is None else ItemPage(item, list(item.mentions.all()))


def _with_mention(**exact: str) -> QuerySet[Mention, int]:
    rows = Mention.objects.filter(**exact).exclude(state=Mention.State.REFUSED)
    return rows.values_list("item_id", flat=True)
