"""*Record for someone*: a call taker at 101, or staff at the bus or in a school, writes down what a person tells."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lastpiece.assess.questions import YOUNG_CHANNEL
from lastpiece.site.desk import current
from lastpiece.site.desk.forms.recording import TELLERS, RecordForm, door_of, seed_in
from lastpiece.site.desk.given_back import sent_from_here
from lastpiece.site.desk.pages.asking import actor_of, now_utc
from lastpiece.site.desk.records.actions.recording import record_for_someone
from lastpiece.site.desk.slips import ENGLISH, SLIPS
from lastpiece.site.desk.taken_files import UNSAVED, Taking, by_content
from lastpiece.site.parts.doors import Door
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.report import Report as Told
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.words import words_from


@csrf_exempt  # the token is asked for below: to read it is to read the post, and its files are sealed as they come
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """Show the questions; take the answers and files in and show the seven words once."""
    taking = Taking(actor_of(request), now_utc())
    if request.method == "POST":
        taking.ours = sent_from_here(request)  # no other site makes a browser store a byte here
        request.upload_handlers = [taking]
    return _recorded(request, taking)


@csrf_protect
def _recorded(request: HttpRequest, taking: Taking) -> HttpResponse:
    teller = door_of(request.POST)
    door = TELLERS[teller]
    offered = (ENGLISH, *current.pack().translations)
    if request.method == "GET":
        return _show(request, teller, RecordForm(door, offered=offered, initial={"way": "phone"}))
    if request.POST.get("go") != "save":  # another person's questions: what was typed stays
        typed = request.POST.dict()
        typed.pop("agreed", None)  # who agreed to one thing said first has not agreed to the other
        unsaved = UNSAVED if taking.files or taking.problems else ""
        return _show(request, teller, RecordForm(door, offered=offered, initial=typed), unsaved=unsaved)
    form = RecordForm(door, request.POST, offered=offered)
    for problem in taking.problems:
        form.add_error("brought", problem)
    if not form.is_valid():
        if taking.files:
            form.add_error("brought", UNSAVED)
        return _show(request, teller, form)
    return _save(request, door, form, tuple(taking.files))


def _save(request: HttpRequest, door: Door, form: RecordForm, files: tuple[Attachment, ...]) -> HttpResponse:
    seed, answers, now = seed_in(request.POST), form.answers(), now_utc()
    words = words_from(seed)
    young = door.channel == YOUNG_CHANNEL
    way, reads = form.cleaned_data["way"], form.cleaned_data["reads"]
    files = tuple(replace(file, use_place=form.uses_places()) for file in files)
    told = Told(
        nonce=import_nonce(seed, answers, by_content(files)),
        kind="report",
        channel=YOUNG_CHANNEL if young else way,  # the rules for children hang on the channel, whoever writes it down
        form_version=f"{door.form_version}-{way}" + ("" if reads == ENGLISH else f"-{reads}"),
        answers=answers,
        mailbox=open_mailbox(words).address,
        told_on=timezone.localdate(now),
        language=form.cleaned_data["written"],
        attachments=files,
    )
    recorded = record_for_someone(actor_of(request), told, now=now)
    shown = {
        "recorded": recorded,
        "words": words if recorded.words_are_new else (),
        "young": young,
        "files": len(files),
    }
    slip = {"slip": SLIPS[reads], "reads": reads, "foreign": reads != ENGLISH}
    return render(request, "desk/recorded.html", shown | slip | {"pack": current.pack()})


def _show(request: HttpRequest, teller: str, form: RecordForm, *, unsaved: str = "") -> HttpResponse:
    known = set(form.fields)
    kept = [(key, request.POST.get(key, "")) for door in TELLERS.values() for key in door.by_key if key not in known]
    context = {
        "form": form,
        "asked": form.asked(),
        "teller": teller,
        "unsaved": unsaved,
        "seed": seed_in(request.POST).hex(),
        "kept": [(key, text) for key, text in dict(kept).items() if text],
        "pack": current.pack(),
    }
    return render(request, "desk/record.html", context, status=422 if form.is_bound else 200)
