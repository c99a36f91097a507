"""Every part on one page, for whoever builds with them: `/parts/` where a site's settings include these addresses."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from lastpiece.results.publication import Campaign, Figure, Publication, Week, WeekResult, YouSaid
from lastpiece.site.parts.charts import Bar, BarChart

CHOICES = [("a", "First"), ("b", "Second")]


class EveryField(forms.Form):
    """One field of each kind."""

    line = forms.CharField(label="One line", help_text="A hint", required=False)
    text = forms.CharField(label="Several lines", widget=forms.Textarea, required=False)
    day = forms.DateField(label="A day", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    secret = forms.CharField(label="A password", widget=forms.PasswordInput, required=False)
    choice = forms.ChoiceField(label="One of a list", choices=CHOICES, required=False)
    several = forms.MultipleChoiceField(label="Several of a list", choices=CHOICES, required=False)
    radio = forms.ChoiceField(label="One of these", choices=CHOICES, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(label="Any of these", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    box = forms.BooleanField(label="Yes", required=False)
    file = forms.FileField(label="A file", required=False)


CHART = BarChart(
    "What was taken, by week",
    "Week",
    "Items",
    (Bar("Week 1", 22, "22"), Bar("Week 2", 9, "9 (early)", provisional=True), Bar("Week 3", None, "held back")),
)

LANGUAGES = (
    {"code": "en", "name": "English", "direction": "ltr", "address": "/", "here": True},
    {"code": "ar", "name": "العربية", "direction": "rtl", "address": "/ar/", "here": False},
)
DAY = date(2026, 1, 5)
PUBLICATION = Publication(
    DAY,
    Campaign("A campaign", "What you know, put to work.", (Week(1, "Drug lines", DAY, DAY + timedelta(days=7)),)),
    results=(WeekResult(1, "provisional", (Figure("arrests", "people arrested", 22, unit="people"),)),),
    you_said=(YouSaid("An area", "Dealing by the shops.", "We closed a deal line.", "2026-01"),),
)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every part, the fields without and with errors."""
    context = {
        "form": EveryField(),
        "wrong": EveryField({}, auto_id="wrong_%s"),
        "chart": CHART,
        "publication": PUBLICATION,
        "page": Paginator(range(30), 10).page(2),
        "languages": LANGUAGES,
        "headings": ("What", "How many"),
        "rows": (("knives", 4), ("machetes", 1)),
    }
    return render(request, "parts/every/gallery.html", context)


urlpatterns = [path("parts/", gallery, name="parts")]
