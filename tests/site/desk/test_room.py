"""Room that runs out pages somebody; files give way, reports never; the quarantine ends in the open."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories.sealing_keys import CERTIFICATE, SITE
from tests.factories.sent_files import sent_file
from tests.site.desk.conftest import NOW, sealed, told
from tests.site.desk.test_alerts import AGAIN, Heard
from tests.site.desk.test_files import put_report

from lastpiece.site.desk.jobs import collect as collecting
from lastpiece.site.desk.jobs.collect import DROPPED, Collected, collect
from lastpiece.site.desk.jobs.page import page_due
from lastpiece.site.desk.jobs.room import watch_room
from lastpiece.site.desk.records.actions import room as actions
from lastpiece.site.desk.records.actions.alerting import take_alert
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.files import drop_unnamed, receive_chunk
from lastpiece.site.desk.records.models import (
    Alert,
    AlertKind,
    Attachment,
    AuditRow,
    FileChunk,
    Quarantined,
    Report,
    Role,
    Staff,
    StoredFile,
)
from lastpiece.site.desk.records.queries.room import Limits, RoomTaken, levels
from lastpiece.site.settings import env
from lastpiece.tell.chunk import LONGEST_CONTENT, Chunk
from lastpiece.tell.opening import EnvelopeDamaged, Keyring
from lastpiece.tell.room import DiskRoom, Lying, SpoolRoom
from lastpiece.tell.sealing import ENVELOPE_SIZES, seal
from lastpiece.tell.spool import Spool

pytestmark = pytest.mark.django_db
LIMITS = Limits(
    disk_percent=85, share_percent=20, files=5000, unnamed_size=1000, quarantine_days=90, rubbish_percent=10
)
ROOMY = DiskRoom(size=1_000_000, free=900_000, device=1)
JOB = Actor.job("tests")
SMALL = min(ENVELOPE_SIZES)
NONE = Lying(0, 0)


def taken(
    *,
    disk: DiskRoom = ROOMY,
    waiting: Lying = NONE,
    held: Lying = NONE,
    set_aside: Lying = NONE,
    unnamed: int = 0,
) -> RoomTaken:
    return RoomTaken(SpoolRoom(disk, waiting, held, set_aside), ROOMY, unnamed)


@pytest.mark.parametrize(
    ("more", "about"),
    [
        ({"disk": DiskRoom(1_000_000, 149_000, 1)}, "spool disk"),
        ({"waiting": Lying(5000, 5000)}, "waiting"),
        ({"waiting": Lying(3, 200_001)}, "waiting"),
        ({"held": Lying(3, 200_001)}, "held"),
        ({"set_aside": Lying(5001, 5001)}, "quarantine"),
        ({"unnamed": 801}, "unnamed"),
    ],
)
def test_each_thing_that_fills_a_disk_reaches_its_limit_alone(more: dict[str, Any], about: str) -> None:
    assert [level.about for level in levels(taken(**more), LIMITS) if level.reached >= 1] == [about]
    assert not [level for level in levels(taken(), LIMITS) if level.reached >= 1]


def test_the_desks_disk_counts_when_it_is_another_and_a_spool_that_is_away_hides_nothing() -> None:
    full = DiskRoom(1_000_000, 10_000, 2)
    for spool in (SpoolRoom(ROOMY, NONE, NONE, NONE), None):
        assert [level.about for level in levels(RoomTaken(spool, full, 0), LIMITS) if level.reached >= 1] == [
            "desk disk"
        ]


def test_an_alarm_pages_an_administrator_once_until_it_is_over_and_ends_by_itself(
    make_staff: Callable[..., Staff], signed_in: Callable[..., Client]
) -> None:
    admin = make_staff(Role.ADMINISTRATOR)
    make_staff()
    full, nearly = taken(held=Lying(3, 210_000)), taken(held=Lying(3, 190_000))
    assert [actions.watch_levels(list(levels(full, LIMITS)), actor=JOB, now=NOW) for _ in range(3)] == [1, 0, 0]
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW)
    assert [(name, call.kind) for name, call in pager.calls] == [(admin.username, AlertKind.ROOM)]
    client = signed_in(staff=admin)
    assert "Room is running out" in client.get("/").content.decode()
    alert = Alert.objects.get()
    assert "Parts of files that are held until Send: 3" in client.get(f"/alerts/{alert.pk}/").content.decode()
    actions.watch_levels(list(levels(nearly, LIMITS)), actor=JOB, now=NOW)
    assert Alert.objects.get().over_at is None, "it does not come and go at its limit"
    actions.watch_levels(list(levels(taken(), LIMITS)), actor=JOB, now=NOW)
    assert Alert.objects.get().over_at == NOW
    assert "Room is running out" not in client.get("/").content.decode()
    page_due((pager,), again=AGAIN, now=NOW + timedelta(days=1))
    assert len(pager.calls) == 1


def test_an_alarm_that_somebody_has_stays_on_today_and_is_raised_anew_after_a_day(
    make_staff: Callable[..., Staff], signed_in: Callable[..., Client]
) -> None:
    admin = make_staff(Role.ADMINISTRATOR)
    full = list(levels(taken(unnamed=900), LIMITS))
    actions.watch_levels(full, actor=JOB, now=NOW)
    take_alert(Actor.of(admin), Alert.objects.get().pk, now=NOW)
    assert f"{admin.name} has it" in signed_in(staff=admin).get("/").content.decode()
    assert actions.watch_levels(full, actor=JOB, now=NOW + timedelta(hours=23)) == 0
    assert actions.watch_levels(full, actor=JOB, now=NOW + timedelta(hours=24)) == 1
    assert Alert.objects.filter(over_at__isnull=True).count() == 1


def test_an_administrator_sees_no_alert_about_a_report(
    received: Callable[..., object], signed_in: Callable[..., Client]
) -> None:
    received({"what": "He is going to stab him tonight."})
    client = signed_in(Role.ADMINISTRATOR)
    assert "Threat to life" not in client.get("/alerts/").content.decode()
    assert client.get(f"/alerts/{Alert.objects.get().pk}/").status_code == 404


def run(spool: Spool, keys: Keyring, *, days: int = 0) -> Collected:
    return collect(spool, keys, site=SITE, clock=lambda: NOW + timedelta(days=days))


def put_parts(spool: Spool, files: range, *, size: int = 60_000) -> None:
    for number in files:
        part = Chunk(number.to_bytes(16), 0, bytes(size))
        spool.put(seal(part.encode(), CERTIFICATE, site=SITE))


def test_parts_that_no_report_names_are_kept_within_their_room_the_oldest_go_and_reports_stay(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "UNNAMED_MB", 1)
    put_parts(spool, range(10))
    run(spool, keys)
    first = set(StoredFile.objects.values_list("pk", flat=True))
    put_parts(spool, range(10, 25))
    for _ in range(5):
        spool.put(sealed(told()))
    done = run(spool, keys)
    assert (done.added, Report.objects.count(), spool.waiting()) == (5, 5, [])
    kept = set(StoredFile.objects.values_list("pk", flat=True))
    assert 0 < done.reasons[DROPPED] == 25 - len(kept)
    assert not kept & first or min(kept) > min(first)
    assert FileChunk.objects.count() * 60_000 <= 1024 * 1024
    row = AuditRow.objects.filter(verb="drop unnamed files").earliest("pk")
    assert (row.kind, row.detail["before"] > row.detail["after"]) == ("files", True)
    assert (
        sum(int(row.object_id) for row in AuditRow.objects.filter(verb="drop unnamed files")) == done.reasons[DROPPED]
    )


def test_a_file_that_a_report_names_is_never_dropped(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "UNNAMED_MB", 1)
    put_parts(spool, range(10))
    run(spool, keys)
    named = set(StoredFile.objects.values_list("pk", flat=True)[:3])
    StoredFile.objects.filter(pk__in=named).update(wrapped=None)
    put_parts(spool, range(10, 60))
    run(spool, keys)
    assert named <= set(StoredFile.objects.values_list("pk", flat=True))


def test_the_quarantine_is_listed_with_reasons_and_emptied_by_an_administrator_alone(
    spool: Spool, keys: Keyring, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "SPOOL", spool.folder)
    for _ in range(3):
        spool.put(bytes(SMALL))
    run(spool, keys)
    reason = Quarantined.objects.values_list("reason", flat=True)[0]
    page = signed_in().get("/room/").content.decode()
    assert reason in page
    assert "Delete them for good" not in page
    client = signed_in(Role.ADMINISTRATOR)
    assert "Delete them for good" in client.get("/room/").content.decode()
    assert client.post("/room/quarantine/empty/", {"days": "1"}).status_code == 422
    assert client.post("/room/quarantine/empty/", {"days": "7"}).status_code == 302
    assert len(spool.set_aside()) == 3, "none is so old"
    Quarantined.objects.update(at=NOW - timedelta(days=10_000))
    client.post("/room/quarantine/empty/", {"days": "7"})
    assert (spool.set_aside(), Quarantined.objects.count()) == ([], 0)
    row = AuditRow.objects.filter(verb="empty quarantine").latest("pk")
    assert (row.object_id, row.detail["reasons"], row.actor_id) == ("3", [f"3 x {reason}"[:120]], client.staff.pk)  # type: ignore[attr-defined]  # set by signed_in


def test_the_watch_empties_what_is_old_keeps_the_rest_and_finds_what_stands_in_no_table(
    spool: Spool, keys: Keyring
) -> None:
    old, fresh = spool.put(bytes(SMALL)), spool.put(bytes(SMALL))
    for name in (old, fresh):
        spool.quarantine(name, "It does not open.")  # and the collector died before it could write it down
    watch_room(spool.folder, within=LIMITS, now=NOW)
    assert set(Quarantined.objects.values_list("name", "reason")) == {
        (old, "It does not open."),
        (fresh, "It does not open."),
    }
    Quarantined.objects.filter(name=old).update(at=NOW - timedelta(days=90))
    watch_room(spool.folder, within=replace(LIMITS, quarantine_days=0), now=NOW)
    assert len(spool.set_aside()) == 2
    watch_room(spool.folder, within=LIMITS, now=NOW)
    assert spool.set_aside() == [fresh]


def test_what_was_set_aside_while_its_key_was_away_is_tried_again_and_kept(
    spool: Spool, keys: Keyring, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "SPOOL", spool.folder)
    name = spool.put(sealed(told()))
    spool.quarantine(name, "The key is away.")
    actions.look_into_quarantine(spool, actor=JOB, now=NOW)
    signed_in(Role.ADMINISTRATOR).post("/room/quarantine/try-again/")
    assert (run(spool, keys).added, Report.objects.count(), spool.set_aside()) == (1, 1, [])


def test_files_that_cannot_be_removed_are_found_again(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    name = spool.put(bytes(SMALL))
    spool.quarantine(name, "It does not open.")
    actions.look_into_quarantine(spool, actor=JOB, now=NOW - timedelta(days=91))

    def refuse(_spool: Spool, _name: str) -> None:
        raise OSError

    monkeypatch.setattr(Spool, "throw_away", refuse)
    with pytest.raises(OSError, match=r"^$"):
        actions.throw_away(spool, days=90, actor=JOB, now=NOW)
    assert AuditRow.objects.filter(verb="empty quarantine").count() == 1
    actions.look_into_quarantine(spool, actor=JOB, now=NOW)
    assert Quarantined.objects.get().name == name


def test_the_page_of_a_spool_that_is_away_says_so(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(env, "SPOOL", tmp_path / "nowhere")
    page = signed_in(Role.ADMINISTRATOR).get("/room/")
    assert (page.status_code, "cannot be looked at from here" in page.content.decode()) == (200, True)


def put_junk(spool: Spool, size: int = SMALL) -> str:
    """Put what a stranger sends who copies the head of a true envelope: today's key, and nothing behind it."""
    return spool.put((sealed(told())[:40] + random.randbytes(size))[:size])


