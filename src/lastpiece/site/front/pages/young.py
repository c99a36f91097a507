"""The young people's door: how old you are decides which page you see, and is kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from lastpiece.site.front.current import current_pack
from lastpiece.site.front.forms import age
from lastpiece.site.front.languages import choosing
from lastpiece.site.front.pages import files, tell
from lastpiece.site.front.pages.leave import unless_left
from lastpiece.site.parts.doors import ADULT, YOUNG

ASK_AGE, HELP = "age", "help"


@require_http_methods(["GET", "HEAD", "POST"])
@files.taking_files
@unless_left
def young(request: HttpRequest) -> HttpResponse:
    """Ask how old the visitor is, then show help, this door's form or the adults' one, all at this address."""
    if request.POST.get("step") == HELP:
        return render(request, "front/young_help.html")
    if request.method == "POST" and request.POST.get("step") != ASK_AGE:
        return tell.step(request, YOUNG)
    ages = current_pack().young
    form = age.AgeForm(request.POST if request.method == "POST" else None, from_age=ages.from_age, to_age=ages.to_age)
    if choosing(request):
        form = age.AgeForm(chosen=request.POST.get("age", ""), from_age=ages.from_age, to_age=ages.to_age)
    if not form.is_bound or not form.is_valid():
        return render(request, "front/young_age.html", {"form": form})
    chosen = form.cleaned_data["age"]
    if chosen == age.UNDER:
        return render(request, "front/young_help.html")
    return tell.begin(request, YOUNG if chosen == age.YOUNG else ADULT)


@require_safe
def young_help(request: HttpRequest) -> HttpResponse:
    """Show who helps to whoever is too young for a form, straight from the first page."""
    return render(request, "front/young_help.html", {"from_home": True})
