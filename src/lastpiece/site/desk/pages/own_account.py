"""One's own account: choosing one's own password, and reading what others changed."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.records.actions import staffing
from lastpiece.site.desk.records.models import Notice


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    """Choose a password that nobody else knows; whoever has a first password comes here before anywhere else."""
    staff = staff_of(request)
    form = PasswordChangeForm(staff, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = staffing.choose_password(actor_of(request), form.cleaned_data["new_password1"], now=now_utc())
        except staffing.SamePassword as refusal:
            form.add_error("new_password1", str(refusal))
        else:
            update_session_auth_hash(request, changed)
            return back(request, "Your password is changed.", "today")
    shown = {"form": form, "first": staff.password_is_first}
    return render(request, "desk/own_password.html", shown, status=422 if form.errors else 200)


@require_POST
def read_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Take a notice off the first page."""
    try:
        staffing.read_notice(actor_of(request), notice_id, now=now_utc())
    except Notice.DoesNotExist as missing:
        raise Http404 from missing
    return redirect("today")