def test_a_true_file_is_never_dropped_while_its_report_lies_in_the_same_spool(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "UNNAMED_MB", 1)
    file = sent_file(b"\x89PNG" + b"t" * 2_500_000, name="a.png")
    file.put(spool)
    put_report(spool, file)
    put_parts(spool, range(10), size=LONGEST_CONTENT)
    most: list[int] = []
    taking = receive_chunk

    def counted(actor: Actor, chunk: Chunk, *, now: datetime) -> object:
        most.append(FileChunk.objects.filter(file__wrapped__isnull=False).count())
        return taking(actor, chunk, now=now)

    monkeypatch.setattr(collecting, "receive_chunk", counted)
    done = run(spool, keys)
    attachment = Attachment.objects.get()
    assert FileChunk.objects.filter(file=attachment.file).count() == attachment.chunks == 3
    assert done.reasons[DROPPED] > 0
    assert spool.waiting() == []
    assert max(most) <= 3, "twice its room, and the part that showed it"
    assert FileChunk.objects.filter(file__wrapped__isnull=False).count() <= 1


def test_parts_wait_for_reports_that_are_as_large_as_they_are(
    spool: Spool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "UNNAMED_MB", 1)
    put_parts(spool, range(6), size=LONGEST_CONTENT)
    last = spool.put(sealed(told({"what": "x" * 300_000})))
    monkeypatch.setattr(Spool, "small_first", lambda here, *_: sorted(here.waiting(), key=lambda name: name == last))
    taken_in: list[int] = []

    def dropped(_actor: Actor, *, most: int, now: datetime) -> int:
        taken_in.append(Report.objects.count())
        return drop_unnamed(_actor, most=most, now=now)

    monkeypatch.setattr(collecting, "drop_unnamed", dropped)
    run(spool, keys)
    assert taken_in
    assert set(taken_in) == {1}, "nothing gave way before the last report was taken"


