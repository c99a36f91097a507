"""Assess: the original at the left, the items in the middle, what the engine proposes at the right.

The page is one form. Whatever is pressed does its one thing and shows everything else as it was typed.
"""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from lastpiece.site.desk.forms.assessing import AddMentionForm, ItemForm, MentionForm
from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.forms.typed import Typed, plain
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc
from lastpiece.site.desk.pages.showing_assessment import kept, next_number, opened, passed_over, show, typed_by
from lastpiece.site.desk.records.actions import assessing
from lastpiece.site.desk.records.actions.assessing import Decision
from lastpiece.site.desk.records.actions.reading import HeldByAnother
from lastpiece.site.desk.records.models import Item, Mention, Report
from lastpiece.site.desk.records.queries.assessing import Assessment

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

OWN_TEXT = "Your own text stands in the box of the next item. Keep it as an item or clear it first."
CHANGE_NOT_KEPT = "A change to an item, or a mention to add, is typed and not kept. Keep it or undo it first."


class Faulty(Exception):
    """The part of the form that was sent has faults."""

    def __init__(self, form: ItemForm | AddMentionForm | MentionForm | ReasonForm) -> None:
        super().__init__("The form has faults.")
        self.form = form


class NotKept(Exception):
    """Something typed would be lost by what was pressed."""


