"""Who may open which page: one table, enforced in one place.

A URL without a row is refused to everybody. The doorway is what leads to a signed-in session with a second
factor; everything else needs both. `tests/site/desk/test_permissions.py` compares the table with the URLs and
tries every route with every role.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lastpiece.site.desk.given_back import sent_from_here, stale_form
from lastpiece.site.desk.records.models import Role, Staff

EVERYBODY = frozenset(Role)
ASSESSORS = frozenset({Role.INTAKE_ASSESSOR})
PUBLISHERS = frozenset({Role.PUBLISHER})
AUDITORS = frozenset({Role.AUDITOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
ANALYSTS = frozenset({Role.ANALYST})
SAFEGUARDING = frozenset({Role.SAFEGUARDING_LEAD})
CALL_TAKERS = frozenset({Role.CALL_TAKER})

DOORWAY = frozenset({"account_login", "account_logout", "mfa_authenticate"})
"""URL names that a stranger may open: they lead in or out and show nothing."""

ENROLMENT = "mfa_activate_totp"
"""The one page for somebody with a password and no second factor yet."""

OWN_PASSWORD = "own_password"  # noqa: S105 - the name of a page
"""Where somebody whose password was chosen by another chooses their own; before that no other page opens."""

PERMITTED: Mapping[str, frozenset[Role]] = {
    "today": EVERYBODY,
    "own_password": EVERYBODY,
    "read_notice": EVERYBODY,
    "record": ASSESSORS | CALL_TAKERS,
    "alerts": ASSESSORS | SAFEGUARDING | ADMINISTRATORS,
    "alert": ASSESSORS | SAFEGUARDING | ADMINISTRATORS,
    "take_alert": ASSESSORS | SAFEGUARDING | ADMINISTRATORS,
    "room": ASSESSORS | ADMINISTRATORS | AUDITORS,
    "empty_quarantine": ADMINISTRATORS,
    "delete_rubbish": ADMINISTRATORS,
    "try_quarantine_again": ADMINISTRATORS,
    "duty": ASSESSORS | SAFEGUARDING | ADMINISTRATORS,
    "end_duty": ASSESSORS | SAFEGUARDING | ADMINISTRATORS,
    "reports": ASSESSORS,
    "report": ASSESSORS,
    "alike": ASSESSORS,
    "set_group_aside": ASSESSORS,
    "compare_alike": ASSESSORS,
    "set_read_aside": ASSESSORS,
    "take_shown_alerts": ASSESSORS,
    "bring_group_back": ASSESSORS,
    "take_apart": ASSESSORS,
    "open_report": ASSESSORS,
    "put_back": ASSESSORS,
    "mark_read": ASSESSORS,
    "change_priority": ASSESSORS,
    "assess": ASSESSORS,
    "before_after": ASSESSORS,
    "file": ASSESSORS,
    "file_copy": ASSESSORS,
    "original_file": ASSESSORS | SAFEGUARDING,
    "asked_file": ASSESSORS | SAFEGUARDING,
    "write_item": ASSESSORS,
    "pass_over": ASSESSORS,
    "rewrite_item": ASSESSORS,
    "take_out_item": ASSESSORS,
    "decide_mentions": ASSESSORS,
    "add_mention": ASSESSORS,
    "finish_report": ASSESSORS,
    "set_aside": ASSESSORS,
    "answer": ASSESSORS,
    "answers": ASSESSORS | PUBLISHERS | SAFEGUARDING,
    "message": ASSESSORS | PUBLISHERS | SAFEGUARDING,
    "release_answer": ASSESSORS | PUBLISHERS | SAFEGUARDING,
    "refuse_answer": ASSESSORS | PUBLISHERS | SAFEGUARDING,
    "items": ASSESSORS | ANALYSTS,
    "item": ASSESSORS | ANALYSTS,
    "item_fit": ANALYSTS,
    "judging": ANALYSTS,
    "judge": ANALYSTS,
    "undo_last": ANALYSTS,
    "judgement_undo": ANALYSTS,
    "picture": ANALYSTS,
    "entity": ANALYSTS,
    "results": EVERYBODY - ADMINISTRATORS - CALL_TAKERS,
    "results_week": EVERYBODY - ADMINISTRATORS - CALL_TAKERS,
    "campaign_new": PUBLISHERS,
    "outcome_record": ANALYSTS | PUBLISHERS,
    "you_said": PUBLISHERS,
    "you_said_withdraw": PUBLISHERS,
    "releases": PUBLISHERS | AUDITORS,
    "release_new": PUBLISHERS,
    "release": PUBLISHERS | AUDITORS,
    "release_approve": PUBLISHERS,
    "release_refuse": PUBLISHERS,
    "board_publish": PUBLISHERS,
    "crimes": EVERYBODY - ADMINISTRATORS - CALL_TAKERS,
    "crimes_area": EVERYBODY - ADMINISTRATORS - CALL_TAKERS,
    "log": AUDITORS,
    "people": ADMINISTRATORS,
    "add_person": ADMINISTRATORS,
    "person": ADMINISTRATORS,
    "change_role": ADMINISTRATORS,
    "reset_second_factor": ADMINISTRATORS,
    "give_password": ADMINISTRATORS,
    "change_access": ADMINISTRATORS,
}
"""URL name → the roles that may open it."""


TODAY: Mapping[str, frozenset[Role]] = {
    "alerts": PERMITTED["alerts"],
    "record": PERMITTED["record"] - PERMITTED["reports"],
    "queue": PERMITTED["reports"],
    "answers": PERMITTED["answers"] & PERMITTED["message"],
    "approve": PERMITTED["release_approve"] & PERMITTED["release"],
    "judging": PERMITTED["judging"],
    "new_items": PERMITTED["items"],
    "log": PERMITTED["log"],
    "people": PERMITTED["people"],
    "room": PERMITTED["room"],
}
"""Section of Today → who sees it: those who may open what it speaks of and leads to, as the table above says."""


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the left rail."""

    label: str
    url_name: str


