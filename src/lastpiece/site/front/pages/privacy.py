"""What we keep, what we cannot read, and what we cannot protect from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "front/privacy.html")
