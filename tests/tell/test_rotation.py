"""Keys are made once, changed weekly, and destroyed when nothing needs them."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from tests.factories.sealing_keys import NOW, SITE

from lastpiece.tell import rotation
from lastpiece.tell.board import read_board
from lastpiece.tell.certificate import Certificate, CertificateExpired, Root, verify
from lastpiece.tell.opening import EpochUnknown, Keyring, KeysMissing, open_sealed
from lastpiece.tell.root_key import RootDamaged, RootElsewhere, read_root_public, write_root
from lastpiece.tell.rotation import KeysExist, Places, RootDiffers
from lastpiece.tell.sealing import HEADER_BYTES, seal
from lastpiece.tell.spool import Spool

WEEK = timedelta(days=7)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    front = tmp_path / "front"
    return Places(
        root=tmp_path / "root",
        keys=tmp_path / "desk" / "keys",
        copy=tmp_path / "desk" / "board",
        front=front,
        board=front / "board",
        spool=front / "spool",
    )


def as_the_front_sees_it(places: Places, now: datetime) -> Certificate:
    pin = read_root_public(places.pinned_file)
    board = read_board(places.board, pin, site=SITE, now=now)
    return verify(Certificate.decode(board.documents.get("certificate.json")), pin, now, site=SITE)


def told(places: Places, now: datetime) -> bytes:
    envelope = seal(b"told", as_the_front_sees_it(places, now), site=SITE)
    Spool(places.spool).put(envelope)
    return envelope


def test_after_making_a_front_can_seal_and_the_desk_can_open(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=14)
    assert open_sealed(told(places, NOW), Keyring(places.keys), site=SITE) == b"told"
    assert len(Keyring(places.keys).storage_key()) == 32


def test_a_key_lasts_to_the_end_of_its_last_day_and_no_longer(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=14)
    as_the_front_sees_it(places, NOW + timedelta(days=14))
    with pytest.raises(CertificateExpired):
        as_the_front_sees_it(places, NOW + timedelta(days=15))


def test_making_twice_is_refused_and_changes_nothing(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=14)
    before = {path: path.read_bytes() for path in places.keys.iterdir()}
    with pytest.raises(KeysExist, match="rotate"):
        rotation.make(places, site=SITE, now=NOW, days=14)
    assert {path: path.read_bytes() for path in places.keys.iterdir()} == before


def test_making_goes_on_with_the_root_that_an_interruption_left(places: Places) -> None:
    write_root(places.root_file, Root(b"r" * 32))
    rotation.make(places, site=SITE, now=NOW, days=14)
    assert Keyring(places.keys).root_public() == Root(b"r" * 32).public


def test_an_interrupted_making_leaves_no_half_made_keyring(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Keyring, "set_signer", interrupted)
        with pytest.raises(KeyboardInterrupt):
            rotation.make(places, site=SITE, now=NOW, days=14)
    assert list(places.keys.parent.iterdir()) == []
    rotation.make(places, site=SITE, now=NOW, days=14)


def test_a_front_that_trusts_another_root_is_left_alone(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=14)
    places.keys.rename(places.keys.with_name("old"))
    places.root_file.unlink()
    with pytest.raises(RootDiffers, match="Nothing was changed"):
        rotation.make(places, site=SITE, now=NOW, days=14)
    assert not places.keys.exists()


def test_rotating_publishes_a_new_key_and_the_old_still_opens_what_waits(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=14)
    first, envelope = as_the_front_sees_it(places, NOW), told(places, NOW)
    rotation.rotate(places, site=SITE, now=NOW + WEEK, days=14)
    assert as_the_front_sees_it(places, NOW + WEEK).id != first.id
    assert open_sealed(envelope, Keyring(places.keys), site=SITE) == b"told"


def test_an_old_key_is_destroyed_only_when_its_spool_is_empty(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    first, envelope = as_the_front_sees_it(places, NOW).id, told(places, NOW)
    later = NOW + timedelta(days=60)
    assert rotation.rotate(places, site=SITE, now=later, days=7).forgotten == ()
    spool = Spool(places.spool)
    spool.quarantine(spool.waiting()[0], "looked at later")
    assert rotation.rotate(places, site=SITE, now=later, days=7).forgotten == ()
    for path in (places.spool / "quarantine").iterdir():
        path.unlink()
    assert rotation.rotate(places, site=SITE, now=later, days=7).forgotten == (first,)
    with pytest.raises(EpochUnknown):
        open_sealed(envelope, Keyring(places.keys), site=SITE)


def test_a_stray_file_in_the_spool_keeps_no_key_and_stops_nothing(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    told(places, NOW)
    for path in (places.spool / "new").iterdir():
        path.write_bytes(b"scrawl")
    assert len(rotation.rotate(places, site=SITE, now=NOW + timedelta(days=60), days=7).forgotten) == 1


def test_a_file_that_only_bears_an_old_keys_name_does_not_keep_that_key_alive(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    envelope = told(places, NOW)
    (new,) = (places.spool / "new").iterdir()
    new.write_bytes(envelope[:HEADER_BYTES] + bytes(len(envelope) - HEADER_BYTES))
    assert len(rotation.rotate(places, site=SITE, now=NOW + timedelta(days=60), days=7).forgotten) == 1


def test_a_link_in_the_spool_does_not_stop_the_keys_from_changing(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    told(places, NOW)
    (new,) = (places.spool / "new").iterdir()
    new.unlink()
    new.symlink_to(places.root_file)
    (new.parent / f"{'0' * 32}.sealed").mkdir()
    assert len(rotation.rotate(places, site=SITE, now=NOW + timedelta(days=60), days=7).forgotten) == 1


def test_the_boards_key_is_renewed_before_its_year_is_over(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    first = Keyring(places.keys).signer().certificate.id
    rotation.rotate(places, site=SITE, now=NOW + timedelta(days=300), days=7)
    assert Keyring(places.keys).signer().certificate.id == first
    much_later = NOW + timedelta(days=360)
    rotation.rotate(places, site=SITE, now=much_later, days=7)
    assert Keyring(places.keys).signer().certificate.id != first
    assert as_the_front_sees_it(places, much_later)


def test_rotating_after_the_boards_key_ran_out_recovers(places: Places) -> None:
    rotation.make(places, site=SITE, now=NOW, days=7)
    much_later = NOW + timedelta(days=800)
    rotation.rotate(places, site=SITE, now=much_later, days=7)
    assert as_the_front_sees_it(places, much_later)


def test_rotating_without_the_right_root_is_refused_in_words(places: Places) -> None:
    with pytest.raises(KeysMissing, match="keys make"):
        rotation.rotate(places, site=SITE, now=NOW, days=7)
    rotation.make(places, site=SITE, now=NOW, days=7)
    places.root_file.write_bytes(b"scrawl")
    with pytest.raises(RootDamaged):
        rotation.rotate(places, site=SITE, now=NOW, days=7)
    write_root(places.root_file, Root(b"o" * 32))
    with pytest.raises(RootDiffers):
        rotation.rotate(places, site=SITE, now=NOW, days=7)
    places.root_file.unlink()
    with pytest.raises(RootElsewhere, match="--request"):
        rotation.rotate(places, site=SITE, now=NOW, days=7)


def test_rotating_a_thousand_times_mid_flight_loses_nothing(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tellers read a certificate, keys change once or twice, and only then they seal; the desk collects in between."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # no power goes here, and 20,000 syncs take minutes
    rng, day = Random(0), timedelta(days=1)
    rotation.make(places, site=SITE, now=NOW, days=1)
    spool, keyring = Spool(places.spool), Keyring(places.keys)
    in_flight: list[tuple[int, Certificate, bytes]] = []
    told: list[bytes] = []
    taken: list[bytes] = []
    for change in range(1_000):
        now = NOW + change * day
        in_flight.append((change + rng.randint(0, 2), as_the_front_sees_it(places, now), f"report {change}".encode()))
        for due, certificate, words in [waiting for waiting in in_flight if waiting[0] <= change]:
            spool.put(seal(words, certificate, site=SITE))
            told.append(words)
            in_flight.remove((due, certificate, words))
        if rng.random() < 0.5:
            taken += collected(spool, keyring)
        rotation.rotate(places, site=SITE, now=now + day, days=1, keep_days=3)
    taken += collected(spool, keyring)
    assert len(told) > 990
    assert sorted(taken) == sorted(told)
    assert len(keyring.epochs()) < 10


def collected(spool: Spool, keyring: Keyring) -> list[bytes]:
    opened = []
    for name in spool.waiting():
        opened.append(open_sealed(spool.read(name), keyring, site=SITE))
        spool.remove(name)
    return opened
