"""Sealed on the device: today's key goes out, envelopes come in, and nothing that anybody here could read."""

import base64

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lastpiece.site.front import hatch, holding
from lastpiece.site.front.current import current_pack
from lastpiece.site.front.pages.errors import BAD, CLOSED
from lastpiece.tell.sealing import NoEnvelope

BYTES = "application/octet-stream"
SAFE, NO_LONGER, UNFIT = 204, 409, 415


@require_safe
def key(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return what a script seals to: the certificate, its root, the site and the local day; 503 when closed."""
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    try:
        outside = hatch.look_outside(now)
        certificate = hatch.ready(now)
    except hatch.FrontClosed:
        return empty(CLOSED)
    return JsonResponse(
        {
            "certificate": certificate.to_json(),
            "root": base64.b64encode(outside.root_public).decode("ascii"),
            "site": current_pack().site_id,
            "today": timezone.localdate(now).isoformat(),
            "now": now.isoformat(timespec="minutes"),
        }
    )


@require_POST
def sealed(request: HttpRequest) -> HttpResponse:
    """Store one envelope: 204 when it is safe, 409 when it is sealed to a key of before, 503 when there is no room."""
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    if request.content_type != BYTES:
        return empty(UNFIT)
    envelope = request.body
    if not holding.room_for(len(envelope)):
        return empty(CLOSED)  # parts of files never crowd out what people wrote
    try:
        hatch.take(envelope, now)
    except NoEnvelope:
        return empty(BAD)
    except hatch.EpochOver:
        return empty(NO_LONGER)
    except hatch.FrontClosed:
        return empty(CLOSED)
    return empty(SAFE)


def empty(status: int) -> HttpResponse:
    """Return an answer for a script: its status says all."""
    return HttpResponse(status=status, content_type=BYTES)
