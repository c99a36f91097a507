"""The sealed mail for scripts: one whole file, in which the device alone can find its own slot.

Words never come here. The few bits that choose the file are shared by dozens of mailboxes, and are posted, so that no
address, log or history holds them.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lastpiece.site.front import hatch
from lastpiece.site.front.pages.errors import CLOSED, MISSING

STALE = 409
BYTES = "application/octet-stream"


@require_POST
def mail_bucket(request: HttpRequest) -> HttpResponse:
    """Return the file of the posted `bucket`; 404 without mail, 409 and today's bits when it is parted otherwise."""
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    try:
        layout = hatch.look_outside(now).mail_layout()
        found = hatch.mail_bucket(request.POST.get("bucket", ""), now)
    except hatch.FrontClosed:
        return HttpResponse(status=CLOSED, content_type=BYTES)
    if layout is not None and request.POST.get("bits", str(layout.bits)) != str(layout.bits):
        return HttpResponse(str(layout.bits), status=STALE, content_type=BYTES)
    if found is None:
        return HttpResponse(status=MISSING, content_type=BYTES)
    return HttpResponse(found, content_type=BYTES)