@require_GET
def assess(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show the assess page."""
    return show(request, report_id, Typed(skip=passed_over(request)))


@require_GET
def before_after(request: HttpRequest, report_id: int) -> HttpResponse:
    """Show original and items side by side: could the suspect tell who said it?"""
    shown = opened(request, report_id, passed_over(request))
    return shown if isinstance(shown, HttpResponse) else render(request, "desk/before_after.html", {"shown": shown})


@require_POST
def write_item(request: HttpRequest, report_id: int) -> HttpResponse:
    """Add an item."""
    form = ItemForm(plain(request.POST), auto_id="new_%s")

    def act(shown: Assessment, typed: Typed) -> None:
        typed.new_item = form
        if not form.is_valid():
            raise Faulty(form)
        if not _sent_before(shown, request.POST.get("number", ""), form.cleaned_data["text"]):
            assessing.write_item(actor_of(request), report_id, form.draft(), now=now_utc())
        typed.new_item = None

    return _act(request, report_id, act)


@require_POST
def pass_over(request: HttpRequest, report_id: int) -> HttpResponse:
    """Propose the text after the one that is proposed."""

    def act(_: Assessment, typed: Typed) -> None:
        if typed.new_item and str(typed.new_item["text"].value() or "").strip():
            raise NotKept(OWN_TEXT)
        typed.new_item = None
        typed.skip += 1

    return _act(request, report_id, act, anchor="new")


@require_POST
def rewrite_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Change a draft item."""
    item = _item(item_id)
    form = ItemForm.of(item, plain(request.POST))

    def act(_: Assessment, typed: Typed) -> None:
        typed.items[item_id] = form
        if not form.is_valid():
            raise Faulty(form)
        assessing.rewrite_item(actor_of(request), item_id, form.draft(), now=now_utc())
        del typed.items[item_id]

    return _act(request, item.report_id, act)


@require_POST
def take_out_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Remove a draft item."""
    item = _item(item_id)

    def act(_: Assessment, typed: Typed) -> None:
        assessing.take_out_item(actor_of(request), item_id, now=now_utc())
        typed.items.pop(item_id, None)
        typed.adding.pop(item_id, None)
        for mention in list(typed.mentions):
            if not Mention.objects.filter(pk=mention).exists():
                del typed.mentions[mention]

    return _act(request, item.report_id, act)


@require_POST
def decide_mentions(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep what was decided about the mentions of all items."""
    return _act(request, report_id, lambda _, typed: _decide(request, report_id, typed), anchor="finish")


@require_POST
def add_mention(request: HttpRequest, item_id: int) -> HttpResponse:
    """Add a mention that was not proposed."""
    form = AddMentionForm.to(item_id, plain(request.POST))

    def act(_: Assessment, typed: Typed) -> None:
        typed.adding[item_id] = form
        if not form.is_valid():
            raise Faulty(form)
        words = form.cleaned_data["words"]
        assessing.add_mention(actor_of(request), item_id, words, form.decision(), now=now_utc())
        del typed.adding[item_id]

    return _act(request, _item(item_id).report_id, act, anchor="mentions")


@require_POST
def finish_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep the decisions on the page, end the assessment and fit its items."""

    def act(_: Assessment, typed: Typed) -> None:
        if typed.new_item and str(typed.new_item["text"].value() or "").strip():
            raise NotKept(OWN_TEXT)
        if typed.items or typed.adding:
            raise NotKept(CHANGE_NOT_KEPT)
        _decide(request, report_id, typed)
        assessing.finish_report(actor_of(request), report_id, now=now_utc())

    def lead() -> HttpResponse:
        return back(request, f"Report {report_id} is assessed and fitted.", "report", report_id)

    return _act(request, report_id, act, lead=lead)


@require_POST
def set_aside(request: HttpRequest, report_id: int) -> HttpResponse:
    """End a report that holds no item of information."""
    form = ReasonForm(plain(request.POST), auto_id="aside_%s")

    def act(_: Assessment, typed: Typed) -> None:
        typed.reason = form
        if not form.is_valid():
            raise Faulty(form)
        if typed.new_item and str(typed.new_item["text"].value() or "").strip():
            raise NotKept(OWN_TEXT)
        assessing.set_aside(actor_of(request), report_id, form.cleaned_data["reason"], now=now_utc())

    return _act(request, report_id, act, lead=lambda: back(request, f"Report {report_id} is set aside.", "reports"))


def _act(
    request: HttpRequest,
    report_id: int,
    act: Callable[[Assessment, Typed], None],
    *,
    anchor: str = "items",
    lead: Callable[[], HttpResponse] | None = None,
) -> HttpResponse:
    """Do one thing with one part of the form, and show the page with whatever else was typed on it.

    `act` takes out of the typed parts what it kept. `lead` is where an action that ends the assessment leads.
    """
    if not Report.objects.filter(pk=report_id).exists():
        raise Http404
    shown = opened(request, report_id, passed_over(request))
    if isinstance(shown, HttpResponse):
        return shown
    typed = typed_by(request, shown)
    try:
        act(shown, typed)
    except Faulty as faulty:
        typed.wrong = faulty.form
        return show(request, report_id, typed)
    except (*REFUSALS, NotKept) as refusal:
        typed.refusal = str(refusal)
        return show(request, report_id, typed)
    return lead() if lead else kept(request, report_id, typed, anchor)


def _decide(request: HttpRequest, report_id: int, typed: Typed) -> None:
    posted = plain(request.POST)
    decisions: dict[int, Decision] = {}
    for mention in Mention.objects.filter(item__report_id=report_id):
        form = MentionForm.of(mention, posted)
        if f"{form.prefix}-state" not in posted:
            continue
        if not form.is_valid():
            typed.mentions[mention.pk] = form
            raise Faulty(form)
        if decision := form.decision():
            decisions[mention.pk] = decision
    if decisions:
        assessing.decide_mentions(actor_of(request), report_id, decisions, now=now_utc())
    for number in decisions:
        typed.mentions.pop(number, None)


def _sent_before(shown: Assessment, number: str, text: str) -> bool:
    """Return whether this very item was kept already: a page that was drawn in answer to a form can be reloaded."""
    return number != str(next_number(shown)) and any(
        str(item.number) == number and item.text == text.strip() for item, _ in shown.items
    )


def _item(item_id: int) -> Item:
    item = Item.objects.filter(pk=item_id).first()
    if item is None:
        raise Http404
    return item
