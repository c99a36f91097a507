"""What the public site's scripts and styles are, by their hashes, so that anyone can compare them with a build."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from lastpiece.site.parts.assets import digests


@require_safe
def scripts(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everyone
    """Return each file that a browser runs or reads, with its SHA-256 and the `integrity` that the pages ask for."""
    return JsonResponse({"files": digests()})
