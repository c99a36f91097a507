"""The way out without JavaScript: the browser is told to clear what this site left, and is somewhere else.

A plain link where nothing was typed yet. From a form it is a button that posts which visit is over (`front/left.py`).
"""

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import left
from lastpiece.site.front.current import current_pack

Page = Callable[[HttpRequest], HttpResponse]
SEE_OTHER = 303
CLEARED = '"cache", "cookies", "storage"'


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Send the browser to the pack's neutral site."""
    if request.method == "POST":
        left.leave(request.POST)
        return gone()
    return HttpResponse(status=SEE_OTHER, headers={"Location": current_pack().leave_to, "Clear-Site-Data": CLEARED})


def gone() -> HttpResponse:
    """Return an empty page that is the neutral site at once, and takes no place of its own behind Back.

    A redirect would be refused: the policy lets a form lead nowhere but to us. The link is for browsers that were told
    not to follow a page that leads on.
    """
    address = current_pack().leave_to
    page = '<!DOCTYPE html><title>{}</title><a href="{}" rel="noreferrer">{}</a>'
    return HttpResponse(
        format_html(page, _("Loading."), address, _("Leave this site")),
        headers={"Refresh": f"0; url={address}", "Clear-Site-Data": CLEARED},
    )


def unless_left(page: Page) -> Page:
    """Answer nothing that a browser sends again after its visit was left."""

    @functools.wraps(page)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and left.was_left(request.POST):
            return gone()
        return page(request)

    return answer
