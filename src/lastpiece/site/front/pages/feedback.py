"""Feedback on the site, sealed like a report: people write in it what they were asked not to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import hatch
from lastpiece.site.front.forms.feedback import FeedbackForm
from lastpiece.site.front.forms.telling import FORM_VERSION, HELD, read_seed
from lastpiece.site.front.languages import choosing, spoken
from lastpiece.site.front.pages import errors
from lastpiece.site.front.pages.leave import unless_left
from lastpiece.site.front.pages.tell import CHANNEL
from lastpiece.site.parts.doors import ADULT
from lastpiece.tell.report import Report
from lastpiece.tell.seed import import_nonce, new_seed


@require_http_methods(["GET", "HEAD", "POST"])
@unless_left
def feedback(request: HttpRequest) -> HttpResponse:
    """Ask, and take what comes."""
    if request.method != "POST":
        return render(request, "front/feedback.html", blank(FeedbackForm(), new_seed()))
    seed = read_seed(request.POST.get("seed", ""))
    form = FeedbackForm(request.POST)
    if choosing(request):
        form = FeedbackForm(initial={"feedback": request.POST.get("feedback", "")})
        return render(request, "front/feedback.html", blank(form, seed))
    if request.POST.get(HELD) == "yes":  # sealed on the device, and acknowledged before
        return render(request, "front/feedback_sent.html")
    if not form.is_valid():
        return render(request, "front/feedback.html", blank(form, seed))
    return take(request, form, seed)


def take(request: HttpRequest, form: FeedbackForm, seed: bytes) -> HttpResponse:
    """Seal and store it; if that cannot be, keep what was typed on the page."""
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    answers = {"what": form.cleaned_data["feedback"]}
    sending = Report(
        nonce=import_nonce(seed, answers),
        kind="feedback",
        channel=CHANNEL,
        form_version=FORM_VERSION,
        answers=answers,
        mailbox=None,
        told_on=timezone.localdate(now),
        language=spoken(),
    )
    try:
        hatch.send(sending, now)
    except hatch.FrontClosed:
        context = {
            "address": reverse("feedback"),
            "go": "",
            "visit": seed.hex(),
            "hidden": [("seed", seed.hex()), ("feedback", form.cleaned_data["feedback"])],
            "rows": [(_("What you wrote"), form.cleaned_data["feedback"])],
        }
        return render(request, "front/kept.html", context, status=errors.CLOSED)
    return render(request, "front/feedback_sent.html", {"visit": seed.hex()})


def blank(form: FeedbackForm, seed: bytes) -> dict[str, object]:
    """Return what the page shows."""
    return {"form": form, "seed": seed.hex(), "visit": seed.hex(), "door": ADULT}
