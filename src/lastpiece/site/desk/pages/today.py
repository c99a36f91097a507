"""Today: what cannot wait, what is late, what is new, what is yours."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lastpiece.site.desk import current
from lastpiece.site.desk.pages.asking import now_utc, staff_of, today_here
from lastpiece.site.desk.permissions import may, sections_of_today
from lastpiece.site.desk.records.queries.today import today_for


def today(request: HttpRequest) -> HttpResponse:
    """Show the first page after signing in."""
    staff, hours = staff_of(request), current.pack().promise_hours
    return render(
        request,
        "desk/today.html",
        {
            "today": today_for(staff, now=now_utc(), today=today_here(), promise=timedelta(hours=hours)),
            "promise_hours": hours,
            "sections": sections_of_today(staff),
            "sees_reports": may(staff, "report"),
        },
    )
