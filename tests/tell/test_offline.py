"""The root stays on its own machine: a request goes out, certificates come in, and nothing else is believed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories.sealing_keys import NOW, SITE
from tests.tell.test_rotation import as_the_front_sees_it, told

from lastpiece.tell import offline
from lastpiece.tell.certificate import CertificateForeign, CertificateNotSigned, CertificateNotYet, Root, certify
from lastpiece.tell.opening import EpochUnknown, Keyring, open_sealed
from lastpiece.tell.rotation import KeysExist, Places, RootDiffers
from lastpiece.tell.spool import Spool

ROOT = Root(b"o" * 32)
LATER = NOW + timedelta(days=60)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    front = tmp_path / "front"
    desk = tmp_path / "desk"
    return Places(tmp_path / "root", desk / "keys", desk / "board", front, front / "board", front / "spool")


@pytest.fixture
def begun(places: Places) -> Places:
    asked = offline.begin(places, ROOT.public, site=SITE, now=NOW, days=7)
    offline.take_in(places, offline.answer(offline.Request.decode(asked.encode()), ROOT), now=NOW)
    return places


def test_a_desk_begins_and_changes_its_keys_without_ever_seeing_the_root(begun: Places) -> None:
    envelope = told(begun, NOW)
    assert open_sealed(envelope, Keyring(begun.keys), site=SITE) == b"told"
    first = as_the_front_sees_it(begun, NOW)
    asked = offline.ask(begun, site=SITE, now=NOW, days=7)
    assert [each.purpose for each in asked.unsigned] == ["report"]  # the board's key has a year
    assert as_the_front_sees_it(begun, NOW) == first
    done = offline.take_in(begun, offline.answer(asked, ROOT), now=NOW)
    assert as_the_front_sees_it(begun, NOW) == done.certificate != first
    assert open_sealed(envelope, Keyring(begun.keys), site=SITE) == b"told"
    assert not begun.root.exists()
    kept = [path.read_bytes() for path in begun.keys.parent.rglob("*") if path.is_file()]
    assert ROOT.seed not in b"".join(kept)


def test_old_keys_are_destroyed_as_by_a_root_at_hand(begun: Places) -> None:
    envelope = told(begun, NOW)
    spool = Spool(begun.spool)
    spool.remove(spool.waiting()[0])
    done = offline.take_in(begun, offline.answer(offline.ask(begun, site=SITE, now=LATER, days=7), ROOT), now=LATER)
    assert len(done.forgotten) == 1
    with pytest.raises(EpochUnknown):
        open_sealed(envelope, Keyring(begun.keys), site=SITE)


def test_an_old_board_key_is_renewed_by_the_same_request(begun: Places) -> None:
    much_later = NOW + timedelta(days=800)
    asked = offline.ask(begun, site=SITE, now=much_later, days=7)
    assert [each.purpose for each in asked.unsigned] == ["report", "board"]
    offline.take_in(begun, offline.answer(asked, ROOT), now=much_later)
    assert as_the_front_sees_it(begun, much_later)


def test_an_answer_to_another_request_or_twice_is_refused_and_changes_nothing(begun: Places) -> None:
    before = as_the_front_sees_it(begun, NOW)
    old = offline.answer(offline.ask(begun, site=SITE, now=NOW, days=7), ROOT)
    new = offline.answer(offline.ask(begun, site=SITE, now=NOW, days=7), ROOT)
    with pytest.raises(offline.AnswerForeign, match="Nothing was changed"):
        offline.take_in(begun, old, now=NOW)
    assert as_the_front_sees_it(begun, NOW) == before
    offline.take_in(begun, new, now=NOW)
    with pytest.raises(offline.AnswerForeign):
        offline.take_in(begun, new, now=NOW)


def test_what_our_root_did_not_sign_for_this_site_and_today_is_refused(begun: Places) -> None:
    asked = offline.ask(begun, site=SITE, now=NOW, days=7)
    with pytest.raises(CertificateNotSigned):
        offline.take_in(begun, offline.answer(asked, Root.make()), now=NOW)
    elsewhere = offline.Request(tuple(replace(each, site="elsewhere") for each in asked.unsigned))
    with pytest.raises(CertificateForeign):
        offline.take_in(begun, offline.answer(elsewhere, ROOT), now=NOW)
    with pytest.raises(CertificateNotYet):
        offline.take_in(begun, offline.answer(asked, ROOT), now=NOW - timedelta(days=2))
    offline.take_in(begun, offline.answer(asked, ROOT), now=NOW)


DAMAGES = [b"", b"[]", b"{}", b"7", b"\xff", b"[" * 10**6, b'{"layout":"lastpiece/request/1"}']


@pytest.mark.parametrize("damage", DAMAGES, ids=range(len(DAMAGES)))
def test_files_that_are_neither_request_nor_answer_are_refused_in_words(begun: Places, damage: bytes) -> None:
    with pytest.raises(offline.RequestDamaged, match="keys rotate --request"):
        offline.Request.decode(damage)
    offline.ask(begun, site=SITE, now=NOW, days=7)
    with pytest.raises(offline.AnswerDamaged, match="keys epoch"):
        offline.take_in(begun, damage, now=NOW)


def test_a_root_signs_no_endless_foreign_or_shapeless_key(begun: Places) -> None:
    (good,) = offline.ask(begun, site=SITE, now=NOW, days=7).unsigned
    for wrong in (
        (replace(good, not_after=NOW + timedelta(days=3650)),),
        (replace(good, not_after=good.not_before),),
        (replace(good, public_key=b"short"),),
        (replace(good, purpose="root"),),  # type: ignore[arg-type]  # a file may say anything
        (good, replace(good, site="elsewhere")),
        (),
    ):
        with pytest.raises(offline.RequestDamaged):
            offline.Request.decode(offline.Request(wrong).encode())


def test_beginning_never_overwrites_keys_and_never_changes_a_fronts_root(begun: Places) -> None:
    with pytest.raises(KeysExist):
        offline.begin(begun, ROOT.public, site=SITE, now=NOW, days=7)
    begun.keys.rename(begun.keys.with_name("old"))
    with pytest.raises(RootDiffers):
        offline.begin(begun, Root.make().public, site=SITE, now=NOW, days=7)
    assert not begun.keys.exists()


def test_a_request_holds_no_private_key_and_its_signature_is_made_anew(begun: Places) -> None:
    asked = offline.ask(begun, site=SITE, now=NOW, days=7)
    private = Keyring(begun.keys).pending()["report"]
    assert private.encode() not in asked.encode()
    (unsigned,) = asked.unsigned
    assert certify(ROOT, unsigned) == certify(ROOT, replace(unsigned, signature=b"anything"))
