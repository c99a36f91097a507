"""Telling: one question a page or all on one, then the receipt. All at one address, so that history says nothing.

The same pages serve every door (`site/parts/doors.py`). With `held=yes` the answers are held, checked and sealed on the
device: nothing typed is in the post, so nothing is checked or stored here and the pages come back empty.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import hatch
from lastpiece.site.front.forms.telling import AnswerForm, Telling
from lastpiece.site.front.languages import choosing, spoken
from lastpiece.site.front.pages import errors, files
from lastpiece.site.front.pages.leave import unless_left
from lastpiece.site.front.pages.receipt import receipt
from lastpiece.site.parts.doors import ADULT, CHANGE, CHECK, FILES, START, Door
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.report import Report
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.words import words_from

CHANNEL = ADULT.channel
ONE_PAGE = "page"


@require_http_methods(["GET", "HEAD", "POST"])
@files.taking_files
@unless_left
def tell(request: HttpRequest) -> HttpResponse:
    """Show the page that explains how to leave; every later page is posted to the same address."""
    if request.method == "POST":
        return step(request, ADULT)
    return begin(request, ADULT)


@require_http_methods(["GET", "HEAD", "POST"])
@files.taking_files
@unless_left
def one_page(request: HttpRequest) -> HttpResponse:
    """Ask everything on one page, for people in a hurry and for who writes down what another says."""
    if request.method == "POST":
        telling = Telling.read(ADULT, request.POST)
        held, problems = files.taken(request, telling.files, places=ADULT.asks_places)
        telling = telling.with_files(held)
        if request.POST.get("go") == "send" and not problems:
            return send(request, telling, at=ONE_PAGE)
        return show_all(request, telling, problems=problems)
    if not is_open():
        return errors.closed(request)
    return show_all(request, Telling.start(ADULT))


def is_open() -> bool:
    """Return whether a report could be sealed and stored now."""
    try:
        hatch.ready(timezone.now())  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        return False
    return True


def begin(request: HttpRequest, door: Door) -> HttpResponse:
    """Show a door's first page, or telephone numbers when nothing could be taken."""
    return show(request, Telling.start(door), START) if is_open() else errors.closed(request)


def step(request: HttpRequest, door: Door) -> HttpResponse:
    """Take what one page posted and show the next."""
    telling = Telling.read(door, request.POST)
    at, go = request.POST.get("step", START), request.POST.get("go", "next")
    checking = request.POST.get("checking") == "yes"
    if at == FILES or at not in door.steps:
        return filed(request, telling, checking=checking) if at == FILES else show(request, telling, START)
    if choosing(request):
        return show(request, telling, at, checking=checking)
    if go == "send":
        return send(request, telling)
    if go.startswith(CHANGE) and go.removeprefix(CHANGE) in (FILES, *door.by_key):
        return show(request, telling, go.removeprefix(CHANGE), checking=True)
    if at not in door.by_key:
        return show(request, telling, beside(door, at, go))
    return answered(request, telling, at, checking=checking)


def answered(request: HttpRequest, telling: Telling, at: str, *, checking: bool) -> HttpResponse:
    """Take the answer to one question: keep it, or show the page again with what is wrong."""
    go, question = request.POST.get("go", "next"), telling.door.by_key[at]
    if go == "skip" and not question.empty:
        telling = telling.without(at)
    elif go != "back" and not telling.held:
        form = AnswerForm(question, data=telling.answers)
        if not form.is_valid():
            return show(request, telling, at, form=form, checking=checking)
    return show(request, telling, CHECK if checking else beside(telling.door, at, go))


def filed(request: HttpRequest, telling: Telling, *, checking: bool) -> HttpResponse:
    """Take what the page of files posted. What was just added is always shown: nobody sends one they did not mean."""
    held, problems = files.taken(request, telling.files, places=telling.door.asks_places)
    added, go = len(held) > len(telling.files), request.POST.get("go", "next")
    telling = telling.with_files(held)
    if added or problems or go not in {"next", "back", "skip"} or choosing(request):
        return show(request, telling, FILES, checking=checking, problems=problems)
    return show(request, telling, CHECK if checking else beside(telling.door, FILES, go))


