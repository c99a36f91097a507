"""Assess: the original at the left, the items in the middle, what the engine proposes at the right."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from lastpiece.assess.grading import MEANINGS
from lastpiece.site.desk.forms.assessing import AddMentionForm, ItemForm, MentionForm
from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.records.actions import assessing
from lastpiece.site.desk.records.actions.assessing import ItemDraft
from lastpiece.site.desk.records.actions.reading import HeldByAnother
from lastpiece.site.desk.records.models import Item, Mention, Report
from lastpiece.site.desk.records.queries.assessing import Assessment, assessment
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted
from lastpiece.values.grade import Grade

REFUSALS = (
    assessing.ConditionMissing,
    assessing.ItemsWritten,
    assessing.MentionsOverlap,
    assessing.MentionsUndecided,
    assessing.NoItems,
    assessing.NotBeingAssessed,
    assessing.ValueNotRead,
    assessing.WordsNotInItem,
    HeldByAnother,
)


@dataclass(slots=True)
class Typed:
    """What was just typed and not kept, to be shown again with what is wrong."""

    new_item: ItemForm | None = None
    item_id: int = 0
    item: ItemForm | None = None
    mentions: dict[int, MentionForm] | None = None
    mention: AddMentionForm | None = None
    reason: ReasonForm | None = None
    refusal: str = ""


@require_GET
def assess(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show the assess page."""
    return _show(request, report_id, Typed())


