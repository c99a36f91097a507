"""The assess page itself: one form, drawn from what is on record and what was typed and is not kept yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from lastpiece.assess.grading import MEANINGS
from lastpiece.site.desk.forms.assessing import AddMentionForm, ItemForm, MentionForm
from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.forms.typed import Typed, plain, typed_in
from lastpiece.site.desk.pages.asking import back, now_utc, staff_of
from lastpiece.site.desk.records.actions.assessing import ItemDraft
from lastpiece.site.desk.records.models import Item, Mention
from lastpiece.site.desk.records.queries.assessing import Assessment, assessment, assessment_without_original
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted
from lastpiece.values.grade import Grade, Handling


def opened(request: HttpRequest, report_id: int, skip: int) -> Assessment | HttpResponse:
    """Return the assessment, or where to go when it is not open for this person.

    An original that closed while somebody typed does not take away what they typed: a form that was sent is
    answered without the original.
    """
    staff = staff_of(request)
    try:
        return assessment(staff.pk, report_id, skip=skip, now=now_utc())
    except (OriginalClosed, OriginalDeleted) as closed:
        said = str(closed)
    if request.method == "POST":
        try:
            return assessment_without_original(staff.pk, report_id)
        except OriginalClosed as closed:
            said = str(closed)
    return back(request, said, "report", report_id)


def passed_over(request: HttpRequest) -> int:
    """Return how many proposed texts were passed over so far."""
    number = request.POST.get("skip") or request.GET.get("skip", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0  # noqa: PLR2004 - digits


def typed_by(request: HttpRequest, shown: Assessment) -> Typed:
    """Return everything in the page's form that is not on record."""
    typed = typed_in(plain(request.POST), shown.items, proposed=_proposed(shown))
    typed.skip = passed_over(request)
    return typed


def kept(request: HttpRequest, report_id: int, typed: Typed, anchor: str) -> HttpResponse:
    """Answer an action that happened: lead back to the page, or draw it here when more was typed on it."""
    if typed.anything():
        return show(request, report_id, typed)
    query = f"?skip={typed.skip}" if typed.skip else ""
    return redirect(f"{reverse('assess', args=(report_id,))}{query}#{anchor}")


def show(request: HttpRequest, report_id: int, typed: Typed) -> HttpResponse:
    """Draw the page with what was typed."""
    shown = opened(request, report_id, typed.skip)
    if isinstance(shown, HttpResponse):
        return shown
    context = {
        "shown": shown,
        "report": shown.report,
        "rows": [_row(item, found, typed) for item, found in shown.items],
        "new_item": typed.new_item or ItemForm(initial=_proposed(shown), auto_id="new_%s"),
        "next_number": next_number(shown),
        "skip": typed.skip,
        "meanings": [list(part.values()) for part in MEANINGS.values()],
        "typed": typed,
        "reason": typed.reason or ReasonForm(auto_id="aside_%s"),
    }
    return render(request, "desk/assess.html", context, status=422 if typed.refusal or typed.wrong else 200)


def next_number(shown: Assessment) -> int:
    """Return the number that the next item gets."""
    return max((item.number for item, _ in shown.items), default=0) + 1


def _row(item: Item, found: tuple[Mention, ...], typed: Typed) -> dict[str, object]:
    return {
        "item": item,
        "form": typed.items.get(item.pk) or ItemForm.of(item),
        "rewriting": item.pk in typed.items,
        "mentions": [(mention, typed.mentions.get(mention.pk) or MentionForm.of(mention)) for mention in found],
        "adding": typed.adding.get(item.pk) or AddMentionForm.to(item.pk),
        "adds": item.pk in typed.adding,
    }


def _proposed(shown: Assessment) -> dict[str, object]:
    """Return what the form of the next item is filled with; an imported report brings its grade along."""
    proposal, arrival = shown.proposal, shown.arrival
    grade = (arrival.grade if arrival else None) or (proposal.grade.grade if proposal else Grade())
    usual = ItemDraft("").conditions if grade.handling is Handling.CONDITIONS else ()
    conditions = arrival.conditions if arrival and arrival.conditions else usual
    return {
        "text": proposal.sanitised.text if proposal else "",
        "generalised": "\n".join(proposal.sanitised.generalised) if proposal else "",
        "source": grade.source.value,
        "information": grade.information.value,
        "handling": grade.handling.value,
        "conditions": "\n".join(conditions),
        "seen_on": None,
        "subject_notes": "",
    }
