"""What every page needs from the request: who asks, when, and a way back."""

from datetime import UTC, date, datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import Staff


def staff_of(request: HttpRequest) -> Staff:
    """Return the member of staff; the gate has let nobody else through."""
    return cast("Staff", request.user)


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return Actor.of(staff_of(request))


def now_utc() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)  # noqa: TID251 - a page reads the clock


def today_here() -> date:
    """Return the local day."""
    return timezone.localdate(now_utc())


def page_number(request: HttpRequest) -> int:
    """Return the page asked for, 1 when it is none."""
    return number_in(request.GET.get("page", "")) or 1


def number_in(text: str) -> int:
    """Return a small whole number out of an address, 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - fits any database


def query_without_page(request: HttpRequest) -> str:
    """Return the address's query without its page, so that filters stay while turning pages."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


def back(request: HttpRequest, said: str, to: str, *args: object) -> HttpResponseRedirect:
    """Say what happened and lead on to the page of that name."""
    messages.info(request, said)
    return redirect(to, *args)
