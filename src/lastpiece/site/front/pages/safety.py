"""What leaving this site hides and what it does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "front/safety.html")
