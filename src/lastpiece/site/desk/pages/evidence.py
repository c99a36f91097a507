"""The teller's own file, for evidence alone: a warning, a reason, and then bytes that no browser opens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.records.actions.evidence import WhyMissing, take_out_file
from lastpiece.site.desk.records.queries.evidence import Held, NotYoursToTakeOut, file_to_take_out
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
    """Warn and ask why; answer a reason with the file."""
    try:
        held = file_to_take_out(staff_of(request), report_id, number, now=now_utc())
    except FileMissing as missing:
        raise Http404 from missing
    except (NotYoursToTakeOut, OriginalDeleted) as refusal:
        return back(request, str(refusal), "today")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = take_out_file(actor_of(request), report_id, number, form.cleaned_data["reason"], now=now_utc())
        except (WhyMissing, OriginalDeleted, FileIncomplete, FileAltered) as refusal:
            form.add_error("reason", str(refusal))
        else:
            return _attachment(content, held)
    return render(request, "desk/original_file.html", {"held": held, "form": form}, status=422 if form.errors else 200)


def _attachment(content: bytes, held: Held) -> HttpResponse:
    name = f"report-{held.report}-file-{held.number}.original"
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"', **SEALED_OFF},
    )
