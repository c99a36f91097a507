"""People: who may sign in, and as what."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lastpiece.site.desk.forms.people import AddStaffForm, FirstPasswordForm, RoleForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc
from lastpiece.site.desk.records.actions import staffing
from lastpiece.site.desk.records.models import Staff
from lastpiece.site.desk.records.queries.people import list_people, one_person


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """List everybody."""
    return render(request, "desk/people.html", {"people": list_people()})


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = AddStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            staff = staffing.add_staff(actor_of(request), **form.cleaned_data, now=now_utc())
        except staffing.UsernameTaken as taken:
            form.add_error("username", str(taken))
        else:
            return back(
                request,
                f"{staff.name} can sign in now, to choose a password and a second factor.",
                "people",
            )
    return render(request, "desk/add_person.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def person(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Show one account."""
    return _show(request, staff_id)


@require_POST
def change_role(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Give somebody another role."""
    form = RoleForm(request.POST)
    if not form.is_valid():
        return back(request, "Choose what the person may do.", "person", staff_id)
    return _act(
        request,
        staff_id,
        lambda: staffing.change_role(actor_of(request), staff_id, form.cleaned_data["role"], now=now_utc()),
        "The role is changed; open sessions have ended.",
    )


@require_POST
def reset_second_factor(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Take somebody's second factor away, so that the next sign-in sets up a new one."""
    return _act(
        request,
        staff_id,
        lambda: staffing.reset_second_factor(actor_of(request), staff_id, now=now_utc()),
        "The second factor is removed. The next sign-in sets up a new one.",
    )


@require_POST
def change_access(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Close an account or open it again."""
    open_account = request.POST.get("access") == "open"
    return _act(
        request,
        staff_id,
        lambda: staffing.change_access(actor_of(request), staff_id, open_account=open_account, now=now_utc()),
        "The account is open." if open_account else "The account is closed; open sessions have ended.",
    )


@require_POST
def give_password(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Give somebody a new first password."""
    form = FirstPasswordForm(request.POST)
    if not form.is_valid():
        return _show(request, staff_id, password=form, status=422)
    return _act(
        request,
        staff_id,
        lambda: staffing.give_password(actor_of(request), staff_id, form.cleaned_data["password"], now=now_utc()),
        "The password is changed; open sessions have ended. The next sign-in begins with choosing another.",
    )


def _show(
    request: HttpRequest, staff_id: int, *, password: FirstPasswordForm | None = None, status: int = 200
) -> HttpResponse:
    shown = one_person(staff_id)
    if shown is None:
        raise Http404
    context = {"person": shown, "form": RoleForm(initial={"role": shown.staff.role})}
    context |= {"password": password or FirstPasswordForm(), "self": shown.staff.pk == request.user.pk}
    return render(request, "desk/person.html", context, status=status)


def _act(request: HttpRequest, staff_id: int, act: Callable[[], None], said: str) -> HttpResponse:
    try:
        act()
    except staffing.OwnAccount as refusal:
        return back(request, str(refusal), "person", staff_id)
    except Staff.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, said, "person", staff_id)
