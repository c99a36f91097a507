"""Releases: draft the public page, look at it exactly as the public will, approve it as a second person, publish."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lastpiece.results.disclosure import CannotHide
from lastpiece.results.drafting import DraftRefused
from lastpiece.results.publication import from_json
from lastpiece.site.desk.forms.results import ApproveForm, RefuseForm, ReleaseForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.permissions import may
from lastpiece.site.desk.records.actions import publishing
from lastpiece.site.desk.records.actions import releases as actions
from lastpiece.site.desk.records.models import Release
from lastpiece.site.desk.records.queries import results as queries
from lastpiece.tell.board import BoardDamaged, BoardNotSigned
from lastpiece.tell.opening import KeysDamaged, KeysMissing

UNDECIDED = (Release.State.DRAFTED, Release.State.APPROVED)


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """List the releases."""
    return render(
        request,
        "desk/releases.html",
        {
            "releases": queries.releases(),
            "waiting": queries.approved_waiting(),
            "may_publish": may(staff_of(request), "board_publish"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def release_new(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Draft a release of a campaign."""
    view = queries.campaign_view(campaign_id)
    if view is None:
        raise Http404
    form = ReleaseForm(request.POST or None, weeks=view.weeks)
    if request.method == "POST" and form.is_valid():
        try:
            release = actions.draft_release(
                actor_of(request),
                campaign_id,
                statuses=form.statuses(),
                thanks=form.cleaned_data["thanks"],
                now=now_utc(),
            )
        except (DraftRefused, CannotHide) as refusal:
            form.add_error(None, str(refusal))
        else:
            return back(
                request, "Drafted. A second person must approve it before anybody sees it.", "release", release.pk
            )
    return render(
        request,
        "desk/release_new.html",
        {"form": form, "view": view, "week_fields": form.week_fields()},
        status=422 if form.errors else 200,
    )


@require_safe
def release(request: HttpRequest, release_id: int) -> HttpResponse:
    """Show a release exactly as the public will see it, with what it holds back."""
    return _show(request, release_id)


@require_POST
def release_approve(request: HttpRequest, release_id: int) -> HttpResponse:
    """Approve the page that was looked at."""
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _show(request, release_id, approving=form, status=422)
    return _decide(
        request,
        release_id,
        lambda: actions.approve_release(actor_of(request), release_id, form.cleaned_data["digest"], now=now_utc()),
        "Approved. It goes out with the next board.",
    )


@require_POST
def release_refuse(request: HttpRequest, release_id: int) -> HttpResponse:
    """Refuse a release with a reason."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, release_id, refusing=form, status=422)
    return _decide(
        request,
        release_id,
        lambda: actions.refuse_release(actor_of(request), release_id, form.cleaned_data["why"], now=now_utc()),
        "Refused. Nothing of it is published.",
    )


@require_POST
def board_publish(request: HttpRequest) -> HttpResponse:
    """Publish what is approved, and today's mail, now rather than with the daily run."""
    try:
        done = publishing.publish_board(actor_of(request), publishing.Hatch.of_this_desk(), now=now_utc())
    except (KeysMissing, KeysDamaged, BoardDamaged, BoardNotSigned, publishing.ReleaseDamaged) as error:
        return back(request, f"Nothing was published: {error}", "releases")
    except OSError as error:
        return back(request, f"Nothing was published: the board cannot be written ({error.strerror}).", "releases")
    what = f"Release {done.release_id} is public now" if done.release_id else "No release was waiting"
    return back(request, f"Board {done.serial} is published. {what}.", "releases")


def _decide(request: HttpRequest, release_id: int, act: Callable[[], Release], said: str) -> HttpResponse:
    try:
        act()
    except (
        actions.SecondPersonNeeded,
        actions.ReleaseDecided,
        actions.ReleaseChanged,
        actions.ReleaseOvertaken,
    ) as refusal:
        return back(request, str(refusal), "release", release_id)
    except Release.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, said, "release", release_id)


def _show(
    request: HttpRequest,
    release_id: int,
    *,
    approving: ApproveForm | None = None,
    refusing: RefuseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = queries.release(release_id)
    if found is None:
        raise Http404
    own = found.drafted_by_id == staff_of(request).pk
    decides = may(staff_of(request), "release_approve")
    return render(
        request,
        "desk/release.html",
        {
            "release": found,
            "publication": from_json(bytes(found.document)),
            "own": own,
            "may_approve": decides and not own and found.state == Release.State.DRAFTED,
            "may_refuse": decides and found.state in UNDECIDED,
            "approving": approving or ApproveForm(initial={"digest": found.digest}),
            "refusing": refusing or RefuseForm(),
            "held_headings": ("Week", "Figure", "Why it is held back"),
            "held_rows": [(week, label, why) for week, _, label, why in found.held_back],
        },
        status=status,
    )
