"""Crimes as published, by small area: the map, its table beside it, and one area."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lastpiece.site.desk.area_map import Counted, Frame, draw
from lastpiece.site.desk.forms.crimes import SORTS, CrimeFilterForm
from lastpiece.site.desk.records.queries import crimes as queries
from lastpiece.site.parts.charts import Bar, BarChart

AROUND = 1.2
"""How much of its neighbourhood is drawn around one area, in widths of the area."""


@require_safe
def crimes(request: HttpRequest) -> HttpResponse:
    """Show the map of crimes by small area for a month and a type, and the table beside it."""
    months, types = queries.months_and_types()
    form = CrimeFilterForm(request.GET, months=months, types=types)
    wanted = form.wanted()
    found = queries.by_area(wanted.month, wanted.crime_type)
    areas = [Counted(area.code, area.name, area.count, area.rings) for area in found.areas]
    return render(
        request,
        "desk/crimes.html",
        {
            "form": form,
            "found": found,
            "map": draw(areas),
            "rows": sorted(areas, key=SORTS[wanted.sort]),
            "sort": wanted.sort,
            "query": form.query_without_sort(),
            "months": months,
            "here_to": reverse("crimes"),
        },
    )


@require_safe
def crimes_area(request: HttpRequest, code: str) -> HttpResponse:
    """Show one small area: where it is, its months and its types of crime."""
    history = queries.of_area(code)
    if history is None:
        raise Http404
    areas = [Counted(area.code, area.name, area.count, area.rings) for area in queries.by_area(None, "").areas]
    here = [area for area in areas if area.code == code]
    areas = [area for area in areas if area.code != code] + here  # drawn last, so that no neighbour covers its edge
    return render(
        request,
        "desk/crimes_area.html",
        {
            "history": history,
            "map": draw(areas, Frame.around(here, margin=AROUND)) if here else None,
            "here_to": reverse("crimes"),
            "chart": _by_month(history.by_month),
            "types": [(name, f"{count:,}") for name, count in history.by_type],
            "headings": ("Type", "Crimes"),
            "total": sum(count for _, count in history.by_month),
        },
    )


def _by_month(counts: tuple[tuple[date, int], ...]) -> BarChart | None:
    bars = tuple(Bar(f"{month:%B %Y}", count, f"{count:,}") for month, count in counts)
    return BarChart("Crimes by month", "Month", "Crimes", bars) if bars else None
