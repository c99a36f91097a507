"""Log: what everybody did, for the auditor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lastpiece.site.desk.forms.filters import AuditFilterForm
from lastpiece.site.desk.pages.asking import page_number, query_without_page
from lastpiece.site.desk.records.queries import audit


@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """List audit rows, the newest first."""
    form = AuditFilterForm(request.GET, verbs=audit.verbs(), kinds=audit.kinds())
    rows = audit.list_rows(form.wanted(), page_number(request))
    return render(request, "desk/log.html", {"form": form, "page": rows, "query": query_without_page(request)})
