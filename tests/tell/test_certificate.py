"""A key is trusted only with the root's signature, for its site and purpose, within its days."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.sealing_keys import CERTIFICATE, NOW, ROOT, SITE, board_signer

from lastpiece.tell.certificate import (
    Certificate,
    CertificateDamaged,
    CertificateExpired,
    CertificateForeign,
    CertificateMissing,
    CertificateNotSigned,
    CertificateNotYet,
    CertificateWrong,
    Root,
    fingerprint,
    verify,
)


def test_a_good_certificate_is_trusted_after_a_journey() -> None:
    assert verify(Certificate.decode(CERTIFICATE.encode()), ROOT.public, NOW, site=SITE) == CERTIFICATE


def test_the_last_moment_counts_and_the_end_does_not() -> None:
    last = CERTIFICATE.not_after - timedelta(microseconds=1)
    assert verify(CERTIFICATE, ROOT.public, last) == CERTIFICATE
    with pytest.raises(CertificateExpired, match="keys rotate"):
        verify(CERTIFICATE, ROOT.public, CERTIFICATE.not_after)


def test_a_certificate_is_not_trusted_before_its_days() -> None:
    with pytest.raises(CertificateNotYet, match="clock"):
        verify(CERTIFICATE, ROOT.public, CERTIFICATE.not_before - timedelta(seconds=1))


def test_another_roots_signature_is_none() -> None:
    with pytest.raises(CertificateNotSigned):
        verify(CERTIFICATE, Root.make().public, NOW)


@pytest.mark.parametrize(
    "altered",
    [
        replace(CERTIFICATE, site="sedgeshire"),
        replace(CERTIFICATE, purpose="board"),
        replace(CERTIFICATE, not_before=CERTIFICATE.not_before - timedelta(days=1)),
        replace(CERTIFICATE, not_after=CERTIFICATE.not_after + timedelta(days=365)),
        replace(CERTIFICATE, public_key=b"x" * 1216),
        replace(CERTIFICATE, signature=b""),
    ],
    ids=["site", "purpose", "not_before", "not_after", "public_key", "signature"],
)
def test_a_certificate_altered_in_any_field_is_not_signed(altered: Certificate) -> None:
    with pytest.raises(CertificateNotSigned):
        verify(altered, ROOT.public, NOW, site=SITE)


def test_a_key_for_another_site_or_purpose_is_foreign() -> None:
    with pytest.raises(CertificateForeign):
        verify(CERTIFICATE, ROOT.public, NOW, site="sedgeshire")
    with pytest.raises(CertificateForeign):
        verify(board_signer().certificate, ROOT.public, NOW)


def test_no_certificate_is_said_plainly() -> None:
    with pytest.raises(CertificateMissing, match="keys make"):
        Certificate.decode(None)


@given(junk=st.binary(max_size=100) | st.sampled_from([b"{}", b"[]", b'{"body":"{}"}', b'{"body":1,"signature":2}']))
def test_junk_is_damaged(junk: bytes) -> None:
    with pytest.raises(CertificateDamaged):
        Certificate.decode(junk)


@given(st.data())
def test_whatever_is_changed_in_the_file_it_is_not_trusted(data: st.DataObject) -> None:
    content = bytearray(CERTIFICATE.encode())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        certificate = Certificate.decode(bytes(content))
        verify(certificate, ROOT.public, NOW, site=SITE)
    except CertificateWrong:
        return
    assert certificate == CERTIFICATE  # only where JSON itself has two spellings of the same thing


def test_a_body_in_another_spelling_is_damaged() -> None:
    values = json.loads(CERTIFICATE.encode())
    values["body"] = values["body"].replace('","', '", "')
    with pytest.raises(CertificateDamaged):
        Certificate.from_json(values)


def test_a_fingerprint_reads_as_sixteen_groups_of_four() -> None:
    assert fingerprint(ROOT.public).replace(" ", "").isalnum()
    assert [len(group) for group in fingerprint(ROOT.public).split()] == [4] * 16


def test_the_root_shows_nothing_private() -> None:
    assert repr(ROOT) == "Root()"
