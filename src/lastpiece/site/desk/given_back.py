"""Giving back what was typed in a form whose session has ended, so that nothing typed at the desk is ever lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_HOLD_PASSWORDS = frozenset(
    {
        "account_login",
        "account_logout",
        "mfa_authenticate",
        "mfa_activate_totp",
        "own_password",
        "add_person",
        "give_password",
    }
)
"""Pages whose forms are never given back."""


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Show the page for a form from an ended session, with all that was typed in it, so that nothing is lost.

    What was typed is given back only to a page of our own, and never a password.
    """
    page = request.resolver_match.view_name if request.resolver_match else ""
    keep = request.method == "POST" and sent_from_here(request) and page not in _HOLD_PASSWORDS
    typed = [(name, text) for name in request.POST for text in request.POST.getlist(name)] if keep else []
    kept = [(name, text) for name, text in typed if name != "csrfmiddlewaretoken"]
    return render(request, "desk/stale_form.html", {"kept": kept, "address": request.path}, status=403)


def sent_from_here(request: HttpRequest) -> bool:
    """Return whether a page of this very site sent the request; a browser says so with everything that is posted."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