def test_rubbish_under_a_key_that_is_here_is_deleted_at_once_and_what_may_be_true_is_not(
    spool: Spool, keys: Keyring, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "SPOOL", spool.folder)
    for size in ENVELOPE_SIZES:
        put_junk(spool, size)
    spool.put(seal(b"no report", CERTIFICATE, site=SITE))
    true = bytearray(sealed(told()))
    true[10] ^= 1  # the id of another key
    away = spool.put(bytes(true))
    run(spool, keys)
    client = signed_in(Role.ADMINISTRATOR)
    assert "Delete the rubbish now" in client.get("/room/").content.decode()
    for state, left in (("away", 7), ("nothing", 7), ("never", 2), ("unread", 1)):
        assert client.post("/room/quarantine/delete-rubbish/", {"state": state}).status_code == 302
        assert len(spool.set_aside()) == Quarantined.objects.count() == left
    assert spool.set_aside() == [away]
    rows = AuditRow.objects.filter(verb="delete rubbish").order_by("pk")
    assert [(row.object_id, row.actor_id) for row in rows] == [
        ("5", client.staff.pk),  # type: ignore[attr-defined]  # set by signed_in
        ("1", client.staff.pk),  # type: ignore[attr-defined]  # set by signed_in
    ]
    assert rows[0].detail["reasons"] == [f"5 x {EnvelopeDamaged()}"[:120]]
    assert signed_in().post("/room/quarantine/delete-rubbish/", {"state": "never"}).status_code == 403


