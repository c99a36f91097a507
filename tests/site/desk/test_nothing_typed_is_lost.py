"""The assess page is one form: whatever is pressed on it, what was typed elsewhere on it is still there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.drawn_form import DrawnForm

from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import Item, Mention, Opening, Report

pytestmark = pytest.mark.django_db
TEXT = "Heroin is sold from a grey Golf, KQ19 KXD."
NEXT = "A boy of about 14\r\ncarries the bag."


@pytest.fixture
def client(signed_in: Callable[..., Client]) -> Client:
    return signed_in()


@pytest.fixture
def page(client: Client, received: Callable[..., Received]) -> DrawnForm:
    """Open a report, keep one item, and return the assess page that follows."""
    report_id = received().report_id
    client.post(f"/reports/{report_id}/open/", {"reason": "working through the queue"})
    address = f"/reports/{report_id}/assess/"
    client.post(f"/reports/{report_id}/items/", drawn(client.get(address)).fields | {"text": TEXT, "conditions": "Ask"})
    return drawn(client.get(address))


def drawn(answer: object) -> DrawnForm:
    return DrawnForm(answer.content.decode(), "/mentions/")  # type: ignore[attr-defined]  # the test client's answer


def test_keeping_mentions_leaves_the_item_that_is_being_typed(client: Client, page: DrawnForm) -> None:
    decided = {f"m{mention.pk}-state": "confirmed" for mention in Mention.objects.all()}
    answer = client.post(page.action, page.fields | decided | {"text": NEXT, "subject_notes": "said to be 14"})
    assert answer.status_code == 200
    assert set(Mention.objects.values_list("state", flat=True)) == {"confirmed"}
    assert drawn(answer).fields["text"] == NEXT
    assert drawn(answer).fields["subject_notes"] == "said to be 14"


def test_keeping_an_item_leaves_decisions_and_other_changes(client: Client, page: DrawnForm) -> None:
    item, mention = Item.objects.get(), Mention.objects.get(kind="plate")
    typed = {
        "text": NEXT,
        "conditions": "Ask",
        f"m{mention.pk}-state": "corrected",
        f"m{mention.pk}-value": "KQ19KX?",
        f"item{item.pk}-subject_notes": "a note",
        f"add{item.pk}-words": "grey Golf",
    }
    answer = client.post(page.buttons["Keep this item"], page.fields | typed)
    assert answer.status_code == 200
    assert Item.objects.count() == 2
    after = drawn(answer).fields
    for name in (f"m{mention.pk}-state", f"m{mention.pk}-value", f"item{item.pk}-subject_notes", f"add{item.pk}-words"):
        assert after[name] == typed[name]
    assert after["text"] != NEXT
    again = client.post(page.buttons["Keep this item"], page.fields | typed)
    assert again.status_code == 200
    assert Item.objects.count() == 2, "the page was reloaded, and its item kept a second time"


def test_nothing_typed_elsewhere_leads_back_to_the_page(client: Client, page: DrawnForm) -> None:
    answer = client.post(page.buttons["Keep this item"], page.fields | {"text": NEXT, "conditions": "Ask"})
    assert (answer.status_code, answer["Location"].endswith("/assess/#items")) == (302, True)


def test_finishing_keeps_decisions_but_never_drops_a_typed_item(client: Client, page: DrawnForm) -> None:
    decided = {f"m{mention.pk}-state": "confirmed" for mention in Mention.objects.all()}
    finish = page.buttons["Finish the assessment"]
    answer = client.post(finish, page.fields | decided | {"text": NEXT})
    assert answer.status_code == 422
    assert drawn(answer).fields["text"] == NEXT
    assert client.post(finish, page.fields | decided | {"text": ""}).status_code == 302
    assert Report.objects.get().state == "assessed"
    assert set(Mention.objects.values_list("state", flat=True)) == {"confirmed"}


def test_a_faulty_part_keeps_the_others(client: Client, page: DrawnForm) -> None:
    item = Item.objects.get()
    typed = {"text": NEXT, f"item{item.pk}-text": ""}
    answer = client.post(page.buttons["Save the change"], page.fields | typed)
    assert answer.status_code == 422
    assert drawn(answer).fields["text"] == NEXT
    assert "There is a problem" in answer.content.decode()


def test_a_proposal_is_passed_over_and_stays_so(client: Client, received: Callable[..., Received]) -> None:
    report_id = received({"what": "They sell crack at night. A grey Golf brings it. The door has no lock."}).report_id
    client.post(f"/reports/{report_id}/open/", {"reason": "working through the queue"})
    first = drawn(client.get(f"/reports/{report_id}/assess/"))
    moved = client.post(first.buttons["Pass this over"], first.fields, follow=True)
    second = drawn(moved).fields
    assert second["text"] != first.fields["text"]
    kept = client.post(first.buttons["Keep this item"], second | {"conditions": "Ask"}, follow=True)
    assert drawn(kept).fields["text"] not in {second["text"], first.fields["text"]}
    refused = client.post(first.buttons["Pass this over"], first.fields | {"text": "my own words"})
    assert (refused.status_code, drawn(refused).fields["text"]) == (422, "my own words")


def test_an_original_that_closes_while_somebody_types_takes_nothing_away(client: Client, page: DrawnForm) -> None:
    opening = Opening.objects.get()
    opening.opened_at -= timedelta(days=1)
    opening.save()
    answer = client.post(page.buttons["Keep this item"], page.fields | {"text": NEXT, "conditions": ""})
    assert answer.status_code == 422
    assert drawn(answer).fields["text"] == NEXT
    shown = answer.content.decode()
    assert "The original has closed" in shown
    assert "My cousin told me" not in shown


def test_what_speaks_of_the_teller_is_marked_and_never_proposed_as_an_empty_text(
    client: Client, received: Callable[..., Received]
) -> None:
    report_id = received({"what": "I am a worried parent in Kettering. They sell crack at 2 Rushmere Court."}).report_id
    client.post(f"/reports/{report_id}/open/", {"reason": "working through the queue"})
    answer = client.get(f"/reports/{report_id}/assess/")
    proposed = drawn(answer).fields
    assert '<bdi dir="auto">I am a worried parent in Kettering.</bdi></button>' in answer.content.decode()
    assert "It speaks of the teller." in answer.content.decode()
    assert "crack" in proposed["text"]
    assert "parent" not in proposed["text"]
