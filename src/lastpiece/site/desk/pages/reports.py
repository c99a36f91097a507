"""Reports: the list, one report, opening its original."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from lastpiece.site.desk.forms.filters import ReportFilterForm
from lastpiece.site.desk.forms.reasons import PriorityForm, ReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, page_number, query_without_page, staff_of
from lastpiece.site.desk.records.actions import assessing, reading
from lastpiece.site.desk.records.models import Report
from lastpiece.site.desk.records.queries import reports as queries
from lastpiece.site.desk.records.queries.originals import OriginalDeleted


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """List reports, by default those that wait."""
    asked = request.GET or {"state": Report.State.WAITING, "kind": Report.Kind.REPORT}
    form = ReportFilterForm(asked, channels=queries.channels(), staff_id=staff_of(request).pk)
    listed = queries.list_reports(form.wanted(), page_number(request))
    return render(
        request,
        "desk/reports.html",
        {"form": form, "page": listed, "query": query_without_page(request), "next": queries.next_waiting()},
    )


@require_GET
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show one report without its words."""
    return _show(request, report_id)


@require_POST
def open_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Open the original with a typed reason and go on to assess it."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            reading.open_report(actor_of(request), report_id, form.cleaned_data["reason"], now=now_utc())
        except (reading.ReasonMissing, reading.HeldByAnother, OriginalDeleted) as refusal:
            form.add_error("reason", str(refusal))
        except Report.DoesNotExist as missing:
            raise Http404 from missing
        else:
            return redirect("assess", report_id)
    return _show(request, report_id, opening=form, status=422)


@require_POST
def put_back(request: HttpRequest, report_id: int) -> HttpResponse:
    """Close the original and give the report back to the queue."""
    try:
        reading.put_back(actor_of(request), report_id, now=now_utc())
    except reading.HeldByAnother as refusal:
        return back(request, str(refusal), "report", report_id)
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, f"Report {report_id} is back in the queue.", "reports")


@require_POST
def mark_read(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take feedback or a message off its list."""
    try:
        reading.mark_read(actor_of(request), report_id, now=now_utc())
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "Marked as read.", "today")


@require_POST
def change_priority(request: HttpRequest, report_id: int) -> HttpResponse:
    """Move a report up or down the queue."""
    form = PriorityForm(request.POST)
    if not form.is_valid():
        return _show(request, report_id, priority=form, status=422)
    try:
        assessing.change_priority(
            actor_of(request), report_id, form.cleaned_data["priority"], form.cleaned_data["reason"], now=now_utc()
        )
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "The report's place in the queue is changed.", "report", report_id)


def _show(
    request: HttpRequest,
    report_id: int,
    *,
    opening: ReasonForm | None = None,
    priority: PriorityForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = queries.report_page(report_id)
    if shown is None:
        raise Http404
    return render(
        request,
        "desk/report.html",
        {
            "shown": shown,
            "report": shown.report,
            "opening": opening or ReasonForm(auto_id="open_%s"),
            "priority": priority or PriorityForm(initial={"priority": shown.report.priority}, auto_id="priority_%s"),
        },
        status=status,
    )
