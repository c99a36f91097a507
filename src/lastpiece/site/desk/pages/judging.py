"""Judging links: what an item's mentions fit, two things side by side, and taking a judgement back."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lastpiece.site.desk.forms.judging import JudgeForm
from lastpiece.site.desk.pages.asking import actor_of, back, now_utc
from lastpiece.site.desk.records.actions import consulting
from lastpiece.site.desk.records.actions import judging as judgements
from lastpiece.site.desk.records.queries import judging as queue

ACTS = {
    "same": judgements.accept,
    "different": judgements.refuse,
    "unsure": judgements.leave_unsure,
}
SAID = {"same": "the same", "different": "different", "unsure": "not sure"}


@require_GET
def item_fit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show what each mention of an item may be the same as; the look is logged."""
    try:
        item = consulting.consult_fit(actor_of(request), item_id, now=now_utc())
    except consulting.NothingThere as gone:
        raise Http404 from gone
    return render(request, "desk/item_fit.html", {"item": item})


@require_GET
def judging(request: HttpRequest) -> HttpResponse:
    """Lead to the strongest link that waits for a person, or say that none does."""
    waiting = queue.next_waiting()
    return redirect("judge", waiting.pk) if waiting else render(request, "desk/judging_done.html")


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Show two things side by side, or record what was decided and lead to the next pair."""
    if request.method == "POST":
        return _decide(request, proposal_id)
    try:
        pair = consulting.consult_pair(actor_of(request), proposal_id, now=now_utc())
    except consulting.NothingThere as gone:
        raise Http404 from gone
    waiting = queue.next_waiting(after=proposal_id)
    return render(request, "desk/judge.html", {"pair": pair, "waiting": waiting, "form": JudgeForm()})


def _decide(request: HttpRequest, proposal_id: int) -> HttpResponseRedirect:
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return back(request, "Choose same, different or not sure. Nothing was changed.", "judge", proposal_id)
    decision = form.decision()
    try:
        done = ACTS[decision.verdict](actor_of(request), proposal_id, now=now_utc(), reason=decision.reason)
    except judgements.JudgementRefused as refusal:
        return back(request, str(refusal), decision.then, *decision.arguments)
    return back(request, _said(decision.verdict, done), decision.then, *decision.arguments)


def _said(verdict: str, done: judgements.Judged) -> str:
    sentences = [f"Judged: {SAID[verdict]}. Press u to take it back."]
    sentences += [f"{name} has judged this pair as well: {other}. Both are kept." for name, other in done.others]
    if done.contradictions:
        sentences.append("Judgements here contradict each other: things stay apart until one is taken back.")
    return " ".join(sentences)


@require_POST
def undo(request: HttpRequest, judgement_id: int) -> HttpResponse:
    """Take one judgement back."""
    try:
        done = judgements.undo(actor_of(request), judgement_id, now=now_utc())
    except judgements.NothingToUndo as refusal:
        return back(request, str(refusal), "picture")
    return back(request, "The judgement was taken back. The picture is as it was without it.", "entity", done.entity)


@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Take back one's own latest judgement and show its pair again."""
    try:
        done = judgements.undo_last(actor_of(request), now=now_utc())
    except judgements.NothingToUndo as refusal:
        return back(request, str(refusal), "judging")
    said = "Your last judgement was taken back. The picture is as it was without it."
    if done.proposal is None:
        return back(request, said, "entity", done.entity)
    return back(request, said, "judge", done.proposal)
