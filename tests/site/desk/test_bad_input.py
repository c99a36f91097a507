"""What comes damaged, twice, mixed up, from elsewhere or at an absurd hour: the reason is said, the rest goes on."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.factories.sealing_keys import NOW as KEYS_NOW
from tests.factories.sealing_keys import ROOT, SITE, board_signer
from tests.site.desk.conftest import NEEDLE, NOW, sealed, told

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.publishing import Hatch, publish_board
from lastpiece.site.desk.records.models import AuditRow, Mailbox, Report
from lastpiece.tell import board
from lastpiece.tell.board import BoardNotSigned
from lastpiece.tell.certificate import EpochKey, Root, issue
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.opening import Keyring
from lastpiece.tell.sealing import LARGEST, seal
from lastpiece.tell.spool import Spool
from lastpiece.tell.words import words_from

pytestmark = pytest.mark.django_db
TEN_YEARS = timedelta(days=3653)
JOB = Actor.job("tests")
GOOD = sealed(told())


def stranger(site: str) -> bytes:
    key = EpochKey.make()
    span = {"not_before": NOW - timedelta(days=1), "not_after": NOW + timedelta(days=1)}
    return seal(told().encode(), issue(Root.make(), key, site=site, **span), site=site)


DAMAGES = {
    "truncated": GOOD[:-1],
    "empty": b"",
    "one byte too long": GOOD + b"x",
    "larger than any envelope": bytes(LARGEST + 1),
    "a flipped bit": GOOD[:3000] + bytes([GOOD[3000] ^ 1]) + GOOD[3001:],
    "a flipped bit of the key": GOOD[:30] + bytes([GOOD[30] ^ 1]) + GOOD[31:],
    "reordered halves": GOOD[:21] + GOOD[2600:] + GOOD[21:2600],
    "reordered blocks": GOOD[:1200] + GOOD[2224:3248] + GOOD[1200:2224] + GOOD[3248:],
    "two envelopes' halves": GOOD[:2600] + sealed(told())[2600:],
    "another site's": stranger("elsewhere"),
    "a stranger's key": stranger(SITE),
    "not sealed": told().encode().ljust(len(GOOD)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_set_aside_with_a_reason_and_the_others_are_taken(
    damage: str, spool: Spool, keys: Keyring
) -> None:
    spool.put(sealed(told()))
    bad = spool.folder / "new" / ("d" * 32 + ".sealed")
    bad.write_bytes(DAMAGES[damage])
    spool.put(sealed(told()))
    done = collect(spool, keys, site=SITE, clock=lambda: NOW)
    assert (done.added, done.rejected, spool.waiting()) == (2, 1, [])
    aside = spool.folder / "quarantine" / bad.name
    assert aside.read_bytes() == DAMAGES[damage]
    reason = aside.with_name(f"{bad.name}.reason.txt").read_text().strip()
    assert reason.endswith(".")
    assert NEEDLE not in reason
    assert AuditRow.objects.get(verb="quarantine").reason == reason


def test_an_envelope_put_back_after_it_was_taken_is_known_and_goes(spool: Spool, keys: Keyring) -> None:
    spool.put(GOOD)
    collect(spool, keys, site=SITE, clock=lambda: NOW)
    for _ in range(3):
        spool.put(GOOD)
    done = collect(spool, keys, site=SITE, clock=lambda: NOW)
    assert (done.added, done.already, done.rejected) == (0, 3, 0)
    assert (Report.objects.count(), spool.waiting()) == (1, [])


def test_reports_taken_in_any_order_are_the_same_reports(spool: Spool, keys: Keyring) -> None:
    box = open_mailbox(words_from(bytes([9]) * 32))
    adding = told({"what": "It was blue."}, kind="message", mailbox=box.address)
    for envelope in (sealed(adding), sealed(told(mailbox=box.address))):  # the addition comes first
        spool.put(envelope)
        collect(spool, keys, site=SITE, clock=lambda: NOW)
    assert sorted(Report.objects.values_list("kind", flat=True)) == ["message", "report"]
    assert len(set(Report.objects.values_list("source_key", flat=True))) == 1


@pytest.mark.parametrize("off", [-TEN_YEARS, TEN_YEARS])
def test_a_desk_whose_clock_is_ten_years_off_still_takes_everything_in(
    spool: Spool, keys: Keyring, off: timedelta
) -> None:
    spool.put(GOOD)
    spool.put(sealed(told(told_on=(NOW - off).date())))  # and a front whose clock is off the other way
    done = collect(spool, keys, site=SITE, clock=lambda: NOW + off)
    assert (done.added, done.rejected, spool.waiting()) == (2, 0, [])


@pytest.fixture
def hatch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Hatch]:
    monkeypatch.setattr(settings, "BOARD_COPY_FOLDER", tmp_path / "desk" / "board")
    monkeypatch.setattr(settings, "BOARD_FOLDER", tmp_path / "front" / "board")
    return Hatch.of_this_desk


@pytest.mark.parametrize("off", [-TEN_YEARS, TEN_YEARS])
def test_a_desk_whose_clock_is_ten_years_off_publishes_nothing_and_ends_no_mailbox(
    hatch: Callable[[], Hatch], received: Callable[..., object], off: timedelta
) -> None:
    received(mailbox=open_mailbox(words_from(bytes([9]) * 32)).address)
    first = publish_board(JOB, hatch(), now=NOW)
    with pytest.raises(BoardNotSigned):
        publish_board(JOB, hatch(), now=NOW + off)
    assert Mailbox.objects.count() == 1
    assert publish_board(JOB, hatch(), now=NOW).serial == first.serial + 1


def test_a_board_that_another_key_signed_is_refused_and_not_built_upon(hatch: Callable[[], Hatch]) -> None:
    publish_board(JOB, hatch(), now=NOW)
    foreign = board_signer(root=Root.make(), now=KEYS_NOW)
    board.publish(settings.BOARD_COPY_FOLDER, {"public.json": b"{}"}, foreign, serial=99, on=NOW.date())
    with pytest.raises(BoardNotSigned):
        publish_board(JOB, hatch(), now=NOW)
    at_front = board.read_board(settings.BOARD_FOLDER, ROOT.public, site=SITE, now=NOW)
    assert at_front.serial == 1
