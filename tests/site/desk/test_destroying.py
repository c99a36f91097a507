"""With the key of a report's words goes everything that was made from them, and the log says so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.sealing_keys import SITE
from tests.factories.sent_files import SentFile, sent_file
from tests.site.desk.conftest import NOW
from tests.site.desk.test_files import put_report

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.destroying import StillNeeded, destroy_original
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.actions.reading import open_report
from lastpiece.site.desk.records.models import (
    AlikeBand,
    AlikeSketch,
    AuditRow,
    DataKey,
    FileChunk,
    Opening,
    Report,
    Staff,
)
from lastpiece.site.desk.records.queries.originals import OriginalDeleted, answers_of
from lastpiece.tell.opening import Keyring
from lastpiece.tell.spool import Spool

pytestmark = pytest.mark.django_db
KEEPER = Actor.job("tests")
WHY = "Kept as long as the rule allows"
TEXT = "A silver van comes to the garages behind Quill House every evening at nine."
Taker = Callable[..., Report]


@pytest.fixture
def taken(spool: Spool, keys: Keyring) -> Taker:
    """Take in a report with a file, assessed already."""

    def made(file: SentFile, **more: object) -> Report:
        file.put(spool)
        put_report(spool, file, **more)
        collect(spool, keys, site=SITE, clock=lambda: NOW)
        report = Report.objects.latest("pk")
        Report.objects.filter(pk=report.pk).update(state=Report.State.ASSESSED)
        return report

    return made


def test_words_files_and_sketch_go_with_the_key_and_the_log_says_so(taken: Taker) -> None:
    report = taken(sent_file(b"an invented photo"))
    assert AlikeSketch.objects.filter(pk=report.pk).exists()
    done = destroy_original(KEEPER, report.pk, WHY, now=NOW)
    assert (done.chunks, done.sketch) == (1, True)
    for left in (DataKey, AlikeSketch, AlikeBand, FileChunk):
        assert not left.objects.exists(), left.__name__
    with pytest.raises(OriginalDeleted):
        answers_of(report.pk)
    row = AuditRow.objects.get(verb="destroy original")
    assert (row.reason, row.object_id, row.detail) == (WHY, str(report.pk), {"chunks": 1, "sketch": True})
    with pytest.raises(OriginalDeleted):
        destroy_original(KEEPER, report.pk, WHY, now=NOW)


def test_a_file_that_another_report_names_stays_for_it(taken: Taker) -> None:
    file = sent_file(b"an invented photo")
    first, second = taken(file), taken(file, answers={"what": "Something quite other"})
    assert destroy_original(KEEPER, first.pk, WHY, now=NOW).chunks == 0
    assert destroy_original(KEEPER, second.pk, WHY, now=NOW).chunks == 1


def test_the_group_goes_on_with_the_next_report(received: Callable[..., Received]) -> None:
    first, second = (received({"what": TEXT + more}).report_id for more in ("", "!"))
    assert AlikeSketch.objects.get(pk=second).first_id == first
    Report.objects.filter(pk=first).update(state=Report.State.SET_ASIDE)
    destroy_original(KEEPER, first, WHY, now=NOW)
    third = received({"what": TEXT + "?"}).report_id
    assert AlikeSketch.objects.get(pk=third).first_id == AlikeSketch.objects.get(pk=second).first_id == second
    assert {band.first_id for band in AlikeBand.objects.all()} == {second}


def test_what_is_still_needed_is_not_destroyed(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    waiting = received().report_id
    threat = received({"what": "He told me he is going to stab Dizzy tonight."}).report_id
    Report.objects.filter(pk=threat).update(state=Report.State.ASSESSED)
    for report_id, why in ((waiting, "assessed"), (threat, "alert")):
        with pytest.raises(StillNeeded, match=why):
            destroy_original(KEEPER, report_id, WHY, now=NOW)
    with pytest.raises(StillNeeded, match="write why"):
        destroy_original(KEEPER, waiting, "  old ", now=NOW)
    assert DataKey.objects.count() == 2


def test_whoever_has_it_open_has_it_no_more(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    report_id = received().report_id
    open_report(Actor.of(make_staff()), report_id, "my own queue", now=NOW)
    Report.objects.filter(pk=report_id).update(state=Report.State.ASSESSED)
    destroy_original(KEEPER, report_id, WHY, now=NOW)
    assert not Opening.objects.filter(closed_at__isnull=True).exists()


def test_a_key_is_deleted_in_one_place_alone() -> None:
    source = Path(__file__).parents[3] / "src" / "lastpiece"
    deleting = re.compile(r"DataKey\.objects[^\n]*\.delete\(")
    places = [path.name for path in source.rglob("*.py") if deleting.search(path.read_text())]
    assert places == ["destroying.py"]
