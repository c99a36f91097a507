"""Whatever a teller typed is shown at the desk as text: it runs nothing, hides nothing and turns nothing round."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from tests.factories.hostile_text import HOSTILE, TURNING

from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import Item
from lastpiece.site.parts.templatetags.typed import as_typed
from lastpiece.tell.report import ANSWERS

pytestmark = pytest.mark.django_db


def outside_boxes(page: str) -> str:
    """Return the page without its text boxes and attributes, in which a browser keeps direction to itself."""
    return re.sub(r"<textarea.*?</textarea>|<[^>]*>", " ", page, flags=re.DOTALL)


def is_safe(page: str) -> bool:
    whole = page.count("<main") == 1 and "<script>alert" not in page and "<img" not in page
    return whole and not any(mark in outside_boxes(page) for mark in TURNING)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_report_is_read_and_assessed_like_any_other(
    name: str, signed_in: Callable[..., Client], received: Callable[..., Received]
) -> None:
    text = HOSTILE[name].replace("\x00", "")
    report_id = received(dict.fromkeys(ANSWERS, text)).report_id
    client = signed_in()
    client.post(f"/reports/{report_id}/open/", {"reason": "working through the queue"})
    draft = {"text": text[:900], "source": "2", "information": "D", "handling": "C", "conditions": "Ask first."}
    client.post(f"/reports/{report_id}/items/", draft)
    item = Item.objects.get()
    for address in ("assess/", "before-after/", ""):
        page = client.get(f"/reports/{report_id}/{address}")
        assert page.status_code == 200
        assert is_safe(page.content.decode()), address
    for address in ("/items/", f"/items/{item.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert is_safe(page.content.decode()), address


def test_marks_that_turn_text_round_are_seen_and_the_rest_is_as_it_was() -> None:
    drawn = as_typed("plate \u202eDXK 91QK\u202c <b>")
    assert drawn.startswith('<bdi dir="auto">')
    assert drawn.count("◇") == 2
    assert "stood here" in drawn
    assert unescape(re.sub(r"<[^>]+>", "", drawn)) == "plate ◇DXK 91QK◇ <b>"
    assert as_typed("a blue car & a van") == '<bdi dir="auto">a blue car &amp; a van</bdi>'
