"""The mailbox: seven words, posted, open it, add to it or delete it. Wrong words and no mail give the same page."""

import time
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import hatch
from lastpiece.site.front.forms.telling import FORM_VERSION, HELD, read_seed
from lastpiece.site.front.forms.words import MessageForm, WordsForm
from lastpiece.site.front.languages import choosing, spoken
from lastpiece.site.front.left import FIELD
from lastpiece.site.front.pages import errors
from lastpiece.site.front.pages.leave import unless_left
from lastpiece.site.front.pages.tell import CHANNEL
from lastpiece.site.parts.doors import ADULT
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.report import Kind, Report
from lastpiece.tell.seed import import_nonce, new_seed

PAGE_BYTES = 32 * 1024
"""A mailbox page is filled up to a multiple of this, so that its size on the wire says nothing either."""
TICK_S = 0.05
"""A mailbox answers at the next multiple of this: drawing a message takes another time than saying there is none."""


@require_http_methods(["GET", "HEAD", "POST"])
@unless_left
def mailbox(request: HttpRequest) -> HttpResponse:
    """Ask for the words, show what is there, take something the teller adds, or the wish that it be deleted."""
    if request.method != "POST":
        return asked(request, WordsForm())
    if request.POST.get(HELD) == "yes":
        return held(request)
    form = WordsForm(request.POST)
    if choosing(request) and ("seed" not in request.POST or not form.is_valid()):
        return asked(request, WordsForm(typed=request.POST.get("words", "")))
    if not form.is_valid():
        return asked(request, form)
    words = form.cleaned_data["words"]
    if choosing(request):
        return again(request, words)
    return DOING.get(request.POST.get("go", ""), look)(request, words)


def held(request: HttpRequest) -> HttpResponse:
    """Show a bare page for a script that holds the words, opened the mail and seals what is added, on the device."""
    go, at = request.POST.get("go", ""), request.POST.get("at", "")
    if choosing(request):
        go = at
    if go == "words":
        return asked(request, WordsForm())
    done = {"add": "added", "close": "close", "close-now": "closed"}.get(go, "open")
    context = {"held": True, "messages": (), "form": MessageForm(), "door": ADULT}
    return render(request, f"front/mailbox_{done}.html", context)


def again(request: HttpRequest, words: tuple[str, ...]) -> HttpResponse:
    """Show the same page in the language that was chosen, with what was typed."""
    if request.POST.get("at") == "close":
        return sure(request, words)
    typed = MessageForm(initial={"message": request.POST.get("message", "")})
    return opened(request, words, typed, seed=read_seed(request.POST["seed"]))


def look(request: HttpRequest, words: tuple[str, ...]) -> HttpResponse:
    """Open the mailbox."""
    return opened(request, words, MessageForm(), seed=new_seed())


def asked(request: HttpRequest, form: WordsForm) -> HttpResponse:
    """Show the form that asks for the words, with what a script needs to open a mailbox by itself."""
    try:
        layout = hatch.look_outside(timezone.now()).mail_layout()  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        layout = None
    context = {"form": form, "bits": "" if layout is None else layout.bits, "door": ADULT, "visit": visit_in(request)}
    return render(request, "front/mailbox.html", context)


def opened(request: HttpRequest, words: tuple[str, ...], form: MessageForm, *, seed: bytes) -> HttpResponse:
    """Show the messages of a mailbox, and a form to add to what was told."""
    began = time.monotonic()
    try:
        messages = hatch.messages_in(words, timezone.now())  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        return errors.closed(request)
    context = {"messages": messages, "words": " ".join(words), "form": form, "seed": seed.hex(), "door": ADULT}
    context["visit"] = visit_in(request)
    page = render_to_string("front/mailbox_open.html", context, request).encode()
    time.sleep(-(time.monotonic() - began) % TICK_S)
    return HttpResponse(page + b" " * (-len(page) % PAGE_BYTES))


def add(request: HttpRequest, words: tuple[str, ...]) -> HttpResponse:
    """Seal what the teller adds, under the same mailbox, and say that it is on its way."""
    seed = read_seed(request.POST.get("seed", ""))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return opened(request, words, form, seed=seed)
    message = _sending("message", {"what": form.cleaned_data["message"]}, words, seed=seed)
    try:
        hatch.send(message, timezone.now())  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        context = {
            "address": reverse("mailbox"),
            "go": "add",
            "hidden": [*open_again(request, words, seed), ("message", form.cleaned_data["message"])],
            "visit": visit_in(request),
            "rows": [(_("What you want to add"), form.cleaned_data["message"])],
        }
        return render(request, "front/kept.html", context, status=errors.CLOSED)
    return render(request, "front/mailbox_added.html", {"visit": visit_in(request)})


def sure(request: HttpRequest, words: tuple[str, ...]) -> HttpResponse:
    """Ask once more before a mailbox is deleted. Whether there is one at all, nobody knows here."""
    context = {"words": " ".join(words), "seed": new_seed().hex(), "door": ADULT, "visit": visit_in(request)}
    return render(request, "front/mailbox_close.html", context)


def close(request: HttpRequest, words: tuple[str, ...]) -> HttpResponse:
    """Seal the wish that the mailbox be deleted; only the desk can do it."""
    seed = read_seed(request.POST.get("seed", ""))
    try:
        hatch.send(_sending("close", {}, words, seed=seed), timezone.now())  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        context = {"address": reverse("mailbox"), "go": "close-now", "hidden": open_again(request, words, seed)}
        context["visit"] = visit_in(request)
        return render(request, "front/kept.html", context, status=errors.CLOSED)
    return render(request, "front/mailbox_closed.html", {"visit": visit_in(request)})


def visit_in(request: HttpRequest) -> str:
    """Return what leaving names, a new one on the first page; a script that holds the words names none."""
    return read_seed(request.POST.get(FIELD, "")).hex()


def open_again(request: HttpRequest, words: tuple[str, ...], seed: bytes) -> list[tuple[str, str]]:
    """Return the hidden fields from which a sending can be tried again."""
    return [("words", " ".join(words)), ("seed", seed.hex()), (FIELD, visit_in(request))]


DOING: Mapping[str, Callable[[HttpRequest, tuple[str, ...]], HttpResponse]] = {
    "add": add,
    "close": sure,
    "close-now": close,
}
"""What the buttons of the mailbox's pages do; anything else opens it."""


def _sending(kind: Kind, answers: Mapping[str, str], words: tuple[str, ...], *, seed: bytes) -> Report:
    return Report(
        nonce=import_nonce(seed, answers),
        kind=kind,
        channel=CHANNEL,
        form_version=FORM_VERSION,
        answers=answers,
        mailbox=open_mailbox(words).address,
        told_on=timezone.localdate(),
        language=spoken(),
    )
