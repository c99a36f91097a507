"""A flooded desk as a tired assessor works through it: what was grouped and set aside, how long each page took."""

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from tests.factories.desk_flood import SAME_NUMBER, TRUE_NUMBER

from lastpiece.site.desk.jobs.page import page_due
from lastpiece.site.desk.records.models import Alert, AlikeSketch, Report, Staff
from lastpiece.site.desk.records.queries.alike import alike_to
from lastpiece.site.desk.records.queries.originals import answers_of

WHY = "Says the same as the first"


def attack() -> str:
    """Work through the flood as a tired assessor would, and return what was seen and how long it took, as JSON."""
    flood, others = _flood_and_others()
    true_one = _true_one(flood)
    client = Client(headers={"host": "localhost"})
    _sign_in(client, Staff.objects.get())
    seen: dict[str, object] = {
        "reports": Report.objects.count(),
        "groups": AlikeSketch.objects.values("first_id").distinct().count(),
        "flood_groups": AlikeSketch.objects.filter(pk__in=flood).values("first_id").distinct().count(),
        "swallowed": AlikeSketch.objects.filter(pk__in=others, first_id__in=flood).count(),
        "true_among_them": AlikeSketch.objects.filter(pk=true_one, first_id__in=flood).exists(),
        "alerts": Alert.objects.count(),
    }
    first = min(flood - {true_one})
    client.get("/")  # a process's first page also loads the templates
    seconds = {
        "first page": _took(lambda: client.get("/")),
        "list of reports": _took(lambda: client.get("/reports/")),
        "alerts": _took(lambda: client.get("/alerts/")),
        "group": _took(lambda: client.get(f"/reports/{first}/alike/")),
    }
    seconds |= _paged()
    opened = _same_as(first)
    client.post(f"/reports/{opened}/open/", {"reason": "next in the queue"})
    compared: list[str] = []
    seconds["fifty differences"] = _took(
        lambda: compared.append(client.post(f"/reports/{opened}/alike/compare/").content.decode())
    )
    seen["shown"] = len(re.findall(r'name="chosen"', compared[-1]))
    Alert.objects.update(acknowledged_at=datetime.now(UTC))  # noqa: TID251 - whoever is tired has taken them all
    sent = {"reason": WHY, "newest": str(2**31)}
    seconds["set aside"] = _took(lambda: client.post(f"/reports/{first}/alike/set-aside/", sent, follow=True))
    aside = set(Report.objects.filter(state="set_aside").values_list("pk", flat=True))
    seen |= {"set_aside": len(aside), "true_set_aside": true_one in aside, "others_set_aside": len(aside & others)}
    seen["word_for_word"] = sum(1 for pk in flood if _number(pk) == SAME_NUMBER)
    return json.dumps({**seen, "seconds": seconds})


def _paged() -> dict[str, float]:
    now = datetime.now(UTC)  # noqa: TID251 - the pager runs now
    again = timedelta(seconds=120)
    return {
        "first round of the pager": _took(lambda: page_due((), again=again, now=now)),
        "a pass with nothing due": _took(lambda: page_due((), again=again, now=now)),
        "a later round": _took(lambda: page_due((), again=again, now=now + again)),
    }


def _flood_and_others() -> tuple[set[int], set[int]]:
    everything = set(Report.objects.values_list("pk", flat=True))
    flood = {pk for pk in everything if _number(pk) is not None}
    return flood, everything - flood


def _number(report_id: int) -> int | None:
    found = re.search(r"on Mill Road .*house number (\d+)\.$", answers_of(report_id)["what"])
    return int(found[1]) if found else None


def _true_one(flood: set[int]) -> int:
    return next(pk for pk in flood if _number(pk) == TRUE_NUMBER)


def _same_as(first: int) -> int:
    """Return a report of the group whose words many share: the best an attacker can hope that somebody opens."""
    return next(pk for pk in alike_to(first).values_list("pk", flat=True) if _number(pk) == SAME_NUMBER)


def _took(what: Callable[[], object]) -> float:
    began = time.perf_counter()
    answer = what()
    if isinstance(answer, HttpResponse) and answer.status_code != HTTPStatus.OK:
        raise AssertionError(f"A page answered {answer.status_code}.")
    return round(time.perf_counter() - began, 3)


def _sign_in(client: Client, staff: Staff) -> None:
    Staff.objects.update(password_is_first=False)  # as if she had chosen her own
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": 0}, {"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = str(staff.pk)
    session.save()
