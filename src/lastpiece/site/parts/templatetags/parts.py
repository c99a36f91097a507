"""The parts: each is one tag here, one template in `templates/parts/` and one sheet in `styles/`, of the same name.

`docs/reference/parts.md` lists them with an example each; a law test compares that list with this file.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from lastpiece.results.publication import Publication
from lastpiece.site.parts import charts
from lastpiece.site.parts import published as publishing
from lastpiece.site.parts.assets import asset_address, integrity_of
from lastpiece.site.parts.days import day_in_words, month_in_words

register = template.Library()
register.filter("in_words", day_in_words)


@register.filter
def day_and_month(day: date) -> str:
    """Return a day without its year, in the language of the page."""
    return day_in_words(day, year=False)


FIELD_TEMPLATES: Mapping[type[forms.Widget], str] = {
    forms.CheckboxSelectMultiple: "checkboxes",
    forms.RadioSelect: "radios",
    forms.SelectMultiple: "select",
    forms.Select: "select",
    forms.Textarea: "textarea",
    forms.CheckboxInput: "checkbox",
    forms.FileInput: "file",
    forms.TextInput: "input",
}
"""Which template draws which widget; the first class that fits wins."""


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built file, e.g. `vendor/front.css`."""
    return asset_address(name)


@register.simple_tag
def integrity(name: str) -> str:
    """Return the hash that a browser compares a built file with before it runs it."""
    return integrity_of(name)


@register.simple_tag
def wordmark() -> SafeString:
    """Draw *Lastpiece* with one small square missing."""
    return render_to_string("parts/wordmark.html")


@register.simple_tag
def skip_link(target: str = "main") -> SafeString:
    """Draw the link that jumps over everything above the content."""
    return render_to_string("parts/skip_link.html", {"target": target})


@register.simple_tag
def back_link(href: str, text: str = "") -> SafeString:
    """Draw the link back, above the heading."""
    return render_to_string("parts/back_link.html", {"href": href, "text": text or _("Back")})


@register.simple_tag
def language_navigation(languages: Sequence[object], *, form: str = "") -> SafeString:
    """Draw the way to the same page in each language; nothing when there is but one.

    `languages` has `code`, `name`, `direction`, `address` and `here`. With `form`, the id of a form on the page, the
    ways are buttons that post what is typed in it to the page in that language; without, they are links.
    """
    return render_to_string("parts/language_navigation.html", {"languages": languages, "form": form})


@register.simple_tag
def button(
    text: str, *, href: str = "", kind: str = "", name: str = "", value: str = "", action: str = ""
) -> SafeString:
    """Draw a button, or with `href` a link that looks like one.

    `kind`: secondary, warning, start or link. `action` sends the form to another address than its own.
    """
    words = {"text": text, "href": href, "kind": kind, "name": name, "value": value, "action": action}
    return render_to_string("parts/button.html", words)


@register.simple_tag
def field(  # noqa: PLR0913 - one tag for every kind of field
    bound: BoundField,
    *,
    heading: bool = False,
    label: str = "",
    hint: str = "",
    rows: int = 5,
    width: str = "",
    inline: bool = False,
    small: bool = False,
    autocomplete: str = "off",
    inputmode: str = "",
    visible_label: bool = True,
) -> SafeString:
    """Draw a form field with its label, hint, error and input, whatever its widget.

    `heading` makes the label the page's h1. `width` is one of GOV.UK's: 2, 3, 4, 5, 10, 20, one-half….
    """
    widget = bound.field.widget
    name = next((name for kind, name in FIELD_TEMPLATES.items() if isinstance(widget, kind)), "input")
    help_text = hint or str(bound.help_text)
    describedby = [f"{bound.id_for_label or bound.html_name}-hint"] if help_text else []
    describedby += [f"{bound.id_for_label or bound.html_name}-error"] if bound.errors else []
    return render_to_string(
        f"parts/{name}.html",
        {
            "field": bound,
            "id": bound.id_for_label or f"id_{bound.html_name}",
            "prefix": bound.id_for_label or bound.html_name,
            "label": label or bound.label,
            "hint": help_text,
            "value": "" if bound.value() is None else bound.value(),
            "type": getattr(widget, "input_type", "text"),
            "described_by": " ".join(describedby),
            "heading": heading,
            "rows": rows,
            "width": width,
            "inline": inline,
            "small": small,
            "autocomplete": autocomplete,
            "inputmode": inputmode,
            "visible_label": visible_label,
            "said": {name: value for name, value in widget.attrs.items() if name.startswith("data-")},
        },
    )


@register.simple_tag
def error_summary(*forms_shown: forms.BaseForm | None, title: str = "") -> SafeString:
    """Draw what is wrong in any of the forms, each line leading to its field; nothing when nothing is wrong."""
    lines = [line for form in forms_shown if form is not None for line in error_lines(form)]
    if not lines:
        return SafeString("")
    return render_to_string("parts/error_summary.html", {"lines": lines, "title": title or _("There is a problem")})


