"""The parts draw what the reference says, escape what they are given, and hold no inline style or script."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client, override_settings

from lastpiece.site.parts import charts
from lastpiece.site.parts.assets import AssetMissing, asset_address
from lastpiece.site.parts.templatetags import parts

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "parts.md"


def draw(source: str, **context: object) -> str:
    return Template("{% load parts %}" + source).render(Context(context))


class Asking(forms.Form):
    name = forms.CharField(help_text="As you say it")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


@override_settings(ROOT_URLCONF="lastpiece.site.parts.gallery")
def test_every_part_is_shown_in_the_gallery_without_inline_style_or_script() -> None:
    page = Client(HTTP_HOST="localhost").get("/parts/").content.decode()
    source = (Path(parts.__file__).parents[1] / "templates" / "parts" / "every" / "gallery.html").read_text()
    elsewhere = {"skip_link", "asset", "integrity", "panel"}
    for name in parts.register.tags:
        assert re.search(rf"{{% {name}\b", source) or name in elsewhere or name.startswith("end")
    assert " style=" not in page
    assert "<script" not in page


def test_every_tag_is_in_the_reference() -> None:
    listed = REFERENCE.read_text()
    missing = [name for name in parts.register.tags if f"{{% {name}" not in listed and not name.startswith("end")]
    assert missing == []


def test_a_field_names_its_hint_and_error_only_when_they_are_there() -> None:
    fresh = draw("{% field form.name %}", form=Asking())
    assert 'aria-describedby="id_name-hint"' in fresh
    assert 'id="id_name-hint"' in fresh
    wrong = draw("{% field form.name %}", form=Asking({}))
    assert 'aria-describedby="id_name-hint id_name-error"' in wrong
    assert 'id="id_name-error"' in wrong


def test_the_error_summary_leads_to_inputs_that_exist() -> None:
    form = Asking({})
    drawn = draw("{% error_summary form %}{% field form.name %}{% field form.kind %}", form=form)
    places = re.findall(r'<a href="#([^"]+)"', drawn)
    assert places
    for place in places:
        assert f'id="{place}"' in drawn
    assert draw("{% error_summary form %}", form=Asking()) == ""


@pytest.mark.parametrize(
    "source",
    [
        "{% button evil %}",
        "{% tag evil %}",
        "{% data_table evil headings=cells rows=rows %}",
        "{% summary_list %}{% summary_row evil %}{{ evil }}{% endsummary_row %}{% endsummary_list %}",
        "{% notification evil %}{{ evil }}{% endnotification %}",
        "{% details evil %}{{ evil }}{% enddetails %}",
        "{% progress evil done=1 total=3 %}",
        "{% back_link evil evil %}",
        "{% panel evil %}{{ evil }}{% endpanel %}",
    ],
)
def test_what_a_part_is_given_is_escaped(source: str) -> None:
    evil = '<script>"x"</script>'
    drawn = draw(source, evil=evil, cells=[evil], rows=[[evil]])
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn


def test_the_longest_bar_fills_the_width_and_a_held_back_one_has_none() -> None:
    chart = charts.BarChart(
        "c", "l", "v", (charts.Bar("a", 10, "10"), charts.Bar("b", 5, "5"), charts.Bar("c", None, "x"))
    )
    assert [row.width for row in charts.draw(chart)] == [charts.BAR_WIDTH, charts.BAR_WIDTH / 2, 0]
    nothing = charts.BarChart("c", "l", "v", (charts.Bar("a", 0, "0"),))
    assert [row.width for row in charts.draw(nothing)] == [0]
    assert draw("{% bar_chart chart %}", chart=nothing).count("<tr") == 2


def test_an_asset_that_was_not_built_is_named() -> None:
    with pytest.raises(AssetMissing, match=r"vendor/none\.css"):
        asset_address("vendor/none.css")


def test_a_textarea_keeps_a_first_empty_line() -> None:
    class Long(forms.Form):
        text = forms.CharField(widget=forms.Textarea)

    drawn = draw("{% field form.text %}", form=Long(initial={"text": "\nsecond"}))
    assert ">\n\nsecond</textarea>" in drawn
