"""From the spool into the database: exactly once, whatever happens in between."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections
from tests.factories.sealing_keys import CERTIFICATE, SITE
from tests.site.desk.conftest import NEEDLE, NOW, sealed, told

from lastpiece.site.desk.jobs.collect import Collected, collect
from lastpiece.site.desk.records.actions import intake
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import AuditRow, DataKey, Mailbox, Message, Report, SealedOriginal
from lastpiece.site.desk.records.queries.originals import OriginalDeleted, answers_of
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from


def run(spool: Spool, keys: Keyring) -> Collected:
    return collect(spool, keys, site=SITE, clock=lambda: NOW)


@pytest.mark.django_db
def test_a_sealed_report_is_opened_kept_and_removed(spool: Spool, keys: Keyring) -> None:
    spool.put(sealed(told()))
    done = run(spool, keys)
    assert (done.read, done.added, done.already, done.rejected) == (1, 1, 0, 0)
    assert spool.waiting() == []
    report = Report.objects.get()
    assert (report.state, report.kind, report.channel) == ("waiting", "report", "online")
    assert NEEDLE in answers_of(report.pk)["what"]


@pytest.mark.django_db
def test_the_same_report_sealed_twice_is_kept_once(spool: Spool, keys: Keyring) -> None:
    report = told()
    spool.put(sealed(report))
    spool.put(sealed(report))
    done = run(spool, keys)
    assert (done.read, done.added, done.already) == (2, 1, 1)
    assert Report.objects.count() == SealedOriginal.objects.count() == 1


@pytest.mark.django_db
def test_a_collector_that_dies_between_commit_and_removal_does_not_import_twice(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        spool.put(sealed(told()))
    removed = Spool.remove

    def die(_spool: Spool, _name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Spool, "remove", die)
    with pytest.raises(KeyboardInterrupt):
        run(spool, keys)
    assert (Report.objects.count(), len(spool.waiting())) == (1, 5)
    monkeypatch.setattr(Spool, "remove", removed)
    done = run(spool, keys)
    assert (done.added, done.already) == (4, 1)
    assert (Report.objects.count(), spool.waiting()) == (5, [])


@pytest.mark.django_db
def test_a_report_that_fails_half_way_leaves_nothing_and_stays_in_the_spool(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.put(sealed(told()))

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(intake, "_keep_words", fail)
    with pytest.raises(OSError, match=r"^$"):
        run(spool, keys)
    assert Report.objects.count() == AuditRow.objects.count() == 0
    assert len(spool.waiting()) == 1


@pytest.mark.django_db(transaction=True)
def test_collectors_at_once_keep_one_copy_of_each(spool: Spool, keys: Keyring) -> None:
    reports = [told() for _ in range(20)]
    for report in reports * 2:
        spool.put(sealed(report))
    failures: list[BaseException] = []

    def work() -> None:
        try:
            run(spool, keys)
        except BaseException as failure:  # noqa: BLE001 - shown by the assertion below
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Report.objects.count() == SealedOriginal.objects.count() == DataKey.objects.count() == 20
    assert spool.waiting() == []


@pytest.mark.django_db
@pytest.mark.parametrize("damage", ["flipped", "foreign", "not a report"])
def test_what_cannot_be_opened_is_set_aside_with_a_reason_and_the_rest_goes_on(
    damage: str, spool: Spool, keys: Keyring
) -> None:

    bad = {
        "flipped": sealed(told())[:-1] + b"\x00",
        "foreign": sealed(told())[:6] + bytes(15) + sealed(told())[21:],
        "not a report": seal(f'{{"what": "{NEEDLE}"}}'.encode(), CERTIFICATE, site=SITE),
    }[damage]
    bad_name = spool.put(bad)
    spool.put(sealed(told()))
    done = run(spool, keys)
    assert (done.read, done.added, done.rejected) == (2, 1, 1)
    row = AuditRow.objects.get(verb="quarantine")
    reason = (spool.folder / "quarantine" / f"{bad_name}.reason.txt").read_text().strip()
    assert row.reason == reason
    assert reason in done.reasons
    assert NEEDLE not in reason


@pytest.mark.django_db
def test_the_text_stands_in_no_table_and_goes_with_its_key(spool: Spool, keys: Keyring) -> None:
    spool.put(sealed(told()))
    run(spool, keys)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables' names
            for row in cursor.fetchall():
                assert all(b"xylophone" not in as_bytes(value) for value in row), table
    report = Report.objects.get()
    DataKey.objects.all().delete()
    with pytest.raises(OriginalDeleted):
        answers_of(report.pk)


def as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "priority"),
    [("He said he is going to kill her tonight.", 1), ("They sell weed from the garage.", 4)],
)
def test_words_of_a_threat_to_life_go_to_the_top_and_say_why(
    what: str, priority: int, received: Callable[..., intake.Received]
) -> None:
    report = Report.objects.get(pk=received({"what": what}).report_id)
    assert report.priority == priority
    assert bool(report.priority_why) is (priority == 1)
    assert what not in report.priority_why


@pytest.mark.django_db
def test_a_message_is_tied_to_the_report_of_its_mailbox(received: Callable[..., intake.Received]) -> None:
    ours = open_mailbox(words_from(bytes(32))).address
    other = open_mailbox(words_from(bytes([1]) * 32)).address
    first = received(mailbox=ours)
    received(mailbox=other)
    message = received({"message": "The car is red now."}, kind="message", mailbox=ours)
    row = Message.objects.get(told_in_id=message.report_id)
    assert (row.report_id, row.direction, row.state) == (first.report_id, "in", "received")
    assert Mailbox.objects.count() == 2
    assert Report.objects.get(pk=first.report_id).source_key == Report.objects.get(pk=message.report_id).source_key


@pytest.mark.django_db
def test_feedback_waits_on_its_own_list_and_never_as_a_threat(received: Callable[..., intake.Received]) -> None:
    report = Report.objects.get(pk=received({"feedback": "the form is going to kill me"}, kind="feedback").report_id)
    assert (report.kind, report.priority) == ("feedback", 4)


@pytest.mark.django_db
def test_receiving_writes_one_row_that_holds_no_word(received: Callable[..., intake.Received]) -> None:
    received()
    row = AuditRow.objects.get()
    assert (row.verb, row.kind, row.actor_name) == ("receive", "report", "tests")
    assert "xylophone" not in str(row.detail) + row.reason


@pytest.mark.django_db
def test_reports_without_a_mailbox_are_sources_of_their_own(received: Callable[..., intake.Received]) -> None:
    keys = {Report.objects.get(pk=received().report_id).source_key for _ in range(2)}
    assert len(keys) == 2
    assert Actor.job("x").staff_id is None