@require_GET
def before_after(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show original and items side by side: could the suspect tell who said it?"""
    shown = _opened(request, report_id)
    return shown if isinstance(shown, HttpResponse) else render(request, "desk/before_after.html", {"shown": shown})


@require_POST
def write_item(request: HttpRequest, report_id: int) -> HttpResponse:
    """Add an item."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _show(request, report_id, Typed(new_item=form))
    return _act(
        request,
        report_id,
        lambda: assessing.write_item(actor_of(request), report_id, form.draft(), now=now_utc()),
        Typed(new_item=form),
    )


@require_POST
def rewrite_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Change a draft item."""
    form = ItemForm(request.POST, auto_id=f"item{item_id}_%s")
    report_id = _report_of(item_id)
    typed = Typed(item_id=item_id, item=form)
    if not form.is_valid():
        return _show(request, report_id, typed)
    return _act(
        request,
        report_id,
        lambda: assessing.rewrite_item(actor_of(request), item_id, form.draft(), now=now_utc()),
        typed,
    )


@require_POST
def take_out_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Remove a draft item."""
    report_id = _report_of(item_id)
    return _act(request, report_id, lambda: assessing.take_out_item(actor_of(request), item_id, now=now_utc()), Typed())


@require_POST
def decide_mentions(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep what was decided about the mentions of all items; they stand in one form, so that none is lost."""
    found = Mention.objects.filter(item__report_id=report_id)
    forms = {mention.pk: MentionForm.of(mention, request.POST) for mention in found}
    typed = Typed(mentions=forms)
    if not all(form.is_valid() for form in forms.values()):
        return _show(request, report_id, typed)
    decisions = {number: decision for number, form in forms.items() if (decision := form.decision())}
    return _act(
        request,
        report_id,
        lambda: assessing.decide_mentions(actor_of(request), report_id, decisions, now=now_utc()),
        typed,
        anchor="finish",
    )


@require_POST
def add_mention(request: HttpRequest, item_id: int) -> HttpResponse:
    """Add a mention that was not proposed."""
    form = AddMentionForm(request.POST, auto_id=f"add{item_id}_%s")
    report_id = _report_of(item_id)
    typed = Typed(item_id=item_id, mention=form)
    if not form.is_valid():
        return _show(request, report_id, typed)
    return _act(
        request,
        report_id,
        lambda: assessing.add_mention(
            actor_of(request), item_id, form.cleaned_data["words"], form.decision(), now=now_utc()
        ),
        typed,
        anchor="mentions",
    )


@require_POST
def finish_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """End the assessment and fit its items."""
    try:
        assessing.finish_report(actor_of(request), report_id, now=now_utc())
    except REFUSALS as refusal:
        return _show(request, report_id, Typed(refusal=str(refusal)))
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, f"Report {report_id} is assessed and fitted.", "report", report_id)


@require_POST
def set_aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """End a report that holds no item of information."""
    form = ReasonForm(request.POST, auto_id="aside_%s")
    if not form.is_valid():
        return _show(request, report_id, Typed(reason=form))
    try:
        assessing.set_aside(actor_of(request), report_id, form.cleaned_data["reason"], now=now_utc())
    except REFUSALS as refusal:
        return _show(request, report_id, Typed(reason=form, refusal=str(refusal)))
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, f"Report {report_id} is set aside.", "reports")


def _act(
    request: HttpRequest, report_id: int, act: Callable[[], object], typed: Typed, *, anchor: str = "items"
) -> HttpResponse:
    try:
        act()
    except REFUSALS as refusal:
        typed.refusal = str(refusal)
        return _show(request, report_id, typed)
    except (Report.DoesNotExist, Item.DoesNotExist) as missing:
        raise Http404 from missing
    return redirect(f"{reverse('assess', args=(report_id,))}#{anchor}")


def _report_of(item_id: int) -> int:
    report_id = Item.objects.filter(pk=item_id).values_list("report_id", flat=True).first()
    if report_id is None:
        raise Http404
    return report_id


def _opened(request: HttpRequest, report_id: int) -> Assessment | HttpResponse:
    skip = request.GET.get("skip", "0")
    try:
        return assessment(staff_of(request).pk, report_id, skip=int(skip) if skip.isdigit() else 0, now=now_utc())
    except OriginalClosed as closed:
        return back(request, str(closed), "report", report_id)
    except OriginalDeleted as deleted:
        return back(request, str(deleted), "report", report_id)


def _show(request: HttpRequest, report_id: int, typed: Typed) -> HttpResponse:
    shown = _opened(request, report_id)
    if isinstance(shown, HttpResponse):
        return shown
    new_item = typed.new_item or _new_item(shown)
    rows = [
        {
            "item": item,
            "form": typed.item if typed.item and typed.item_id == item.pk else ItemForm.of(item),
            "rewriting": bool(typed.item) and typed.item_id == item.pk,
            "mentions": [
                (mention, (typed.mentions or {}).get(mention.pk) or MentionForm.of(mention)) for mention in found
            ],
            "adding": typed.mention
            if typed.mention and typed.item_id == item.pk
            else AddMentionForm(auto_id=f"add{item.pk}_%s"),
        }
        for item, found in shown.items
    ]
    problem = bool(typed.refusal) or any(
        form is not None and form.errors for form in (typed.new_item, typed.item, typed.mention, typed.reason)
    )
    return render(
        request,
        "desk/assess.html",
        {
            "shown": shown,
            "report": shown.report,
            "rows": rows,
            "new_item": new_item,
            "meanings": [list(part.values()) for part in MEANINGS.values()],
            "typed": typed,
            "reason": typed.reason or ReasonForm(auto_id="aside_%s"),
        },
        status=422 if problem else 200,
    )


def _new_item(shown: Assessment) -> ItemForm:
    """Return the form of the next item, filled with what is proposed; an imported report brings its grade along."""
    proposal, arrival = shown.proposal, shown.arrival
    grade = (arrival.grade if arrival else None) or (proposal.grade.grade if proposal else Grade())
    conditions = arrival.conditions if arrival and arrival.conditions else ItemDraft("").conditions
    return ItemForm(
        initial={
            "text": proposal.sanitised.text if proposal else "",
            "generalised": "\n".join(proposal.sanitised.generalised) if proposal else "",
            "source": grade.source.value,
            "information": grade.information.value,
            "handling": grade.handling.value,
            "conditions": "\n".join(conditions),
        },
        auto_id="new_%s",
    )
