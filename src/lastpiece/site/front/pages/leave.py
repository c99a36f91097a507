"""The way out without JavaScript: the browser is told to clear what this site left, and is somewhere else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lastpiece.site.front.current import current_pack

SEE_OTHER = 303


@require_safe
def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Send the browser to the pack's neutral site."""
    return HttpResponse(
        status=SEE_OTHER,
        headers={"Location": current_pack().leave_to, "Clear-Site-Data": '"cache", "cookies", "storage"'},
    )
