"""*Spot the signs*: the pack's pages, in plain words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lastpiece.site.front.current import current_pack


@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """List the pages and what the force asks about."""
    return render(request, "front/signs.html")


@require_safe
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one page, or say that there is none."""
    found = next((page for page in current_pack().signs if page.slug == slug), None)
    if found is None:
        raise Http404
    return render(request, "front/sign.html", {"sign": found})
