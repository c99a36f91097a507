"""Items of information: the list and one item."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lastpiece.site.desk.forms.filters import ItemFilterForm
from lastpiece.site.desk.pages.asking import actor_of, now_utc, page_number, query_without_page, staff_of
from lastpiece.site.desk.permissions import may
from lastpiece.site.desk.records.actions import looking
from lastpiece.site.desk.records.queries.items import list_items


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    """List items of finished reports."""
    form = ItemFilterForm(request.GET)
    listed = list_items(form.wanted(), page_number(request))
    return render(request, "desk/items.html", {"form": form, "page": listed, "query": query_without_page(request)})


@require_GET
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show one item; the look is logged."""
    shown = looking.look_at_item(actor_of(request), item_id, now=now_utc())
    if shown is None:
        raise Http404
    return render(
        request,
        "desk/item.html",
        {
            "item": shown.item,
            "mentions": shown.mentions,
            "sees_report": may(staff_of(request), "report"),
            "sees_fit": may(staff_of(request), "item_fit"),
        },
    )