def test_a_seal_that_does_not_open_under_a_key_of_another_site_may_yet_be_true(spool: Spool, keys: Keyring) -> None:
    spool.put(sealed(told()))
    collect(spool, keys, site="another-site", clock=lambda: NOW)
    assert Quarantined.objects.get().state == Quarantined.State.AWAY


def test_beyond_their_share_the_oldest_that_can_never_be_read_go_by_themselves_and_only_they(
    spool: Spool, keys: Keyring
) -> None:
    for number in range(10):
        put_junk(spool)
        run(spool, keys, days=-number)
    away = bytearray(sealed(told()))
    away[10] ^= 1
    spool.put(bytes(away))
    run(spool, keys, days=-30)
    assert actions.keep_rubbish_within(spool, 10 * SMALL, actor=JOB, now=NOW) == 0
    assert actions.keep_rubbish_within(spool, 9 * SMALL, actor=JOB, now=NOW) == 2
    left = Quarantined.objects.order_by("at")
    assert set(spool.set_aside()) == set(left.values_list("name", flat=True))
    assert [row.state for row in left] == ["away"] + ["never"] * 8
    assert left[1].at == NOW - timedelta(days=7), "the oldest went"
    row = AuditRow.objects.get(verb="rubbish gives way")
    assert (row.object_id, row.actor_id) == ("2", None)


def test_the_watch_keeps_rubbish_within_its_share(spool: Spool, keys: Keyring) -> None:
    put_junk(spool)
    run(spool, keys)
    watch_room(spool.folder, within=LIMITS, now=NOW)
    assert len(spool.set_aside()) == 1
    watch_room(spool.folder, within=replace(LIMITS, rubbish_percent=0), now=NOW)
    assert spool.set_aside() == []


def test_an_administrator_finds_duty_and_room_on_today_with_no_alert_open(signed_in: Callable[..., Client]) -> None:
    page = signed_in(Role.ADMINISTRATOR).get("/").content.decode()
    main = page[page.index("<main") :]
    assert 'href="/room/"' in main
    assert 'href="/duty/"' in main
