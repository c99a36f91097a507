"""Telling: one question a page, then a check, then the receipt. All at one address, so that history says nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import hatch
from lastpiece.site.front.forms.telling import (
    BY_KEY,
    CHANGE,
    CHECK,
    FORM_VERSION,
    START,
    STEPS,
    AnswerForm,
    Telling,
    clean,
)
from lastpiece.site.front.pages import errors
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.report import Report
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.words import words_from

CHANNEL = "online"


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Show the page that explains how to leave; every later page is posted to the same address."""
    if request.method == "POST":
        return step(request)
    try:
        hatch.ready(timezone.now())  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        return errors.closed(request)
    return show(request, Telling.start(), START)


def step(request: HttpRequest) -> HttpResponse:
    """Take what one page posted and show the next."""
    telling = Telling.read(request.POST)
    at, go = request.POST.get("step", START), request.POST.get("go", "next")
    checking = request.POST.get("checking") == "yes"
    if at not in STEPS:
        return show(request, telling, START)
    if go == "send":
        return send(request, telling)
    if go.startswith(CHANGE) and go.removeprefix(CHANGE) in BY_KEY:
        return show(request, telling, go.removeprefix(CHANGE), checking=True)
    if at not in BY_KEY:
        return show(request, telling, beside(at, go))
    return answered(request, telling, at, checking=checking)


def answered(request: HttpRequest, telling: Telling, at: str, *, checking: bool) -> HttpResponse:
    """Take the answer to one question: keep it, or show the page again with what is wrong."""
    go = request.POST.get("go", "next")
    question = BY_KEY[at]
    if go == "back":
        kept = telling.with_answer(at, clean(request.POST.get("answer", ""))[: question.longest])
    elif go == "skip" and not question.empty:
        kept = telling.with_answer(at, "")
    else:
        form = AnswerForm(question, request.POST)
        if not form.is_valid():
            return show(request, telling, at, form=form, checking=checking)
        kept = telling.with_answer(at, form.cleaned_data["answer"])
    return show(request, kept, CHECK if checking else beside(at, go))


def beside(at: str, go: str) -> str:
    """Return the page before or after."""
    place = STEPS.index(at) + (-1 if go == "back" else 1)
    return STEPS[max(0, min(place, len(STEPS) - 1))]


def show(
    request: HttpRequest, telling: Telling, at: str, *, form: AnswerForm | None = None, checking: bool = False
) -> HttpResponse:
    """Show one page of the form."""
    context: dict[str, object] = {"telling": telling, "step": at, "hidden": telling.hidden(at), "checking": checking}
    if at == START:
        return render(request, "front/tell_start.html", context)
    if at == CHECK:
        return render(request, "front/tell_check.html", context)
    question = BY_KEY[at]
    context |= {
        "question": question,
        "form": form or AnswerForm(question, kept=telling.answers.get(at, "")),
        "number": STEPS.index(at),
        "count": len(BY_KEY),
    }
    return render(request, "front/tell_question.html", context)


def send(request: HttpRequest, telling: Telling) -> HttpResponse:
    """Seal and store the report, then show the seven words; if it cannot be, keep what was typed on the page."""
    first = BY_KEY["what"]
    form = AnswerForm(first, {"answer": telling.answers.get("what", "")})
    if not form.is_valid():
        return show(request, telling, "what", form=form, checking=True)
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    words = words_from(telling.seed)
    report = Report(
        nonce=import_nonce(telling.seed, telling.answers),
        kind="report",
        channel=CHANNEL,
        form_version=FORM_VERSION,
        answers=telling.answers,
        mailbox=open_mailbox(words).address,
        told_on=timezone.localdate(now),
    )
    try:
        hatch.send(report, now)
    except hatch.FrontClosed:
        context = {
            "address": "/tell",
            "go": "send",
            "hidden": [("step", CHECK), *telling.hidden(CHECK)],
            "rows": [(question.short, text) for question, text in telling.rows() if text],
        }
        return render(request, "front/kept.html", context, status=errors.CLOSED)
    return render(request, "front/tell_receipt.html", {"words": words})
