"""Mailboxes end: at their teller's wish, or unused. What was told stays, and still counts as one source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.site.desk.conftest import NOW, sealed, told

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.actions import answering
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received, source_key
from lastpiece.site.desk.records.actions.mailboxes import close_mailbox, expire_mailboxes
from lastpiece.site.desk.records.actions.posting import post_mail
from lastpiece.site.desk.records.models import AuditRow, ClosedMailbox, Mailbox, Message, Report, Staff
from lastpiece.tell.mail import read_mail
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from

pytestmark = pytest.mark.django_db
BOX = open_mailbox(words_from(bytes([3]) * 32))
OTHER = open_mailbox(words_from(bytes([4]) * 32))
JOB = Actor.job("tests")
DAYS = settings.MAILBOX_DAYS
WISH = replace(told(kind="close", mailbox=BOX.address), answers={})


@pytest.fixture
def answered(received: Callable[..., Received], make_staff: Callable[..., Staff]) -> int:
    """A report whose teller was answered, beside one of another teller."""
    received(mailbox=OTHER.address)
    report_id = received(mailbox=BOX.address).report_id
    message = answering.draft_answer(Actor.of(make_staff()), report_id, "helped", {}, "it did help us", now=NOW)
    answering.release_answer(Actor.of(make_staff()), message.pk, now=NOW)
    assert read_mail(post_mail(JOB, now=NOW).documents, BOX)
    return report_id


def test_a_closed_mailbox_is_gone_with_its_messages_and_the_report_stays(
    answered: int, received: Callable[..., Received]
) -> None:
    received({"what": "It was blue."}, kind="message", mailbox=BOX.address)
    assert close_mailbox(JOB, WISH, now=NOW)
    assert [bytes(box.address) for box in Mailbox.objects.all()] == [OTHER.id]
    assert not Message.objects.filter(direction="out").exists()
    assert Message.objects.get(direction="in").report_id == answered
    report = Report.objects.get(pk=answered)
    assert (report.mailbox, report.source_key) == (None, source_key(WISH))
    assert read_mail(post_mail(JOB, now=NOW).documents, BOX) == ()
    with pytest.raises(answering.NoMailbox):
        answering.draft_answer(JOB, answered, "helped", {}, "it did help us", now=NOW)


def test_the_form_of_an_answer_does_not_open_when_the_mailbox_is_gone(
    answered: int, received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    desk = signed_in()
    assert "Answer the teller" in desk.get(f"/reports/{answered}/").content.decode()
    close_mailbox(JOB, WISH, now=NOW)
    never = received({"what": "Told without words."}).report_id
    for report_id, why in ((answered, "The teller deleted the mailbox."), (never, "There was no mailbox")):
        shown = desk.get(f"/reports/{report_id}/").content.decode()
        assert "Answer the teller" not in shown
        assert why in shown
        form = desk.get(f"/reports/{report_id}/answer/")
        page = form.content.decode()
        assert form.status_code == 200
        assert "The mailbox is gone. Nothing can be sent" in page
        assert why in page
        assert "<textarea" not in page
        assert "Draft this answer" not in page
        sent = desk.post(f"/reports/{report_id}/answer/", {"template": "helped", "why": "it did help us"})
        assert sent.status_code == 409
        assert "Nothing can be sent" in sent.content.decode()
    assert not Message.objects.filter(direction="out").exists()


def test_what_comes_from_a_closed_mailbox_later_is_kept_and_tied_but_never_opens_it_again(
    answered: int, received: Callable[..., Received]
) -> None:
    close_mailbox(JOB, WISH, now=NOW)
    late = received({"what": "It was blue."}, kind="message", mailbox=BOX.address)
    again = received({"what": "And again."}, mailbox=BOX.address)
    assert Message.objects.get(told_in=late.report_id).report_id == answered
    keys = Report.objects.filter(pk__in=(answered, late.report_id, again.report_id)).values_list(
        "source_key", "mailbox"
    )
    assert {(key, str(box)) for key, box in keys} == {(source_key(WISH), "None")}
    assert len(keys) == 3
    assert Mailbox.objects.count() == 1


def test_a_wish_that_comes_before_its_report_or_twice_or_from_nowhere_changes_nothing_else(
    received: Callable[..., Received],
) -> None:
    assert not close_mailbox(JOB, WISH, now=NOW)
    received(mailbox=BOX.address)
    assert not close_mailbox(JOB, WISH, now=NOW)
    assert (Mailbox.objects.count(), ClosedMailbox.objects.count()) == (0, 1)


def test_a_sealed_wish_is_collected_and_its_file_removed(answered: int, spool: Spool, keys: Keyring) -> None:
    spool.put(sealed(WISH))
    spool.put(sealed(WISH))
    done = collect(spool, keys, site="nenshire", clock=lambda: NOW)
    assert (done.read, done.added, done.already, dict(done.kinds)) == (2, 1, 1, {"close": 1})
    assert spool.waiting() == []
    assert Report.objects.get(pk=answered).mailbox is None


def test_no_row_of_the_desk_or_its_log_leads_back_to_a_closed_mailbox(answered: int) -> None:
    close_mailbox(JOB, WISH, now=NOW)
    row = AuditRow.objects.filter(verb="close mailbox").latest("pk")
    assert BOX.id.hex() not in f"{row.object_id} {row.detail} {ClosedMailbox.objects.get().source_key}"


def test_an_unused_mailbox_ends_and_a_used_one_goes_on(answered: int, received: Callable[..., Received]) -> None:
    later = NOW + timedelta(days=DAYS)
    assert expire_mailboxes(JOB, after_days=DAYS, now=later) == 0
    Mailbox.objects.filter(address=OTHER.id).update(last_used_on=later.date())
    assert expire_mailboxes(JOB, after_days=DAYS, now=later + timedelta(days=1)) == 1
    assert [bytes(box.address) for box in Mailbox.objects.all()] == [OTHER.id]
    assert Report.objects.get(pk=answered).mailbox is None
    received({"what": "It was blue."}, kind="message", mailbox=BOX.address)
    assert Mailbox.objects.count() == 2  # an end is no wish: who still has the words may write, and opens it again


def test_writing_and_being_answered_both_keep_a_mailbox(
    answered: int, make_staff: Callable[..., Staff], received: Callable[..., Received]
) -> None:
    Mailbox.objects.update(last_used_on=NOW.date() - timedelta(days=100))
    received({"what": "It was blue."}, kind="message", mailbox=OTHER.address)
    message = answering.draft_answer(Actor.of(make_staff()), answered, "danger", {}, "are they safe", now=NOW)
    answering.release_answer(Actor.of(make_staff()), message.pk, now=NOW)
    post_mail(JOB, now=NOW)
    assert set(Mailbox.objects.values_list("last_used_on", flat=True)) == {NOW.date()}
    Mailbox.objects.update(last_used_on=NOW.date() - timedelta(days=100))
    post_mail(JOB, now=NOW)  # the same mail again is no use of a mailbox
    assert set(Mailbox.objects.values_list("last_used_on", flat=True)) == {NOW.date() - timedelta(days=100)}
