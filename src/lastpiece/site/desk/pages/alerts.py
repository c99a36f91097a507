"""Alerts: what a person must see now, who has it, and who is on duty."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lastpiece.site.desk.forms.duty import DutyForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.permissions import may
from lastpiece.site.desk.records.actions import alerting
from lastpiece.site.desk.records.models import Alert, AlertKind, Duty
from lastpiece.site.desk.records.queries import alerts as queries
from lastpiece.site.desk.records.queries.evidence import files_held


@require_GET
def alerts(request: HttpRequest) -> HttpResponse:
    """List the alerts of this person's role: the open ones, then those that somebody has."""
    role = staff_of(request).role
    kinds = queries.kinds_for(role)
    return render(
        request,
        "desk/alerts.html",
        {
            "open": queries.collapsed_alerts(kinds),
            "taken": queries.taken_alerts(role),
            "unmanned": queries.unmanned(kinds, now=now_utc()),
            "sees_reports": may(staff_of(request), "report"),
        },
    )


@require_GET
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Show one alert and who was paged about it."""
    shown = queries.alert_page(alert_id, staff_of(request).role)
    if shown is None:
        raise Http404
    staff = staff_of(request)
    files = files_held(staff, shown.alert.report_id, now=now_utc()) if shown.alert.report_id else ()
    return render(request, "desk/alert.html", {"shown": shown, "files": files, "sees_reports": may(staff, "report")})


@require_POST
def take_alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Say “I have it”."""
    try:
        alerting.take_alert(actor_of(request), alert_id, now=now_utc())
    except alerting.TakenAlready as refusal:
        return back(request, str(refusal), "alert", alert_id)
    except Alert.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "You have it. Nobody is paged about it any more.", "alert", alert_id)


@require_http_methods(["GET", "POST"])
def duty(request: HttpRequest) -> HttpResponse:
    """Show the rota, and put somebody on it."""
    now = now_utc()
    form = DutyForm(request.POST or None, people=queries.may_be_on_duty())
    if request.method == "POST" and form.is_valid():
        try:
            alerting.put_on_duty(actor_of(request), form.duty(), now=now)
        except alerting.NotForDuty as refusal:
            form.add_error("staff", str(refusal))
        else:
            return back(request, "The rota is changed.", "duty")
    shown = {"form": form, "rota": queries.rota(now=now), "now": now}
    shown["unmanned"] = queries.unmanned(tuple(AlertKind), now=now)
    return render(request, "desk/duty.html", shown, status=422 if form.errors else 200)


@require_POST
def end_duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """End a turn of duty."""
    try:
        alerting.take_off_duty(actor_of(request), duty_id, now=now_utc())
    except Duty.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "The rota is changed.", "duty")
