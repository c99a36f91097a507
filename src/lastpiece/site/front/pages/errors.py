"""Pages for when something is wrong: what happened, that nothing was lost, and the next step. Numbers are on each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

BAD, FORBIDDEN, MISSING, NOT_ALLOWED, BROKEN, CLOSED = 400, 403, 404, 405, 500, 503


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - never shown
    """Answer a request that is not understood, or too large."""
    return _page(
        request,
        BAD,
        _("We could not read that"),
        _("If you were sending a report, go back and try a shorter one, or ring us."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - never shown
    """Answer a request that is refused."""
    return _page(request, FORBIDDEN, _("You cannot do that"), _("Go back to the first page and start from there."))


def cross_site(request: HttpRequest) -> HttpResponse:
    """Answer a post that another site made the browser send."""
    return _page(
        request,
        FORBIDDEN,
        _("That did not come from this site"),
        _("Nothing was sent. Open our first page and start there."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - never shown
    """Answer an address that does not exist."""
    return _page(request, MISSING, _("There is no such page"), _("Check the address, or go to the first page."))


def method_not_allowed(request: HttpRequest, *, allow: str) -> HttpResponse:
    """Answer a method the page does not know."""
    response = _page(
        request, NOT_ALLOWED, _("You cannot do that here"), _("Go back to the first page and start from there.")
    )
    response["Allow"] = allow
    return response


def closed(request: HttpRequest) -> HttpResponse:
    """Answer when no report can be sealed or stored: telephone numbers, never a form that goes nowhere."""
    return render(request, "front/closed.html", status=CLOSED)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when our own code failed; this page must not fail too."""
    try:
        return _page(
            request,
            BROKEN,
            _("Something went wrong"),
            _("Nothing was sent. Go back and try again. If you cannot, ring us."),
        )
    except Exception:  # noqa: BLE001 - whatever is broken, the number is said
        return HttpResponse("Something went wrong. In danger now? Call 999.", status=BROKEN, content_type="text/plain")


def _page(request: HttpRequest, status: int, heading: str, text: str) -> HttpResponse:
    context = {"heading": heading, "text": text}
    return HttpResponse(render_to_string("front/error.html", context, request), status=status)
