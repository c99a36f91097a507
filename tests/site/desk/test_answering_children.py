"""To a teller who may be a child: two locked questions, once each, and the safeguarding lead releases."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests.site.desk.conftest import NOW, told

from lastpiece.assess.questions import TEMPLATES, QuestionRefusedError
from lastpiece.site.desk.records.actions import answering
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import receive
from lastpiece.site.desk.records.actions.posting import post_mail
from lastpiece.site.desk.records.actions.reading import open_report
from lastpiece.site.desk.records.models import Alert, AlertKind, DataKey, Message, Report, Role, Staff
from lastpiece.site.desk.records.queries.answers import may_be_child
from lastpiece.tell.mailbox import Mailbox, open_mailbox
from lastpiece.tell.report import Kind
from lastpiece.tell.words import words_from

pytestmark = pytest.mark.django_db
WHY = "the child may not be safe"
SAID = "There was a black Golf by the shops."


@pytest.fixture(scope="module")
def box() -> Mailbox:
    return open_mailbox(words_from(bytes(range(2, 34))))


@pytest.fixture
def broker(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


@pytest.fixture
def lead(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff(Role.SAFEGUARDING_LEAD))


def take(box: Mailbox, text: str = SAID, *, channel: str = "young", kind: Kind = "report") -> int:
    report = replace(told({"what": text}, mailbox=box.address, kind=kind), channel=channel)
    return receive(Actor.job("tests"), report, now=NOW).report_id


def draft(actor: Actor, report_id: int, template: str) -> Message:
    return answering.draft_answer(actor, report_id, template, {}, WHY, now=NOW)


def test_a_child_may_be_asked_the_two_locked_questions_and_nothing_else(broker: Actor, box: Mailbox) -> None:
    report_id = take(box)
    open_report(broker, report_id, "needed for an answer", now=NOW)
    assert {name for name, each in TEMPLATES.items() if each.for_children and each.is_question} == {"danger", "where"}
    with pytest.raises(QuestionRefusedError):
        answering.draft_answer(broker, report_id, "remember", {"words": "black Golf"}, WHY, now=NOW)
    for template in ("danger", "where", "helped"):
        draft(broker, report_id, template)


def test_each_question_is_put_to_a_child_once_whatever_report_it_is_about(broker: Actor, box: Mailbox) -> None:
    first, second = take(box), take(box, "He was there again.")
    draft(broker, first, "danger")
    with pytest.raises(answering.AskedAlready):
        draft(broker, second, "danger")
    draft(broker, second, "where")
    with pytest.raises(answering.AnsweredEnough):
        draft(broker, first, "where")


def test_a_broker_drafts_and_the_safeguarding_lead_alone_releases(
    broker: Actor, lead: Actor, make_staff: Callable[..., Staff], box: Mailbox
) -> None:
    message = draft(broker, take(box), "danger")
    for role in (Role.INTAKE_ASSESSOR, Role.PUBLISHER):
        with pytest.raises(answering.SafeguardingLeadNeeded):
            answering.release_answer(Actor.of(make_staff(role)), message.pk, now=NOW)
    answering.release_answer(lead, message.pk, now=NOW)
    message.refresh_from_db()
    assert message.state == Message.State.RELEASED
    with pytest.raises(answering.BrokerNeeded):
        draft(lead, take(box), "where")


def test_an_adult_is_answered_as_before(broker: Actor, make_staff: Callable[..., Staff], box: Mailbox) -> None:
    report_id = take(box, channel="online")
    message = draft(broker, report_id, "danger")
    answering.release_answer(Actor.of(make_staff()), message.pk, now=NOW)
    draft(broker, report_id, "danger")


@pytest.mark.parametrize("text", ["I am nine and scared.", "im in year 8", "my mummy says no"])
def test_words_of_a_child_at_any_door_make_the_teller_a_child(broker: Actor, box: Mailbox, text: str) -> None:
    report_id = take(box, channel="online")
    assert not may_be_child(Report.objects.get(pk=report_id))
    message = answering.draft_answer(broker, report_id, "helped", {}, WHY, now=NOW)
    take(box, text, channel="online", kind="message")
    assert may_be_child(Report.objects.get(pk=report_id))
    with pytest.raises(answering.SafeguardingLeadNeeded):
        answering.release_answer(Actor.job("nobody"), message.pk, now=NOW)


def test_a_question_for_adults_that_was_drafted_before_the_child_was_known_is_not_released(
    broker: Actor, lead: Actor, box: Mailbox
) -> None:
    report_id = take(box, channel="online")
    open_report(broker, report_id, "needed for an answer", now=NOW)
    message = answering.draft_answer(broker, report_id, "remember", {"words": "black Golf"}, WHY, now=NOW)
    take(box, "more", kind="message")
    with pytest.raises(QuestionRefusedError):
        answering.release_answer(lead, message.pk, now=NOW)


@pytest.mark.parametrize("template", ["danger", "helped"])
def test_what_was_released_before_the_child_was_known_is_held_back_from_the_mail(
    broker: Actor, lead: Actor, make_staff: Callable[..., Staff], box: Mailbox, template: str
) -> None:
    message = draft(broker, take(box, channel="web"), template)
    answering.release_answer(Actor.of(make_staff(Role.PUBLISHER)), message.pk, now=NOW)
    take(box, "I am 13 and in year 8.", channel="web", kind="message")
    assert post_mail(Actor.job("mail"), now=NOW).messages == 0
    message.refresh_from_db()
    assert (message.state, message.released_by_id, message.sent_on) == ("drafted", None, None)
    answering.release_answer(lead, message.pk, now=NOW)
    assert post_mail(Actor.job("mail"), now=NOW).messages == 1


def test_the_pages_offer_what_a_child_may_be_told_and_say_who_releases_it(
    broker: Actor, signed_in: Callable[..., Client], box: Mailbox
) -> None:
    report_id = take(box)
    page = signed_in().get(f"/reports/{report_id}/answer/").content.decode()
    assert TEMPLATES["where"].text in page
    assert "Do you already remember" not in page
    message = draft(broker, report_id, "where")
    seen = signed_in().get(f"/answers/{message.pk}/").content.decode()
    assert "It waits for the safeguarding lead." in seen
    client = signed_in(Role.SAFEGUARDING_LEAD)
    assert "Release it" in client.get(f"/answers/{message.pk}/").content.decode()
    assert client.post(f"/answers/{message.pk}/release/").status_code == 302
    message.refresh_from_db()
    assert message.state == Message.State.RELEASED


def test_the_child_of_a_teller_is_known_however_long_ago_and_though_its_words_were_deleted(box: Mailbox) -> None:
    first = take(box, "I am 13 and in year 8.", channel="web")
    for number in range(60):
        take(box, f"There was a car again, number {number}.", channel="web", kind="message")
    last = Report.objects.get(pk=take(box, channel="web"))
    assert may_be_child(last)
    DataKey.objects.filter(pk=first).delete()
    assert may_be_child(last)


def test_harm_in_a_later_message_of_a_known_child_calls_the_safeguarding_lead(box: Mailbox) -> None:
    take(box, "I am 13 and in year 8.", channel="web")
    for number in range(60):
        take(box, f"There was a car again, number {number}.", channel="web", kind="message")
    later = take(box, "He hits me again.", channel="web", kind="message")
    alert = Alert.objects.get()
    assert (alert.report_id, alert.kind) == (later, AlertKind.CHILD_HARM)


def test_harm_that_came_before_the_teller_was_known_to_be_a_child_calls_the_lead_then(box: Mailbox) -> None:
    early = take(box, "He hits me.", channel="web")
    for number in range(60):
        take(box, f"There was a car again, number {number}.", channel="web", kind="message")
    assert not Alert.objects.exists()
    take(box, "I am 13 and in year 8.", channel="web", kind="message")
    alert = Alert.objects.get()
    assert (alert.report_id, alert.kind) == (early, AlertKind.CHILD_HARM)
    assert Report.objects.get(pk=early).priority == Report.Priority.CHILD_HARM
    take(box, "I said I am 13.", channel="web", kind="message")
    assert Alert.objects.count() == 1


def test_what_one_teller_says_makes_no_child_of_another(box: Mailbox) -> None:
    take(box, "I am 13 and in year 8.", channel="web")
    other = open_mailbox(words_from(bytes(range(3, 35))))
    assert not may_be_child(Report.objects.get(pk=take(other, "He hits me.", channel="web")))
    assert not Alert.objects.exists()
