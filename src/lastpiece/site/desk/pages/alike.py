"""Reports that look alike: seen together, assessed or set aside together or apart, as a person decides."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lastpiece.site.desk.forms.reasons import GroupReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, page_number
from lastpiece.site.desk.records.actions import alike as actions
from lastpiece.site.desk.records.models import AlikeSketch, GroupSetAside, Report
from lastpiece.site.desk.records.queries.alike import alike_page


@require_GET
def alike(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show the reports that look like this one."""
    return _show(request, report_id)


@require_POST
def set_group_aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """Set aside all that wait of a group as the page showed it, with one reason."""
    form = GroupReasonForm(request.POST)
    if form.is_valid():
        reason, newest = form.cleaned_data["reason"], form.cleaned_data["newest"]
        try:
            act = actions.set_group_aside(actor_of(request), report_id, reason, up_to=newest, now=now_utc())
        except actions.GroupReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except actions.NothingWaits as refusal:
            return back(request, str(refusal), "alike", report_id) if _known(report_id) else _missing()
        else:
            return back(request, f"{act.reports.count()} reports are set aside. Undo it below.", "alike", report_id)
    return _show(request, report_id, form=form, status=422)


@require_POST
def bring_group_back(request: HttpRequest, act_id: int) -> HttpResponse:
    """Undo setting a group aside."""
    try:
        actions.bring_group_back(actor_of(request), act_id, now=now_utc())
    except actions.NothingWaits as refusal:
        return back(request, str(refusal), "reports")
    except GroupSetAside.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "They wait again.", "reports")


@require_POST
def take_apart(request: HttpRequest, report_id: int) -> HttpResponse:
    """Let one report stand alone."""
    try:
        actions.take_apart(actor_of(request), report_id, now=now_utc())
    except AlikeSketch.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, f"Report {report_id} stands alone now.", "report", report_id)


def _known(report_id: int) -> bool:
    return Report.objects.filter(pk=report_id).exists()


def _missing() -> HttpResponse:
    raise Http404


def _show(
    request: HttpRequest, report_id: int, *, form: GroupReasonForm | None = None, status: int = 200
) -> HttpResponse:
    shown = alike_page(report_id, page_number(request))
    if shown is None:
        raise Http404
    context = {"shown": shown, "report_id": report_id, "form": form or GroupReasonForm()}
    return render(request, "desk/alike.html", context, status=status)
