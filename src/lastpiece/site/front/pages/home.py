"""The first page: 999 first, then the way in, this week, and what came of what people told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lastpiece.site.front.figures import latest
from lastpiece.site.front.pages.results import this_week


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page; without anything published it still says how to tell."""
    context = this_week(timezone.now())  # noqa: TID251 - a page reads the clock
    publication = context["publication"]
    return render(request, "front/home.html", {**context, "latest": latest(publication) if publication else []})
