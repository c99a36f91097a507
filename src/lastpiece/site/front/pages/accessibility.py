"""Who can use this site, what is not right yet, and how to say so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "front/accessibility.html")
