"""Files of an open original: a copy made anew is shown, the file itself never."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, page_number
from lastpiece.site.desk.records.actions.files import look_at_file
from lastpiece.site.desk.records.queries.files import FileMissing, Opened
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted
from lastpiece.site.desk.remaking.sandbox import NoCopy, remake
from lastpiece.tell.chunk import FileAltered, FileIncomplete

MOST_PAGES = 20

WHY: Mapping[str, str] = {
    "video": "It is a video. No copy can be made of it here, so it stays sealed.",
    "sound": "It is a sound recording. No copy can be made of it here, so it stays sealed.",
    "archive": "It is an archive or an office document, which may hold programs. It stays sealed.",
    "office": "It is an office document, which may hold programs. It stays sealed.",
    "drawing": "It is a web page or a drawing made of code, which may hold programs. It stays sealed.",
    "empty": "There is nothing in it.",
    "unknown": "It is not a picture, a PDF or a plain text. It stays sealed.",
    "damaged": "It is damaged, or only looks like a picture or a PDF. No copy could be made.",
    "locked": "It is a PDF under a password. No copy could be made.",
    "too_many_pixels": "It would unfold to far more points than a photo has. No copy was made.",
    "too_large": "It needs more memory than a copy may take. No copy was made.",
    "too_slow": "It takes longer than a copy may take. No copy was made.",
    "stopped": "Making a copy was stopped at the limits of time or memory. No copy was made.",
    "no_page": "It has no such page, or the page is beyond the first 20.",
}
"""Why no copy can be shown, by the sandbox's code."""


@require_GET
def file(request: HttpRequest, report_id: int, number: int) -> HttpResponse:
    """Show a copy of one file, and what may be said of it."""
    page = page_number(request)
    try:
        opened = _look(request, report_id, number)
    except (OriginalClosed, OriginalDeleted) as closed:
        return back(request, str(closed), "report", report_id)
    except (FileIncomplete, FileAltered) as problem:
        return _show(request, report_id, number, why=str(problem))
    try:
        copy = remake(opened.content, page=page, use_place=opened.listed.use_place)
    except NoCopy as refused:
        why = WHY.get(refused.why, WHY["stopped"])
        return _show(request, report_id, number, opened=opened, why=why, missing=refused.missing)
    last = min(copy.pages, MOST_PAGES)
    turning = {"before": page - 1 if page > 1 else None, "after": page + 1 if page < last else None}
    return _show(request, report_id, number, opened=opened, copy=copy, shown_page=page, missing=copy.missing, **turning)


@require_GET
def file_copy(request: HttpRequest, report_id: int, number: int, page: int) -> HttpResponse:
    """Return the copy itself: new pixels, made for this one look."""
    try:
        opened = _look(request, report_id, number)
        copy = remake(opened.content, page=page)
    except (OriginalClosed, OriginalDeleted, FileIncomplete, FileAltered, NoCopy) as refused:
        raise Http404 from refused
    if not copy.image:
        raise Http404
    return HttpResponse(
        copy.image,
        content_type=f"image/{copy.format}",
        headers={"Content-Disposition": f'inline; filename="copy.{copy.format}"'},
    )


def _look(request: HttpRequest, report_id: int, number: int) -> Opened:
    try:
        return look_at_file(actor_of(request), report_id, number, now=now_utc())
    except FileMissing as missing:
        raise Http404 from missing


def _show(request: HttpRequest, report_id: int, number: int, **shown: object) -> HttpResponse:
    context = {"report_id": report_id, "number": number, "most_pages": MOST_PAGES, **shown}
    return render(request, "desk/file.html", context)
