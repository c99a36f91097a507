"""The picture: its list, finding a thing in it, and the page of one thing with its link chart."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lastpiece.site.desk.forms.finding import FindForm
from lastpiece.site.desk.pages.asking import actor_of, now_utc, page_number, query_without_page
from lastpiece.site.desk.records.actions import consulting
from lastpiece.site.desk.records.queries import picture as pictures


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """List what is known, newest first, or what the words asked for could name."""
    form = FindForm(request.GET)
    wanted = form.wanted()
    shown: dict[str, object] = {"form": form, "wanted": wanted, "query": query_without_page(request)}
    if wanted.text:
        return render(request, "desk/picture.html", shown | {"rows": pictures.search(wanted.text, wanted.kind)})
    listed = pictures.newest(wanted.kind, page=page_number(request))
    return render(request, "desk/picture.html", shown | {"rows": listed.rows, "page": listed.page})


@require_GET
def entity(request: HttpRequest, entity_id: int) -> HttpResponse:
    """Show one thing; the look is logged."""
    try:
        page = consulting.consult_entity(actor_of(request), entity_id, now=now_utc())
    except consulting.NothingThere as gone:
        if gone.moved_to is None:
            raise Http404 from gone
        return redirect("entity", gone.moved_to)
    return render(request, "desk/entity.html", {"entity": page})
