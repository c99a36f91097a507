"""Answers: locked, in the teller's own words, released by somebody else, out with the daily batch."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.desk.conftest import NOW

from lastpiece.assess.questions import TEMPLATES, QuestionRefusedError, fill
from lastpiece.site.desk.records.actions import answering
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.actions.posting import post_mail
from lastpiece.site.desk.records.actions.reading import open_report
from lastpiece.site.desk.records.models import AuditRow, DataKey, Message, Staff
from lastpiece.site.desk.records.queries.originals import OriginalClosed
from lastpiece.tell.mail import read_mail
from lastpiece.tell.mailbox import Mailbox, open_mailbox
from lastpiece.tell.words import words_from

pytestmark = pytest.mark.django_db
MAIL = Actor.job("daily mail")
WHY = "half a plate is on file"
QUESTION = next(template.id for template in TEMPLATES.values() if template.slots)


@pytest.fixture(scope="module")
def box() -> Mailbox:
    return open_mailbox(words_from(bytes(range(32))))


@pytest.fixture(scope="module")
def empty_box() -> Mailbox:
    return open_mailbox(words_from(bytes(range(1, 33))))


@pytest.fixture
def ann(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


@pytest.fixture
def bob(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


@pytest.fixture
def closed_id(received: Callable[..., Received], box: Mailbox, empty_box: Mailbox) -> int:
    received(mailbox=empty_box.address)
    return received({"what": "A grey Golf, something like KQ19."}, mailbox=box.address).report_id


@pytest.fixture
def report_id(ann: Actor, closed_id: int) -> int:
    open_report(ann, closed_id, "needed for an answer", now=NOW)
    return closed_id


def slots(words: str) -> dict[str, str]:
    return dict.fromkeys(TEMPLATES[QUESTION].slots, words)


def test_an_answer_reaches_its_mailbox_and_no_other(
    ann: Actor, bob: Actor, report_id: int, box: Mailbox, empty_box: Mailbox
) -> None:
    message = answering.draft_answer(ann, report_id, "helped", {}, WHY, now=NOW)
    answering.release_answer(bob, message.pk, now=NOW)
    post = post_mail(MAIL, now=NOW)
    assert sorted(post.documents) == ["mail-0.bin", "mail.json"]
    assert read_mail(post.documents, box) == (TEMPLATES["helped"].text,)
    assert read_mail(post.documents, empty_box) == ()
    message.refresh_from_db()
    assert (message.state, str(message.sent_on)) == ("sent", "2026-11-20")


def test_only_what_was_released_goes_out(ann: Actor, report_id: int, box: Mailbox) -> None:
    answering.draft_answer(ann, report_id, "helped", {}, WHY, now=NOW)
    assert read_mail(post_mail(MAIL, now=NOW).documents, box) == ()


def test_mail_that_was_lost_or_not_looked_at_goes_out_again_the_newest_first(
    ann: Actor, bob: Actor, report_id: int, box: Mailbox
) -> None:
    for day, template in enumerate(("helped", "danger")):
        message = answering.draft_answer(ann, report_id, template, {}, WHY, now=NOW)
        answering.release_answer(bob, message.pk, now=NOW + timedelta(days=day))
        post_mail(MAIL, now=NOW + timedelta(days=day))
    newest, oldest = read_mail(post_mail(MAIL, now=NOW + timedelta(days=170)).documents, box)
    assert TEMPLATES["danger"].text in newest
    assert oldest == TEMPLATES["helped"].text


def test_a_question_quotes_the_teller_and_nothing_else(ann: Actor, report_id: int) -> None:
    answering.draft_answer(ann, report_id, QUESTION, slots("a grey Golf"), WHY, now=NOW)
    assert "You wrote “A grey Golf”." in answering.text_of(Message.objects.get())  # cut from the report itself
    for foreign in ("John Smith", "KQ19 KXD", "", "find out"):
        with pytest.raises(QuestionRefusedError) as refused:
            answering.draft_answer(ann, report_id, QUESTION, slots(foreign), WHY, now=NOW)
        assert "Smith" not in str(refused.value)
    assert Message.objects.count() == 1


def test_what_was_done_is_chosen_from_a_list_on_the_page_and_reaches_the_mailbox(
    ann: Actor, bob: Actor, closed_id: int, box: Mailbox, signed_in: Callable[..., Client]
) -> None:
    page = signed_in().post(f"/reports/{closed_id}/answer/", {"template": "done", "slot_done": "drugs", "why": WHY})
    assert page.status_code == 302
    message = Message.objects.get()
    answering.release_answer(bob, message.pk, now=NOW)
    assert read_mail(post_mail(MAIL, now=NOW).documents, box) == (fill("done", {"done": "drugs"}, ""),)
    wrong = signed_in().post(f"/reports/{closed_id}/answer/", {"template": "done", "slot_done": "revenge", "why": WHY})
    assert wrong.status_code == 422
    assert "Choose one from the list." in wrong.content.decode()


def test_nobody_guesses_at_an_original_that_is_not_open_for_them(ann: Actor, bob: Actor, closed_id: int) -> None:
    for words in ("a grey Golf", "a red Polo"):
        with pytest.raises(OriginalClosed):
            answering.draft_answer(ann, closed_id, QUESTION, slots(words), WHY, now=NOW)
    open_report(ann, closed_id, "needed for an answer", now=NOW)
    with pytest.raises(OriginalClosed):
        answering.draft_answer(bob, closed_id, QUESTION, slots("a grey Golf"), WHY, now=NOW)
    answering.draft_answer(bob, closed_id, "helped", {}, WHY, now=NOW)


def test_the_words_of_a_slot_are_sealed(ann: Actor, report_id: int) -> None:
    message = answering.draft_answer(ann, report_id, QUESTION, slots("a grey Golf"), WHY, now=NOW)
    assert message.sealed_slots is not None
    assert b"Golf" not in bytes(message.sealed_slots)


def test_an_answer_whose_report_was_deleted_is_not_sent(ann: Actor, bob: Actor, report_id: int, box: Mailbox) -> None:
    message = answering.draft_answer(ann, report_id, QUESTION, slots("a grey Golf"), WHY, now=NOW)
    answering.release_answer(bob, message.pk, now=NOW)
    DataKey.objects.filter(pk=report_id).delete()
    assert read_mail(post_mail(MAIL, now=NOW).documents, box) == ()


def test_a_teller_is_asked_twice_at_most(ann: Actor, bob: Actor, report_id: int) -> None:
    first = answering.draft_answer(ann, report_id, QUESTION, slots("Golf"), WHY, now=NOW)
    answering.draft_answer(ann, report_id, QUESTION, slots("grey"), WHY, now=NOW)
    with pytest.raises(answering.AnsweredEnough):
        answering.draft_answer(ann, report_id, QUESTION, slots("KQ19"), WHY, now=NOW)
    answering.draft_answer(ann, report_id, "helped", {}, WHY, now=NOW)
    answering.refuse_answer(bob, first.pk, "not needed any more", now=NOW)
    answering.draft_answer(ann, report_id, QUESTION, slots("KQ19"), WHY, now=NOW)


def test_nobody_releases_their_own_draft(ann: Actor, bob: Actor, report_id: int) -> None:
    message = answering.draft_answer(ann, report_id, "helped", {}, WHY, now=NOW)
    with pytest.raises(answering.OwnDraft):
        answering.release_answer(ann, message.pk, now=NOW)
    answering.release_answer(bob, message.pk, now=NOW)
    with pytest.raises(answering.NotWaiting):
        answering.release_answer(bob, message.pk, now=NOW)


def test_a_reason_and_a_mailbox_are_needed(ann: Actor, report_id: int, received: Callable[..., Received]) -> None:
    with pytest.raises(answering.WhyMissing):
        answering.draft_answer(ann, report_id, "helped", {}, "ok", now=NOW)
    with pytest.raises(answering.NoMailbox):
        answering.draft_answer(ann, received().report_id, "helped", {}, WHY, now=NOW)


def test_each_step_is_in_the_audit_without_the_words(ann: Actor, bob: Actor, report_id: int) -> None:
    message = answering.draft_answer(ann, report_id, QUESTION, slots("a grey Golf"), WHY, now=NOW)
    answering.look_at_answer(bob, message.pk, now=NOW)
    answering.release_answer(bob, message.pk, now=NOW)
    post_mail(MAIL, now=NOW)
    rows = list(AuditRow.objects.filter(kind__in=("message", "mail")).order_by("id"))
    assert [row.verb for row in rows] == ["draft answer", "look at answer", "release answer", "post mail"]
    assert all("Golf" not in f"{row.reason}{row.detail}" for row in rows)