def beside(door: Door, at: str, go: str) -> str:
    """Return the page before or after."""
    place = door.steps.index(at) + (-1 if go == "back" else 1)
    return door.steps[max(0, min(place, len(door.steps) - 1))]


def show(
    request: HttpRequest,
    telling: Telling,
    at: str,
    *,
    form: AnswerForm | None = None,
    checking: bool = False,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    """Show one page of the form; `problems` are those of files."""
    door = telling.door
    context: dict[str, object] = {"door": door, "telling": telling, "step": at, "checking": checking}
    context["visit"] = telling.seed.hex()
    context |= {"hidden": telling.hidden(at), "number": door.steps.index(at), "count": len(door.steps) - 2}
    if at == FILES:
        return render(request, "front/tell_files.html", context | files.context(telling.files, problems, door))
    if at in {START, CHECK}:
        return render(request, door.template(at), context)
    question = door.by_key[at]
    form = form or AnswerForm(question, kept=telling.answers)
    context |= {"question": question, "form": form, "answer": form[question.key]}
    return render(request, door.template("question"), context)


def show_all(
    request: HttpRequest, telling: Telling, form: AnswerForm | None = None, *, problems: tuple[str, ...] = ()
) -> HttpResponse:
    """Show every question on one page; `problems` are those of files."""
    door = telling.door
    form = form or AnswerForm(*door.questions, kept=telling.answers)
    context = {
        "door": door,
        "telling": telling,
        "step": ONE_PAGE,
        "visit": telling.seed.hex(),
        "hidden": telling.hidden(*door.by_key),
        "form": form,
        "asked": [(question, form[question.key]) for question in door.questions],
        **files.context(telling.files, problems, door),
    }
    return render(request, door.template("page"), context)


def send(request: HttpRequest, telling: Telling, at: str = CHECK) -> HttpResponse:
    """Seal and store the report, then show the seven words; if it cannot be, keep what was typed on the page."""
    if telling.held:  # sealed on the device and acknowledged before: the script puts the words in
        return render(request, telling.door.template("receipt"), {"door": telling.door, "words": (), "held": True})
    if not telling.complete():
        return refused(request, telling, at)
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    words = words_from(telling.seed)
    report = Report(
        nonce=import_nonce(telling.seed, telling.answers, telling.files),
        kind="report",
        channel=telling.door.channel,
        form_version=telling.door.form_version,
        answers=telling.answers,
        mailbox=open_mailbox(words).address,
        told_on=timezone.localdate(now),
        attachments=telling.files,
        language=spoken(),
    )
    try:
        gone = files.release(telling.files, now)  # before the report: the desk keeps chunks until a report names them
        if not gone:
            hatch.send(report, now)
    except hatch.FrontClosed:
        return kept(request, telling, at)
    if gone:
        return ungiven(request, telling, at, gone)
    return receipt(request, telling.door, words, visit=telling.seed.hex())


def refused(request: HttpRequest, telling: Telling, at: str) -> HttpResponse:
    """Show what is wrong before anything is sent: on the page that holds all, or on the first question that is."""
    form = AnswerForm(*telling.door.questions, data=telling.answers)
    if at == ONE_PAGE:
        return show_all(request, telling, form)
    first = next(iter(form.errors))
    return show(
        request, telling, first, form=AnswerForm(telling.door.by_key[first], data=telling.answers), checking=True
    )


def ungiven(request: HttpRequest, telling: Telling, at: str, gone: tuple[str, ...]) -> HttpResponse:
    """Say that files which were to be sent are no longer held; nothing was sent, nothing typed is lost."""
    if at == ONE_PAGE:
        return show_all(request, telling, problems=gone)
    return show(request, telling, FILES, checking=True, problems=gone)


def kept(request: HttpRequest, telling: Telling, at: str) -> HttpResponse:
    """Say that nothing could be taken, with all that was typed still on the page."""
    context = {
        "address": reverse("tell_page" if at == ONE_PAGE else telling.door.address),
        "go": "send",
        "hidden": telling.kept(at),
        "rows": [(question.short, text) for question, text in telling.rows() if text],
        "visit": telling.seed.hex(),
    }
    return render(request, "front/kept.html", context, status=errors.CLOSED)