RAIL = (
    Room("Today", "today"),
    Room("Alerts", "alerts"),
    Room("Record", "record"),
    Room("Reports", "reports"),
    Room("Items", "items"),
    Room("Picture", "picture"),
    Room("Results", "results"),
    Room("Crimes", "crimes"),
    Room("Log", "log"),
    Room("People", "people"),
    Room("Duty", "duty"),
    Room("Room", "room"),
)
"""The rail in the product's order; a person sees the rooms their role may open."""


def may(staff: Staff, url_name: str) -> bool:
    """Return whether this person's role may open the page of that name."""
    return staff.role in PERMITTED.get(url_name, frozenset())


def sections_of_today(staff: Staff) -> frozenset[str]:
    """Return the sections of Today that are this person's."""
    return frozenset(section for section, roles in TODAY.items() if staff.role in roles)


def has_second_factor(request: HttpRequest) -> bool:
    """Return whether this very session was opened with a second factor."""
    staff = request.user
    return isinstance(staff, Staff) and any(
        record.get("method") == "mfa" for record in get_authentication_records(request, staff)
    )


class Gate:
    """Middleware: asks the table before any page runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return a refusal, or None to let the page run."""
        match = request.resolver_match
        name = (match.view_name if match else None) or ""
        if name in DOORWAY:
            return None
        staff = request.user
        if not isinstance(staff, Staff):
            return _to_sign_in(request)
        return self._refusal(request, staff, name)

    def _refusal(self, request: HttpRequest, staff: Staff, name: str) -> HttpResponse | None:
        """Return what somebody with a right password gets instead of the page, or None when it is for them."""
        signed_in = has_second_factor(request)
        if staff.password_is_first and (signed_in or not is_mfa_enabled(staff)):
            return None if name == OWN_PASSWORD else HttpResponseRedirect(reverse(OWN_PASSWORD))
        if name == ENROLMENT:
            return None
        if not signed_in:
            return self._turn_back(request)
        return None if may(staff, name) else render(request, "desk/refused.html", status=403)

    def _turn_back(self, request: HttpRequest) -> HttpResponse:
        """Lead somebody without a second factor in this session to enrol one, or to sign in with theirs."""
        if is_mfa_enabled(request.user):
            logout(request)
            return HttpResponseRedirect(reverse("account_login"))
        return HttpResponseRedirect(reverse(ENROLMENT))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead a stranger to the sign-in page; what somebody typed whose session has ended comes back to them."""
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if sent_from_here(request):
        return stale_form(request)
    return redirect_to_login(reverse("today"))


def rail(request: HttpRequest) -> dict[str, object]:
    """Context processor: the rooms of the rail, the one the person stands in marked, and whether they may search."""
    staff = request.user if hasattr(request, "user") else None
    if not isinstance(staff, Staff) or not has_second_factor(request):
        return {"rail": [], "staff": None, "demo": settings.DEMO}
    rooms = [(room.label, reverse(room.url_name)) for room in RAIL if may(staff, room.url_name)]
    return {
        "rail": [
            {
                "label": label,
                "href": href,
                "here": request.path == href or (href != "/" and request.path.startswith(href)),
            }
            for label, href in rooms
        ],
        "staff": staff,
        "finds": may(staff, "picture"),
        "assesses": may(staff, "assess"),
        "demo": settings.DEMO,
    }
