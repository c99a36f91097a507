"""Answering a teller: choose a locked template, have it released by somebody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lastpiece.assess.questions import TEMPLATES, QuestionRefusedError
from lastpiece.site.desk.forms.answering import AnswerForm
from lastpiece.site.desk.forms.reasons import ReasonForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc, staff_of
from lastpiece.site.desk.records.actions import answering
from lastpiece.site.desk.records.models import Message, Report, Role
from lastpiece.site.desk.records.queries.answers import came_by_young_door, list_answers
from lastpiece.site.desk.records.queries.mailboxes import why_unanswerable
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted
from lastpiece.site.desk.records.queries.reports import report_page

GONE = 409
UNRELEASED = (answering.OwnDraft, answering.NotWaiting, answering.SafeguardingLeadNeeded, QuestionRefusedError)
REFUSALS = (
    answering.AnsweredEnough,
    answering.AskedAlready,
    answering.BrokerNeeded,
    answering.NoMailbox,
    answering.WhyMissing,
    OriginalClosed,
    OriginalDeleted,
    QuestionRefusedError,
)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, report_id: int) -> HttpResponse:
    """Draft an answer from one of the templates."""
    shown = report_page(report_id)
    if shown is None or shown.report.kind == Report.Kind.FEEDBACK:
        raise Http404
    if gone := why_unanswerable(shown.report):
        status = GONE if request.method == "POST" else 200
        return render(request, "desk/answer_gone.html", {"report": shown.report, "why": gone}, status=status)
    young = came_by_young_door(shown.report)
    offered = {name: template for name, template in TEMPLATES.items() if template.for_children or not young}
    forms = {name: AnswerForm(template=template) for name, template in offered.items()}
    chosen = offered.get(request.POST.get("template", ""))
    refusal = ""
    if request.method == "POST" and chosen is not None:
        form = forms[chosen.id] = AnswerForm(request.POST, template=chosen)
        if form.is_valid():
            try:
                answering.draft_answer(
                    actor_of(request), report_id, chosen.id, form.filled(), form.cleaned_data["why"], now=now_utc()
                )
            except REFUSALS as refused:
                refusal = str(refused)
            else:
                return back(request, "The answer waits for somebody else to release it.", "report", report_id)
    return render(
        request,
        "desk/answer.html",
        {
            "report": shown.report,
            "choices": [(template, forms[name]) for name, template in offered.items()],
            "young": young,
            "chosen": chosen.id if chosen else "",
            "refusal": refusal,
        },
        status=422 if request.method == "POST" else 200,
    )


@require_GET
def answers(request: HttpRequest) -> HttpResponse:
    """List answers, those that wait first."""
    return render(request, "desk/answers.html", {"answers": list_answers()})


@require_GET
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Show one answer as its teller will read it; the look is logged."""
    try:
        shown = answering.look_at_answer(actor_of(request), message_id, now=now_utc())
    except Message.DoesNotExist as missing:
        raise Http404 from missing
    staff = staff_of(request)
    return render(
        request,
        "desk/message.html",
        {
            "message": shown.message,
            "text": shown.text,
            "own": shown.message.drafted_by_id == staff.pk,
            "child": shown.child,
            "releases": not shown.child or staff.role == Role.SAFEGUARDING_LEAD,
            "form": ReasonForm(),
        },
    )


@require_POST
def release_answer(request: HttpRequest, message_id: int) -> HttpResponse:
    """Let an answer go out with the next daily batch."""
    try:
        answering.release_answer(actor_of(request), message_id, now=now_utc())
    except UNRELEASED as refusal:
        return back(request, str(refusal), "message", message_id)
    except Message.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "Released. It goes out with the next daily batch.", "answers")


@require_POST
def refuse_answer(request: HttpRequest, message_id: int) -> HttpResponse:
    """Keep an answer from going out."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return back(request, "Write why it is not released.", "message", message_id)
    try:
        answering.refuse_answer(actor_of(request), message_id, form.cleaned_data["reason"], now=now_utc())
    except (answering.OwnDraft, answering.NotWaiting) as refusal:
        return back(request, str(refusal), "message", message_id)
    except Message.DoesNotExist as missing:
        raise Http404 from missing
    return back(request, "Not released. Nothing was sent.", "answers")
