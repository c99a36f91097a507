"""The force's own colour as a style sheet: the policy allows no style inside a page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lastpiece.site.front.current import current_pack
from lastpiece.site.pack.loading import Pack


@require_safe
def brand(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return the sheet."""
    return HttpResponse(
        sheet(current_pack()), content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"}
    )


def sheet(pack: Pack) -> str:
    """Return one custom property; the pack's check lets only `#rrggbb` through."""
    return f":root{{--govuk-brand-colour:{pack.brand_colour}}}\n"
