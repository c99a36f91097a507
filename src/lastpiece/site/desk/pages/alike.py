"""Reports that look alike: seen together, assessed or set aside together or apart, as a person decides."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lastpiece.site.desk.forms.reasons import GroupReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, number_in, page_number, staff_of
from lastpiece.site.desk.records.actions import alike as actions
from lastpiece.site.desk.records.models import AlikeSketch, GroupSetAside, Report
from lastpiece.site.desk.records.queries.alike import alike_page
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted


@require_GET
def alike(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show the reports that look like this one."""
    return _show(request, report_id)


@require_POST
def set_group_aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """Set aside, with one reason, those of a group that say word for word what was read, as the page showed it."""
    form = GroupReasonForm(request.POST)
    if form.is_valid():
        reason, newest = form.cleaned_data["reason"], form.cleaned_data["newest"]
        try:
            act = actions.set_group_aside(actor_of(request), report_id, reason, up_to=newest, now=now_utc())
        except actions.GroupReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except (actions.NothingWaits, actions.NobodyRead) as refusal:
            return back(request, str(refusal), "alike", report_id) if _known(report_id) else _missing()
        else:
            return back(request, _done(act), "alike", report_id)
    return _show(request, report_id, form=form, status=422)


@require_POST
def compare(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show in which words those that wait differ from the one that this person has open."""
    return _show_compared(request, report_id, GroupReasonForm(auto_id="read_%s"))


@require_POST
def set_read_aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """Set aside those that were ticked, after their differences were shown, and go on."""
    form, said = GroupReasonForm({"newest": "0", "reason": request.POST.get("reason", "")}, auto_id="read_%s"), ""
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            act = actions.set_read_aside(actor_of(request), report_id, _chosen(request), reason, now=now_utc())
        except actions.GroupReasonMissing as refusal:
            form.add_error("reason", str(refusal))
        except (actions.NothingWaits, actions.NotShown, actions.JudgedAlone) as refusal:
            said = str(refusal)
        else:
            form, said = GroupReasonForm(auto_id="read_%s"), _done(act)
    return _show_compared(request, report_id, form, said=said, ticked=_chosen(request))


@require_POST
def take_shown_alerts(request: HttpRequest, report_id: int) -> HttpResponse:
    """Say “I have it” for the alerts of those that were ticked."""
    try:
        taken = actions.take_shown_alerts(actor_of(request), report_id, _chosen(request, "alerts"), now=now_utc())
        said = f"You have {taken} alert{'' if taken == 1 else 's'} more."
    except actions.NotShown as refusal:
        said = str(refusal)
    return _show_compared(request, report_id, GroupReasonForm(auto_id="read_%s"), said=said)


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


def _chosen(request: HttpRequest, of: str = "chosen") -> list[int]:
    return [number for number in map(number_in, request.POST.getlist(of)) if number]


def _done(act: GroupSetAside) -> str:
    count = act.reports.count()
    return (
        "1 report is set aside. It can be undone."
        if count == 1
        else f"{count} reports are set aside. It can be undone."
    )


def _show_compared(
    request: HttpRequest, report_id: int, form: GroupReasonForm, *, said: str = "", ticked: Sequence[int] = ()
) -> HttpResponse:
    after = number_in(request.POST.get("after", ""))
    try:
        shown = actions.compare(actor_of(request), report_id, after=after, now=now_utc())
    except (OriginalClosed, OriginalDeleted) as refusal:
        return back(request, str(refusal), "alike", report_id) if _known(report_id) else _missing()
    context = {"shown": shown, "report_id": report_id, "form": form, "after": after, "said": said, "ticked": ticked}
    return render(request, "desk/compared.html", context, status=422 if form.errors else 200)


def _known(report_id: int) -> bool:
    return Report.objects.filter(pk=report_id).exists()


def _missing() -> HttpResponse:
    raise Http404


def _show(
    request: HttpRequest, report_id: int, *, form: GroupReasonForm | None = None, status: int = 200
) -> HttpResponse:
    shown = alike_page(report_id, page_number(request), staff_id=staff_of(request).pk)
    if shown is None:
        raise Http404
    context = {"shown": shown, "report_id": report_id, "form": form or GroupReasonForm()}
    return render(request, "desk/alike.html", context, status=status)
