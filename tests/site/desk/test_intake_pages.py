"""The pages of intake, walked as an assessor walks them."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.desk.conftest import NEEDLE

from lastpiece.site.desk.records.actions.assessing import ItemDraft
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.models import AuditRow, Item, Mention, Message, Opening, Piece, Report, Role, Staff
from lastpiece.site.desk.records.queries.originals import opened_original
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.words import words_from

pytestmark = pytest.mark.django_db
ITEM = {
    "text": "Heroin is sold from a grey Golf, KQ19 KXD.",
    "source": "2",
    "information": "A",
    "handling": "C",
    "conditions": "Ask first.",
    "generalised": "relationship to the teller",
    "seen_on": "2026-11-17",
    "subject_notes": "",
}


@pytest.fixture
def client(signed_in: Callable[..., Client]) -> Client:
    return signed_in()


@pytest.fixture
def report_id(received: Callable[..., Received]) -> int:
    return received(mailbox=open_mailbox(words_from(bytes(32))).address).report_id


def open_it(client: Client, report_id: int) -> None:
    answer = client.post(f"/reports/{report_id}/open/", {"reason": "working through the queue"})
    assert answer["Location"] == f"/reports/{report_id}/assess/"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_way_from_the_queue_to_the_picture(client: Client, report_id: int) -> None:
    assert f"/reports/{report_id}/" in text(client, "/reports/")
    assert NEEDLE not in text(client, f"/reports/{report_id}/")
    open_it(client, report_id)
    assert NEEDLE in text(client, f"/reports/{report_id}/assess/")
    client.post(f"/reports/{report_id}/items/", ITEM)
    item = Item.objects.get()
    assert (str(item.grade), item.conditions, str(item.seen_on)) == ("2AC", ["Ask first."], "2026-11-17")
    page = text(client, f"/reports/{report_id}/assess/")
    assert "KQ19KXD" in page
    plate = item.mentions.get(kind="plate")
    assert f"characters {plate.start} to {plate.end}" in page
    decisions = {f"m{mention.pk}-state": "confirmed" for mention in item.mentions.all()}
    client.post(f"/reports/{report_id}/mentions/", decisions)
    assert set(item.mentions.values_list("state", flat=True)) == {"confirmed"}
    assert ITEM["text"] in text(client, f"/reports/{report_id}/before-after/")
    assert client.post(f"/reports/{report_id}/finish/")["Location"] == f"/reports/{report_id}/"
    assert Piece.objects.filter(value="KQ19KXD").exists()
    assert client.get(f"/reports/{report_id}/assess/").status_code == 302
    assert ITEM["text"] in text(client, "/items/?words=kq19kxd")
    assert ITEM["text"] in text(client, f"/items/{item.pk}/")


def test_an_original_without_a_reason_stays_shut_and_says_why(client: Client, report_id: int) -> None:
    answer = client.post(f"/reports/{report_id}/open/", {"reason": " "})
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert client.get(f"/reports/{report_id}/assess/")["Location"] == f"/reports/{report_id}/"


def test_a_refused_item_keeps_what_was_typed(client: Client, report_id: int) -> None:
    open_it(client, report_id)
    answer = client.post(f"/reports/{report_id}/items/", {**ITEM, "conditions": ""})
    assert answer.status_code == 422
    assert ITEM["text"] in answer.content.decode()
    assert b"Write at least one" in answer.content
    assert not Item.objects.exists()


def test_an_unfinished_decision_is_said_and_nothing_is_lost(client: Client, report_id: int) -> None:
    open_it(client, report_id)
    client.post(f"/reports/{report_id}/items/", ITEM)
    answer = client.post(f"/reports/{report_id}/finish/")
    assert answer.status_code == 422
    assert b"undecided" in answer.content
    assert Report.objects.get(pk=report_id).state == "assessing"


def test_a_wrong_correction_is_said_at_the_page(client: Client, report_id: int) -> None:
    open_it(client, report_id)
    client.post(f"/reports/{report_id}/items/", ITEM)
    plate = Mention.objects.get(kind="plate")
    posted = {f"m{plate.pk}-state": "corrected", f"m{plate.pk}-kind": "phone", f"m{plate.pk}-value": "no number"}
    answer = client.post(f"/reports/{report_id}/mentions/", posted)
    assert answer.status_code == 422
    assert b"does not read as a phone" in answer.content


def added_words(item_id: int, words: str) -> dict[str, str]:
    return {f"add{item_id}-words": words, f"add{item_id}-kind": "vehicle", f"add{item_id}-value": ""}


def test_items_are_rewritten_taken_out_and_mentions_added(client: Client, report_id: int) -> None:
    open_it(client, report_id)
    client.post(f"/reports/{report_id}/items/", ITEM)
    item = Item.objects.get()
    change = {f"item{item.pk}-{name}": value for name, value in {**ITEM, "information": "C"}.items()}
    assert client.post(f"/items/{item.pk}/rewrite/", change).status_code == 302
    item.refresh_from_db()
    assert str(item.grade) == "2CC"
    added = client.post(f"/items/{item.pk}/add-mention/", added_words(item.pk, "grey Golf"))
    assert added.status_code in {302, 422}
    missing = client.post(f"/items/{item.pk}/add-mention/", added_words(item.pk, "blue Polo"))
    assert b"are not in the item" in missing.content
    client.post(f"/items/{item.pk}/take-out/")
    assert not Item.objects.exists()


def test_a_report_is_set_aside_or_put_back(client: Client, received: Callable[..., Received]) -> None:
    first, second = received().report_id, received().report_id
    open_it(client, first)
    client.post(f"/reports/{first}/set-aside/", {"reason": "nothing about a crime"})
    open_it(client, second)
    client.post(f"/reports/{second}/put-back/")
    assert [Report.objects.get(pk=number).state for number in (first, second)] == ["set_aside", "waiting"]


def test_filters_live_in_the_address(client: Client, received: Callable[..., Received]) -> None:
    threat = received({"what": "He is going to kill her tonight."}).report_id
    routine = received({"what": "Weed in the garage."}).report_id
    page = text(client, "/reports/?priority=1&state=waiting")
    assert f"/reports/{threat}/" in page
    assert f'"/reports/{routine}/"' not in page
    assert "No report matches" in text(client, "/reports/?channel=&state=assessed")
    assert text(client, "/reports/?page=99&told_from=not-a-day&state=nonsense")


def test_the_queue_puts_threat_to_life_first(client: Client, received: Callable[..., Received]) -> None:
    received({"what": "Weed in the garage."})
    threat = received({"what": "He is going to kill her tonight."}).report_id
    assert f"report {threat}</a>" in text(client, "/reports/")
    assert f"/reports/{threat}/" in text(client, "/")


def test_today_shows_each_role_what_is_theirs(
    signed_in: Callable[..., Client], received: Callable[..., Received]
) -> None:
    box = open_mailbox(words_from(bytes(32))).address
    received(mailbox=box)
    message = received({"message": "More."}, kind="message", mailbox=box).report_id
    assert f"/reports/{message}/" in text(signed_in(), "/")
    for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.ANALYST, Role.PUBLISHER):
        assert f"/reports/{message}/" not in text(signed_in(role), "/")


def test_an_answer_is_drafted_and_released_by_two_people(
    client: Client, signed_in: Callable[..., Client], report_id: int
) -> None:
    posted = {"template": "helped", "why": "tells them it was worth it"}
    assert client.post(f"/reports/{report_id}/answer/", posted).status_code == 302
    message = Message.objects.get()
    own = client.post(f"/answers/{message.pk}/release/", follow=True)
    assert b"Somebody else has to release it" in own.content
    publisher = signed_in(Role.PUBLISHER)
    assert "Release it" in text(publisher, f"/answers/{message.pk}/")
    publisher.post(f"/answers/{message.pk}/release/")
    message.refresh_from_db()
    assert message.state == "released"
    assert str(message.pk) in text(publisher, "/answers/")


def test_an_answer_in_foreign_words_is_refused_on_the_page(client: Client, report_id: int) -> None:
    open_it(client, report_id)
    posted = {"template": "remember", "slot_words": "John Smith", "why": "half a plate is on file"}
    answer = client.post(f"/reports/{report_id}/answer/", posted)
    assert answer.status_code == 422
    assert b"did not write" in answer.content
    assert not Message.objects.exists()


def test_feedback_is_read_and_marked(client: Client, received: Callable[..., Received]) -> None:
    number = received({"feedback": "The form is good."}, kind="feedback").report_id
    assert f"/reports/{number}/" in text(client, "/")
    open_it(client, number)
    assert "The form is good." in text(client, f"/reports/{number}/assess/")
    client.post(f"/reports/{number}/mark-read/")
    assert f"/reports/{number}/" not in text(client, "/")


def test_a_reports_place_in_the_queue_is_changed_with_a_reason(client: Client, report_id: int) -> None:
    client.post(f"/reports/{report_id}/priority/", {"priority": "1", "reason": "the child is alone"})
    assert Report.objects.get(pk=report_id).priority == 1
    assert AuditRow.objects.get(verb="change priority").detail == {"before": 4, "after": 1}
    assert client.post(f"/reports/{report_id}/priority/", {"priority": "1", "reason": ""}).status_code == 422


def test_the_log_is_filtered(signed_in: Callable[..., Client], client: Client, report_id: int) -> None:
    open_it(client, report_id)
    auditor = signed_in(Role.AUDITOR)
    page = text(auditor, "/log/?verb=open+original")
    assert "working through the queue" in page
    assert "No row matches" in text(auditor, "/log/?verb=open+original&to_day=2020-01-01")
    assert NEEDLE not in text(auditor, "/log/")


def test_an_administrator_looks_after_accounts(
    signed_in: Callable[..., Client], make_staff: Callable[..., Staff]
) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    other = make_staff(totp_secret="JBSWY3DPEHPK3PXP")
    posted = {
        "name": "New Person",
        "username": "newperson",
        "email": "new@nenshire.example",
        "role": "analyst",
        "password": "a long first password",
    }
    assert admin.post("/people/add/", posted).status_code == 302
    assert Staff.objects.get(username="newperson").role == "analyst"
    again = admin.post("/people/add/", posted)
    assert again.status_code == 422
    assert b"has that username" in again.content
    assert (
        admin.post(
            "/people/add/", {**posted, "username": "p2", "email": "p2@x.example", "password": "password1234"}
        ).status_code
        == 422
    )
    admin.post(f"/people/{other.pk}/role/", {"role": "auditor"})
    admin.post(f"/people/{other.pk}/second-factor/")
    admin.post(f"/people/{other.pk}/access/", {"access": "closed"})
    other.refresh_from_db()
    assert (other.role, other.is_active) == ("auditor", False)
    assert "At the next sign-in" in text(admin, "/people/")
    assert "Open the account" in text(admin, f"/people/{other.pk}/")
    own = admin.post(f"/people/{admin.staff.pk}/role/", {"role": "analyst"}, follow=True)  # type: ignore[attr-defined]  # set by signed_in
    assert b"cannot change your own" in own.content


def test_forms_need_their_token(report_id: int, make_staff: Callable[..., Staff]) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"login": "x", "password": "y"})
    assert answer.status_code == 403
    assert b"out of date" in answer.content


def test_no_word_of_a_report_is_in_a_repr_a_log_or_an_error(
    client: Client, report_id: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(0)
    open_it(client, report_id)
    client.post(f"/reports/{report_id}/items/", {**ITEM, "text": f"{NEEDLE} KQ19 KXD"})
    page = client.get(f"/reports/{report_id}/assess/")
    shown = [
        page.context["shown"],
        page.context["shown"].answers,
        opened_original(client.staff.pk, report_id, now=Opening.objects.get().opened_at),  # type: ignore[attr-defined]  # set by signed_in
        ItemDraft(NEEDLE, subject_notes=NEEDLE),
        *Item.objects.all(),
        *Mention.objects.all(),
        *Report.objects.all(),
        *AuditRow.objects.all(),
    ]
    assert NEEDLE in page.content.decode()
    broken = client.post(f"/reports/{report_id}/items/", {"text": NEEDLE})
    assert broken.status_code == 422
    printed = capfd.readouterr()
    for place in (repr(shown), str(shown), caplog.text, printed.out, printed.err):
        assert "xylophone" not in place


@pytest.mark.parametrize("role", list(Role))
def test_the_keys_are_on_the_first_page_of_every_role(signed_in: Callable[..., Client], role: Role) -> None:
    page = text(signed_in(role), "/")
    assert '<details class="desk-keys" id="keys">' in page
    assert ("confirm it and go on" in page) is (role == Role.INTAKE_ASSESSOR)
    assert ("take back your last judgement" in page) is (role == Role.ANALYST)
