"""What is sealed opens with the key, whole, at its site, for its epoch; in every other case it does not open at all."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.sealing_keys import CERTIFICATE, EPOCH, NOW, ROOT, SITE, board_signer, keyring

from lastpiece.tell.certificate import CertificateForeign, EpochKey, Root, issue
from lastpiece.tell.hybrid import OVERHEAD_BYTES, KeyWrong, NotForThisKey, PrivateKey, public_key, seal_to
from lastpiece.tell.opening import EnvelopeDamaged, EpochUnknown, Keyring, KeysDamaged, KeysMissing, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import BUCKETS, ENVELOPE_SIZES, HEADER_BYTES, LARGEST, ReportTooLong, seal
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.spool import Spool

TOLD = b"A grey van comes to the blue door at night."
ENVELOPE = seal(TOLD, CERTIFICATE, site=SITE)


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return keyring(tmp_path_factory.mktemp("desk") / "keys")


@given(plain=st.binary(max_size=70_000))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_opens_as_it_was(ring: Keyring, plain: bytes) -> None:
    assert open_sealed(seal(plain, CERTIFICATE, site=SITE), ring, site=SITE) == plain


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_size_says_only_which_bucket(ring: Keyring, bucket: int) -> None:
    fullest = seal(b"x" * (bucket - 4), CERTIFICATE, site=SITE)
    assert len(fullest) == HEADER_BYTES + OVERHEAD_BYTES + bucket
    assert open_sealed(fullest, ring, site=SITE) == b"x" * (bucket - 4)
    if bucket != BUCKETS[-1]:
        assert len(seal(b"x" * (bucket - 3), CERTIFICATE, site=SITE)) > len(fullest)


def test_over_a_mebibyte_is_refused_in_words() -> None:
    with pytest.raises(ReportTooLong, match="in parts"):
        seal(b"x" * BUCKETS[-1], CERTIFICATE, site=SITE)


def test_the_same_text_never_seals_to_the_same_bytes() -> None:
    assert seal(TOLD, CERTIFICATE, site=SITE) != ENVELOPE


def test_no_word_of_what_was_told_is_in_the_envelope() -> None:
    assert not any(word in ENVELOPE for word in TOLD.split() if len(word) > 3)


@given(at=st.integers(0, len(ENVELOPE) - 1), bit=st.integers(0, 7))
@settings(max_examples=300, deadline=None)
def test_one_flipped_bit_anywhere_and_nothing_opens(ring: Keyring, at: int, bit: int) -> None:
    altered = bytearray(ENVELOPE)
    altered[at] ^= 1 << bit
    with pytest.raises((EnvelopeDamaged, EpochUnknown)):
        open_sealed(bytes(altered), ring, site=SITE)


@given(length=st.integers(0, len(ENVELOPE) - 1))
@settings(max_examples=100, deadline=None)
def test_an_envelope_cut_short_does_not_open(ring: Keyring, length: int) -> None:
    with pytest.raises(EnvelopeDamaged):
        open_sealed(ENVELOPE[:length], ring, site=SITE)


@given(junk=st.binary(max_size=200) | st.sampled_from(sorted(ENVELOPE_SIZES)[:2]).map(lambda size: b"\xff" * size))
@settings(max_examples=100, deadline=None)
def test_junk_does_not_open_and_does_not_crash(ring: Keyring, junk: bytes) -> None:
    for blob in (junk, b"LPSE\x01" + junk, ENVELOPE + junk + b"x", b"LPSE\x01" + EPOCH.public[:16] + junk):
        with pytest.raises((EnvelopeDamaged, EpochUnknown)):
            open_sealed(blob, ring, site=SITE)


def test_a_file_larger_than_any_envelope_is_damaged(ring: Keyring) -> None:
    with pytest.raises(EnvelopeDamaged):
        open_sealed(ENVELOPE[:HEADER_BYTES] + bytes(LARGEST), ring, site=SITE)


def test_a_replayed_envelope_is_the_same_report_by_its_nonce(ring: Keyring, tmp_path: Path) -> None:
    seed = bytes(32)
    answers = {"what": "told once"}
    report = Report(import_nonce(seed, answers), "report", "online", "tell-1", answers, None, NOW.date())
    spool, envelope = Spool(tmp_path), seal(report.encode(), CERTIFICATE, site=SITE)
    names = [spool.put(envelope), spool.put(envelope), spool.put(seal(report.encode(), CERTIFICATE, site=SITE))]
    opened = {Report.decode(open_sealed(spool.read(name), ring, site=SITE)).nonce for name in names}
    assert opened == {import_nonce(seed, answers)}


def test_another_sites_envelope_does_not_open(ring: Keyring) -> None:
    elsewhere = issue(ROOT, EPOCH, site="sedgeshire", not_before=NOW, not_after=NOW + timedelta(days=1))
    with pytest.raises(EnvelopeDamaged):
        open_sealed(seal(TOLD, elsewhere, site="sedgeshire"), ring, site=SITE)
    with pytest.raises(CertificateForeign):
        seal(TOLD, elsewhere, site=SITE)
    with pytest.raises(CertificateForeign):
        seal(TOLD, board_signer().certificate, site=SITE)


def test_an_envelope_whose_epoch_was_swapped_does_not_open(ring: Keyring) -> None:
    other = EpochKey.make()
    certificate = issue(ROOT, other, site=SITE, not_before=NOW, not_after=NOW + timedelta(days=1))
    ring.add_epoch(other, certificate)
    swapped = ENVELOPE[:5] + certificate.id + ENVELOPE[HEADER_BYTES:]
    with pytest.raises(EnvelopeDamaged):
        open_sealed(swapped, ring, site=SITE)


def test_a_destroyed_epoch_key_opens_nothing_again(tmp_path: Path) -> None:
    ring = keyring(tmp_path / "keys")
    ring.forget_epoch(CERTIFICATE.id)
    with pytest.raises(EpochUnknown, match=CERTIFICATE.id.hex()):
        open_sealed(ENVELOPE, ring, site=SITE)


def test_a_missing_or_damaged_key_file_is_named_and_is_not_the_envelopes_fault(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match="keys make"):
        Keyring(tmp_path / "none").signer()
    with pytest.raises(KeysMissing, match="keys make"):
        Keyring(tmp_path / "none").root_public()
    ring = keyring(tmp_path / "keys")
    for path in ring.folder.iterdir():
        path.write_bytes(b'{"private": "AAAA"}')
    for use in (ring.signer, ring.storage_key, ring.root_public, ring.epochs):
        with pytest.raises(KeysDamaged, match="damaged"):
            use()
    with pytest.raises(KeysDamaged):
        open_sealed(ENVELOPE, ring, site=SITE)


def test_a_private_key_under_another_keys_name_is_noticed(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    ring.add_epoch(EpochKey.make(), CERTIFICATE)
    with pytest.raises(KeysDamaged):
        ring.epochs()


def test_private_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    ring = keyring(tmp_path / "desk" / "keys")
    modes = {path.name.split("-")[0]: path.stat().st_mode & 0o777 for path in ring.folder.iterdir()}
    assert modes == {"epoch": 0o600, "board.json": 0o600, "storage.json": 0o600, "root.pub": 0o644}
    assert ring.folder.stat().st_mode & 0o777 == 0o700


def test_no_private_key_shows_itself(tmp_path: Path) -> None:
    ring = keyring(tmp_path / "keys")
    shown = repr((ring, ring.epochs(), ring.signer(), Root.make(), EPOCH, PrivateKey(b"k" * 32)))
    assert "seed" not in shown
    assert "kkkk" not in shown


def test_a_wrong_public_key_is_refused() -> None:
    for raw in (b"", b"x" * 1215, b"\xff" * 1216):
        with pytest.raises(KeyWrong):
            public_key(raw)
    with pytest.raises(KeyWrong):
        PrivateKey(b"short").public()
    with pytest.raises(KeyWrong):
        PrivateKey(b"short").open(b"", b"")


def test_our_keys_are_x_wing_keys() -> None:
    """First test vector of draft-connolly-cfrg-xwing-kem-08, appendix C: its seed and the head of its public key."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    assert (
        PrivateKey(seed).public().hex().startswith("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")
    )


def test_another_key_or_label_does_not_open() -> None:
    mine, other = PrivateKey(b"m" * 32), PrivateKey(b"o" * 32)
    sealed = seal_to(mine.public(), TOLD, b"label")
    assert mine.open(sealed, b"label") == TOLD
    for key, label in ((other, b"label"), (mine, b"another")):
        with pytest.raises(NotForThisKey):
            key.open(sealed, label)