def error_lines(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    """Yield (address of the field, sentence) for each error of `form`."""
    for name, errors in form.errors.items():
        place = "" if name == "__all__" else f"#{first_input_id(form[name])}"
        for error in errors:
            yield place, str(error)


def first_input_id(bound: BoundField) -> str:
    """Return the id of the input that the error summary leads to; for radios and checkboxes the first."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or f"id_{bound.html_name}"


@register.simple_block_tag
def summary_list(content: str, *, classes: str = "") -> SafeString:
    """Draw a list of keys, values and what can be done with each; fill it with `summary_row`."""
    return render_to_string("parts/summary_list.html", {"content": content, "classes": classes})


@register.simple_block_tag
def summary_row(
    content: str,
    key: str,
    *,
    href: str = "",
    action: str = "",
    about: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """Draw one row; the block is its value. `href` gives a link, `name` and `value` a posted button, none no action."""
    row = {"content": content, "key": key, "href": href, "action": action or _("Change")}
    row |= {"name": name, "value": value, "about": about or str(key).lower()}
    return render_to_string("parts/summary_row.html", row)


@register.simple_block_tag
def notification(content: str, title: str = "Important", *, kind: str = "") -> SafeString:
    """Draw a banner at the top of the content. `kind` success is announced at once by screen readers."""
    return render_to_string("parts/notification.html", {"content": content, "title": title, "kind": kind})


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """Draw a small label: grey, green, turquoise, purple, pink, red, orange, yellow; none is the brand colour."""
    return render_to_string("parts/tag.html", {"text": text, "colour": colour})


@register.simple_tag
def data_table(
    caption: str, *, headings: Sequence[str], rows: Iterable[Sequence[object]], numeric: str = "", small: bool = False
) -> SafeString:
    """Draw a table. `numeric` names the columns with numbers, from 1: "2,3". Cells are escaped unless marked safe."""
    numbers = {int(column) for column in numeric.split(",") if column}
    cells = [[(cell, column in numbers) for column, cell in enumerate(row, start=1)] for row in rows]
    heads = [(heading, column in numbers) for column, heading in enumerate(headings, start=1)]
    return render_to_string(
        "parts/data_table.html", {"caption": caption, "headings": heads, "rows": cells, "small": small}
    )


@register.simple_tag
def bar_chart(chart: charts.BarChart) -> SafeString:
    """Draw bars as SVG and the same figures as a table."""
    drawn = charts.draw(chart)
    sizes = {"width": charts.DRAWING_WIDTH, "height": len(drawn) * charts.ROW_HEIGHT, "left": charts.LABEL_WIDTH}
    return render_to_string("parts/bar_chart.html", {"chart": chart, "bars": drawn, **sizes})


@register.simple_tag
def published(publication: Publication) -> SafeString:
    """Draw a public document: what came of each week, the campaign so far, you said and we did."""
    said = [(pair, month_in_words(pair.month)) for pair in publication.you_said]
    return render_to_string(
        "parts/published.html",
        {
            "publication": publication,
            "weeks": publishing.weeks(publication),
            "charts": publishing.charts(publication),
            "totals": publishing.rows(publication.totals),
            "total_reasons": publishing.reasons(publication.totals),
            "at_least": any(figure.at_least for figure in publication.totals),
            "own": _own_language(),
            "total_headings": ("What", "So far"),
            "week_headings": ("What", "How many or how much"),
            "said": said,
        },
    )


def _own_language() -> SafeString:
    """Return the attributes of a sentence in the page's language, within what the desk published in English."""
    language = get_language() or "en-gb"
    if language.startswith("en"):
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, "rtl" if get_language_bidi() else "ltr")


@register.simple_tag
def progress(label: str, *, done: int, total: int) -> SafeString:
    """Draw `total` steps of which the `done`-th is now, said in words as well."""
    width = 640 / total if total else 640
    steps = [
        (round(step * width, 1), round(width - 4, 1), "done" if step < done - 1 else "now" if step == done - 1 else "")
        for step in range(total)
    ]
    return render_to_string("parts/progress.html", {"label": label, "steps": steps})


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """Draw text that opens on request."""
    return render_to_string("parts/details.html", {"content": content, "summary": summary})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Draw text set apart by a rule at its left."""
    return render_to_string("parts/inset.html", {"content": content})


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Draw text with a mark before it that says "Warning"."""
    return render_to_string("parts/warning.html", {"content": content})


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """Draw the large panel that says a thing is done."""
    return render_to_string("parts/panel.html", {"content": content, "title": title})


@register.simple_block_tag
def phase_banner(content: str, phase: str = "Beta") -> SafeString:
    """Draw the line that says how finished this service is."""
    return render_to_string("parts/phase_banner.html", {"content": content, "phase": phase})


@register.simple_tag
def pagination(page: "Page[Any]", query: str = "") -> SafeString:
    """Draw links to the pages before and after; `query` is what else stands in the address, without `page`."""
    return render_to_string("parts/pagination.html", {"page": page, "query": f"{query}&" if query else ""})
