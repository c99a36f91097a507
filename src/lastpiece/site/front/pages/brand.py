"""The force's own colour as a style sheet: the policy allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lastpiece.site.front.current import current_pack


@require_safe
def brand(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return one custom property; the pack's check lets only `#rrggbb` through."""
    css = f":root{{--govuk-brand-colour:{current_pack().brand_colour}}}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
