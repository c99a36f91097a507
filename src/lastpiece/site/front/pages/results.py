"""The campaign and what came of it, exactly as two people at the desk released it."""

from datetime import datetime
from typing import TypedDict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lastpiece.results.publication import Publication, Week
from lastpiece.site.front.figures import place_in
from lastpiece.site.front.hatch import published


class ThisWeek(TypedDict):
    """What a page needs to say where the campaign stands."""

    publication: Publication | None
    week: Week | None
    week_label: str


def this_week(now: datetime) -> ThisWeek:
    """Return what is published and which of its weeks `now` falls in."""
    publication = published(now)
    if publication is None:
        return {"publication": None, "week": None, "week_label": ""}
    week = publication.campaign.week_on(timezone.localdate(now))
    return {"publication": publication, "week": week, "week_label": place_in(publication.campaign, week)}


@require_safe
def campaign(request: HttpRequest) -> HttpResponse:
    """Show the campaign's weeks and which one is now."""
    return render(request, "front/campaign.html", {**this_week(timezone.now())})  # noqa: TID251 - a page reads the clock


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show results, and what people said and what was done."""
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    return render(request, "front/results.html", {"publication": published(now)})
