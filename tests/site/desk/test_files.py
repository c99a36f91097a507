"""Files at the desk: kept once, enciphered, tied to their report, deleted with it, and read only while it is open."""

import dataclasses
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.sealing_keys import CERTIFICATE, SITE
from tests.factories.sent_files import SentFile, sent_file
from tests.site.desk.conftest import NOW, sealed, told

from lastpiece.site.desk.jobs.collect import Collected, collect
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.files import look_at_file, receive_chunk
from lastpiece.site.desk.records.actions.reading import open_report, put_back
from lastpiece.site.desk.records.models import Attachment, AuditRow, DataKey, FileChunk, Report, Staff, StoredFile
from lastpiece.site.desk.records.queries.files import FileMissing, files_of
from lastpiece.site.desk.records.queries.originals import OriginalClosed, OriginalDeleted
from lastpiece.tell.chunk import LONGEST_CONTENT, FileAltered, FileIncomplete
from lastpiece.tell.opening import Keyring
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool

pytestmark = pytest.mark.django_db
NEEDLE = b"xylophone case "
CONTENT = NEEDLE * (LONGEST_CONTENT // len(NEEDLE)) + b"the end of it, with the xylophone case"
Taker = Callable[..., Collected]


@pytest.fixture
def take(spool: Spool, keys: Keyring) -> Taker:
    def taken(days: int = 0) -> Collected:
        return collect(spool, keys, site=SITE, clock=lambda: NOW + timedelta(days=days))

    return taken


def put_report(spool: Spool, *files: SentFile, **more: object) -> None:
    report = dataclasses.replace(told(), attachments=tuple(file.entry for file in files), **more)  # type: ignore[arg-type]  # passed on
    spool.put(sealed(report))


def opened(make_staff: Callable[..., Staff]) -> tuple[Actor, int]:
    actor = Actor.of(make_staff())
    report = Report.objects.latest("pk")
    open_report(actor, report.pk, "my own queue", now=NOW)
    return actor, report.pk


@pytest.mark.parametrize("first", ["chunks", "report"])
def test_a_file_is_whole_whichever_comes_first(
    spool: Spool, take: Taker, make_staff: Callable[..., Staff], first: str
) -> None:
    file = sent_file(CONTENT)
    steps: list[Callable[[], None]] = [lambda: file.put(spool), lambda: put_report(spool, file)]
    for step in steps if first == "chunks" else reversed(steps):
        step()
        take()
    actor, report_id = opened(make_staff)
    assert look_at_file(actor, report_id, 1, now=NOW).content == CONTENT
    assert StoredFile.objects.get().wrapped is None, "the key stands under the report's data key alone"


def test_each_chunk_is_kept_once_however_often_it_comes(spool: Spool, take: Taker) -> None:
    file = sent_file(CONTENT)
    for _ in range(3):
        file.put(spool)
        put_report(spool, file, nonce=bytes(32))
        take()
    assert FileChunk.objects.count() == 2
    assert Attachment.objects.count() == 1
    assert spool.waiting() == []


def test_a_file_of_which_parts_are_missing_is_listed_and_not_opened(
    spool: Spool, take: Taker, make_staff: Callable[..., Staff]
) -> None:
    file = sent_file(CONTENT)
    put_report(spool, file)
    file.put(spool, 1)
    take()
    actor, report_id = opened(make_staff)
    (listed,) = files_of(report_id)
    assert (listed.arrived, listed.chunks, listed.whole) == (1, 2, False)
    with pytest.raises(FileIncomplete):
        look_at_file(actor, report_id, 1, now=NOW)


def test_a_file_that_is_not_the_one_named_is_refused(
    spool: Spool, take: Taker, make_staff: Callable[..., Staff]
) -> None:
    file = sent_file(b"one")
    put_report(spool, file)
    sent_file(b"two").put(spool)
    take()
    actor, report_id = opened(make_staff)
    with pytest.raises(FileAltered):
        look_at_file(actor, report_id, 1, now=NOW)


def test_only_who_has_the_original_open_may_look_and_each_look_is_in_the_audit(
    spool: Spool, take: Taker, make_staff: Callable[..., Staff]
) -> None:
    file = sent_file(b"photo")
    put_report(spool, file)
    file.put(spool)
    take()
    actor, report_id = opened(make_staff)
    with pytest.raises(OriginalClosed):
        look_at_file(Actor.of(make_staff()), report_id, 1, now=NOW)
    with pytest.raises(FileMissing):
        look_at_file(actor, report_id, 2, now=NOW)
    for _ in range(2):
        look_at_file(actor, report_id, 1, now=NOW)
    rows = AuditRow.objects.filter(verb="look at file")
    assert [(row.object_id, row.detail["file"]) for row in rows] == [(str(report_id), 1)] * 2
    put_back(actor, report_id, now=NOW)
    with pytest.raises(OriginalClosed):
        look_at_file(actor, report_id, 1, now=NOW)


def test_deleting_the_data_key_deletes_the_files(spool: Spool, take: Taker, make_staff: Callable[..., Staff]) -> None:
    file = sent_file(CONTENT)
    put_report(spool, file)
    file.put(spool, 0)
    take()
    actor, report_id = opened(make_staff)
    DataKey.objects.all().delete()
    with pytest.raises(OriginalDeleted):
        look_at_file(actor, report_id, 1, now=NOW)
    assert receive_chunk(Actor.job("tests"), file.chunks[1], now=NOW).dropped, "what comes late is not kept"
    assert FileChunk.objects.count() == 1


def test_two_reports_may_name_the_same_file_and_it_lasts_as_long_as_either(
    spool: Spool, take: Taker, make_staff: Callable[..., Staff]
) -> None:
    file = sent_file(CONTENT)
    file.put(spool)
    put_report(spool, file)
    take()
    put_report(spool, file)
    take()
    actor, report_id = opened(make_staff)
    DataKey.objects.exclude(pk=report_id).delete()
    assert look_at_file(actor, report_id, 1, now=NOW).content == CONTENT


def test_what_no_report_names_for_a_week_is_deleted_and_said_so(spool: Spool, take: Taker) -> None:
    sent_file(b"never named").put(spool)
    named = sent_file(b"named", number=2)
    named.put(spool)
    put_report(spool, named)
    take()
    take(days=7)
    assert StoredFile.objects.count() == 2
    take(days=8)
    assert StoredFile.objects.count() == 1
    assert FileChunk.objects.count() == 1
    assert AuditRow.objects.get(verb="delete unnamed files").object_id == "1"
    take(days=9)
    assert AuditRow.objects.filter(verb="delete unnamed files").count() == 1


def test_neither_name_nor_content_is_readable_in_any_table(spool: Spool, take: Taker) -> None:
    file = sent_file(CONTENT, name="xylophone case.jpg")
    file.put(spool)
    put_report(spool, file)
    take()
    if connection.vendor != "sqlite":
        rows = [bytes(row.sealed) for model in (FileChunk, Attachment) for row in model.objects.all()]
        assert not any(b"xylophone" in row for row in rows)
        return
    database: sqlite3.Connection = connection.connection
    dump = "\n".join(database.iterdump()).encode()
    assert b"xylophone case" not in dump
    assert b"xylophone case".hex().encode() not in dump.lower()


def test_the_young_peoples_door_never_gives_a_place_whatever_is_in_the_envelope(spool: Spool, take: Taker) -> None:
    file = sent_file(b"photo", use_place=True)
    put_report(spool, file, channel="young")
    take()
    assert not Attachment.objects.get().use_place


def test_a_damaged_chunk_is_set_aside_with_its_reason_and_the_rest_goes_on(spool: Spool, take: Taker) -> None:
    file = sent_file(b"photo")
    spool.put(seal(b"LPCHUNK\x01too short", CERTIFICATE, site=SITE))
    file.put(spool)
    done = take()
    assert done.rejected == 1
    assert FileChunk.objects.count() == 1
    assert spool.waiting() == []
