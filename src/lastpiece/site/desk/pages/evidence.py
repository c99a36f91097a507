"""The teller's own file, for evidence alone: a warning, a reason, and then bytes that no browser opens.

Bytes that are kept to the disk leave the page that they were asked from where it is. So the reason leads on to a page
of its own, which says what is in the log and gives the file; a refused try before it is not what stays on the screen.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.records.actions.evidence import NotAskedFor, WhyMissing, ask_for_file, take_out_file
from lastpiece.site.desk.records.queries.evidence import Held, NotYoursToTakeOut, asked_for, file_to_take_out
from lastpiece.site.desk.records.queries.files import FileMissing
from lastpiece.site.desk.records.queries.originals import OriginalDeleted
from lastpiece.tell.chunk import FileAltered, FileIncomplete

SEALED_OFF = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Download-Options": "noopen",
}
"""Headers of a stranger's bytes: kept to the disk, guessed to be nothing, allowed nothing."""


@require_http_methods(["GET", "POST"])
def original_file(request: HttpRequest, report_id: int, number: int) -> HttpResponse:
    """Warn and ask why; a reason is written in the log and leads on to the page that gives the file."""
    held = _held(request, report_id, number)
    if isinstance(held, HttpResponse):
        return held
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_file(actor_of(request), report_id, number, form.cleaned_data["reason"], now=now_utc())
        except (WhyMissing, OriginalDeleted, FileIncomplete, FileAltered) as refusal:
            form.add_error("reason", str(refusal))
        else:
            return redirect("asked_file", report_id, number)
    return render(request, "desk/original_file.html", {"held": held, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def asked_file(request: HttpRequest, report_id: int, number: int) -> HttpResponse:
    """Say that the reason is in the log, and give the file once for it."""
    held = _held(request, report_id, number)
    if isinstance(held, HttpResponse):
        return held
    if request.method == "POST":
        try:
            return _attachment(take_out_file(actor_of(request), report_id, number, now=now_utc()), held)
        except NotAskedFor:
            return redirect("asked_file", report_id, number)
        except (OriginalDeleted, FileIncomplete, FileAltered) as refusal:
            return back(request, str(refusal), "original_file", report_id, number)
    asked = asked_for(staff_of(request), held)
    if asked is None:
        return redirect("original_file", report_id, number)
    return render(request, "desk/asked_file.html", {"held": held, "asked": asked, "now": now_utc()})


def _held(request: HttpRequest, report_id: int, number: int) -> Held | HttpResponse:
    """Return the file that this person may take out, or the way back for somebody who may not."""
    try:
        return file_to_take_out(staff_of(request), report_id, number, now=now_utc())
    except FileMissing as missing:
        raise Http404 from missing
    except (NotYoursToTakeOut, OriginalDeleted) as refusal:
        return back(request, str(refusal), "today")


def _attachment(content: bytes, held: Held) -> HttpResponse:
    name = f"report-{held.report}-file-{held.number}.original"
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"', **SEALED_OFF},
    )
