"""Room: what takes the disks, which alarms there are, and the quarantine."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lastpiece.site.desk.forms.room import EmptyForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.permissions import may
from lastpiece.site.desk.records.actions import room as actions
from lastpiece.site.desk.records.models import Quarantined
from lastpiece.site.desk.records.queries import room as queries
from lastpiece.site.settings import env
from lastpiece.tell.spool import Spool

_AWAY = "The spool cannot be used from here now. What was not done can be done again; no file was lost."


@require_GET
def room(request: HttpRequest) -> HttpResponse:
    """Show how much room is left and what takes it."""
    return _show(request, EmptyForm(initial={"days": env.QUARANTINE_DAYS or 90}))


@require_POST
def empty_quarantine(request: HttpRequest) -> HttpResponse:
    """Delete for good what was set aside so many days ago or earlier."""
    form = EmptyForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        gone = actions.throw_away(
            Spool(env.SPOOL), days=form.cleaned_data["days"], actor=actor_of(request), now=now_utc()
        )
    except OSError:
        return back(request, _AWAY, "room")
    return back(request, f"Deleted from the quarantine: {gone}.", "room")


@require_POST
def delete_rubbish(request: HttpRequest) -> HttpResponse:
    """Delete at once what can be no report here: its key is here, and nothing true is in it."""
    state = request.POST.get("state", "")
    if state not in Quarantined.State.values:
        return back(request, "Choose what to delete.", "room")
    try:
        gone = actions.throw_away_rubbish(
            Spool(env.SPOOL), Quarantined.State(state), actor=actor_of(request), now=now_utc()
        )
    except OSError:
        return back(request, _AWAY, "room")
    except actions.MayBeTrue as refusal:
        return back(request, str(refusal), "room")
    return back(request, f"Deleted from the quarantine: {gone}.", "room")


@require_POST
def try_quarantine_again(request: HttpRequest) -> HttpResponse:
    """Let what was set aside wait again, for when its key is back."""
    try:
        count = actions.put_back_to_wait(Spool(env.SPOOL), actor=actor_of(request), now=now_utc())
    except OSError:
        return back(request, _AWAY, "room")
    return back(request, f"Waiting for the collector again: {count}. What still does not open comes back here.", "room")


def _show(request: HttpRequest, form: EmptyForm, *, status: int = 200) -> HttpResponse:
    limits = queries.limits_set()
    taken = queries.room_taken(env.SPOOL, Path(settings.KEYRING_FOLDER).parent)
    context = {
        "levels": list(queries.levels(taken, limits)),
        "reached": taken.spool is not None,
        "alarms": queries.alarms(),
        "quarantine": (quarantine := queries.quarantine()),
        "at_once": {row.state for row in quarantine} - {Quarantined.State.AWAY.value},
        "share": limits.rubbish_percent,
        "days": limits.quarantine_days,
        "form": form,
        "empties": may(staff_of(request), "empty_quarantine"),
        "answers": may(staff_of(request), "take_alert"),
    }
    return render(request, "desk/room.html", context, status=status)
