"""Results: the campaign, its weeks, their outcomes, and what was done about what people said."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lastpiece.site.desk.forms.results import CampaignForm, OutcomeForm, YouSaidForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, number_in, staff_of
from lastpiece.site.desk.permissions import may
from lastpiece.site.desk.records.actions import results as actions
from lastpiece.site.desk.records.models import CampaignWeek, YouSaidWeDid
from lastpiece.site.desk.records.queries import results as queries


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show a campaign week by week; the newest one unless the address names another."""
    asked = request.GET.get("campaign", "")
    view = queries.campaign_view(number_in(asked) or None)
    if view is None and asked:
        raise Http404
    rows = [_row(summary) for summary in view.weeks] if view else []
    doors = {name: may(staff_of(request), name) for name in ("releases", "you_said", "campaign_new", "release_new")}
    page = {"view": view, "rows": rows, "campaigns": queries.campaigns(), "may": doors}
    return render(request, "desk/results.html", page)


def _row(summary: queries.WeekSummary) -> dict[str, object]:
    safer = [summary.figure(key) for key in ("safeguarded_adult", "safeguarded_child")]
    known = [count for count in safer if count is not None]
    return {
        "week": summary.week,
        "last_day": summary.last_day,
        "arrests": _or_dash(summary.figure("arrests")),
        "warrants": _or_dash(summary.figure("warrants")),
        "safer": _or_dash(sum(known) if known else None),
        "recorded": summary.recorded,
        "provisional": summary.provisional,
    }


def _or_dash(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: HttpRequest) -> HttpResponse:
    """Make a campaign."""
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            campaign = actions.create_campaign(
                actor_of(request),
                typed["name"],
                typed["strapline"],
                themes=typed["themes"],
                starts_on=typed["starts_on"],
                now=now_utc(),
            )
        except actions.CampaignWrong as wrong:
            form.add_error("name", str(wrong))
        else:
            return back(request, f"“{campaign.name}” is made.", "results")
    return render(request, "desk/campaign_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def results_week(request: HttpRequest, week_id: int) -> HttpResponse:
    """Show a week with every entry, also those that were replaced."""
    view = queries.week_view(week_id)
    if view is None:
        raise Http404
    return render(
        request, "desk/results_week.html", {"view": view, "may_record": may(staff_of(request), "outcome_record")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def outcome_record(request: HttpRequest, week_id: int) -> HttpResponse:
    """Record an outcome, or with `?replaces=` one that corrects another or makes it final."""
    view = queries.week_view(week_id)
    if view is None:
        raise Http404
    form = OutcomeForm(request.POST) if request.method == "POST" else _outcome_form(request, week_id)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.record_outcome(actor_of(request), week_id, form.typed(), now=now_utc())
        except actions.ReplacementWrong as wrong:
            form.add_error(None, str(wrong))
        except CampaignWeek.DoesNotExist as missing:
            raise Http404 from missing
        else:
            return back(request, f"Recorded: {outcome.label}.", "results_week", week_id)
    return render(request, "desk/outcome_record.html", {"form": form, "view": view}, status=422 if form.errors else 200)


def _outcome_form(request: HttpRequest, week_id: int) -> OutcomeForm:
    asked = request.GET.get("replaces", "")
    if not asked:
        return OutcomeForm(initial={"status": "provisional"})
    earlier = queries.outcome_of_week(number_in(asked), week_id)
    if earlier is None:
        raise Http404
    return OutcomeForm.replacing(earlier)


@require_http_methods(["GET", "HEAD", "POST"])
def you_said(request: HttpRequest) -> HttpResponse:
    """Show and add to *you said, we did*."""
    form = YouSaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        actions.say_what_was_done(
            actor_of(request), typed["area"], said=typed["said"], did=typed["did"], month=typed["month"], now=now_utc()
        )
        return back(request, "It goes out with the next release.", "you_said")
    page = {"form": form, "pairs": queries.pairs()}
    return render(request, "desk/you_said.html", page, status=422 if form.errors else 200)


@require_POST
def you_said_withdraw(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Leave a pair out from the next release on."""
    try:
        actions.withdraw_what_was_done(actor_of(request), pair_id, now=now_utc())
    except YouSaidWeDid.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "It is left out from the next release on.", "you_said")
