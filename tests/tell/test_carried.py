"""A carried file: every whole envelope is stored, every damaged one is named, whatever is cut, flipped or inserted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.tell.carried import HandIn, NotCarried, pack
from lastpiece.tell.certificate import Certificate, EpochKey, Root, issue
from lastpiece.tell.sealing import seal

ROOT, KEY, OTHER = Root.make(), EpochKey.make(), EpochKey.make()
START = datetime(2020, 1, 6, tzinfo=UTC)
AFTER = START + timedelta(days=30)
"""The week is over by then: what was captured in it is taken all the same."""


def certificate(key: EpochKey = KEY, site: str = "nenshire") -> Certificate:
    return issue(ROOT, key, site=site, not_before=START, not_after=START + timedelta(days=7))


ENVELOPES = [seal(bytes([number]) * (100 + 5000 * (number % 2)), certificate(), site="nenshire") for number in range(4)]
FILE = pack(certificate(), ENVELOPES)


class Kept:
    """A box that only remembers."""

    def __init__(self) -> None:
        self.envelopes: list[bytes] = []

    def put(self, envelope: bytes) -> str:
        self.envelopes.append(envelope)
        return ""


def handed(content: bytes, part: int = 64 * 1024) -> tuple[list[bytes], HandIn]:
    kept = Kept()
    hand_in = HandIn(kept, ROOT.public, "nenshire", AFTER)
    for at in range(0, len(content), part):
        hand_in.add(content[at : at + part])
    hand_in.end()
    assert hand_in.stored == len(kept.envelopes)
    return kept.envelopes, hand_in


@pytest.mark.parametrize("part", [1000, 64 * 1024, 10_000_000])
def test_every_envelope_is_stored_in_its_order(part: int) -> None:
    envelopes, hand_in = handed(FILE, part)
    assert envelopes == ENVELOPES
    assert hand_in.damaged == []


def test_a_large_file_is_read_a_part_at_a_time() -> None:
    large = seal(b"x" * 900_000, certificate(), site="nenshire")
    envelopes, hand_in = handed(pack(certificate(), [large, ENVELOPES[0], large, ENVELOPES[1]]), 4096)
    assert envelopes == [large, ENVELOPES[0], large, ENVELOPES[1]]
    assert hand_in.damaged == []


def test_a_file_without_reports_is_no_mistake() -> None:
    assert handed(pack(certificate(), []))[0] == []


HEAD = len(pack(certificate(), []))


@given(at=st.integers(HEAD, len(FILE) - 1), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_one_flipped_bit_costs_one_envelope_and_names_it(at: int, bit: int) -> None:
    spoiled = bytearray(FILE)
    spoiled[at] ^= 1 << bit
    envelopes, hand_in = handed(bytes(spoiled), 4096)
    (lost,) = hand_in.damaged
    assert envelopes == [*ENVELOPES[: lost - 1], *ENVELOPES[lost:]]


@given(cut=st.integers(HEAD, len(FILE) - 1))
@settings(max_examples=40, deadline=None)
def test_a_file_that_was_cut_short_gives_what_is_whole(cut: int) -> None:
    envelopes, hand_in = handed(FILE[:cut])
    assert envelopes == ENVELOPES[: len(envelopes)]
    assert len(hand_in.damaged) <= 1


@given(junk=st.binary(min_size=1, max_size=3000), at=st.integers(HEAD, len(FILE)))
@settings(max_examples=40, deadline=None)
def test_junk_in_between_costs_at_most_what_it_lies_in(junk: bytes, at: int) -> None:
    envelopes, hand_in = handed(FILE[:at] + junk + FILE[at:])
    assert len(envelopes) >= len(ENVELOPES) - 1
    assert hand_in.damaged


def test_an_envelope_for_another_key_is_damaged_not_stored() -> None:
    foreign = seal(b"{}", certificate(OTHER), site="nenshire")
    envelopes, hand_in = handed(pack(certificate(), [ENVELOPES[0], foreign, ENVELOPES[1]]))
    assert envelopes == ENVELOPES[:2]
    assert hand_in.damaged == [2]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"LP",
        b"PK\x03\x04" * 9,
        FILE[:40],
        pack(certificate(site="elsewhere"), ENVELOPES),
        b"LPCARRY\x01\xff\xff\xff\xff",
    ],
)
def test_what_is_no_such_file_or_another_sites_is_refused_whole(content: bytes) -> None:
    with pytest.raises(NotCarried):
        handed(content)


def test_a_file_whose_certificate_another_root_signed_is_refused() -> None:
    stranger = issue(Root.make(), KEY, site="nenshire", not_before=START, not_after=START + timedelta(days=7))
    with pytest.raises(NotCarried):
        handed(pack(stranger, ENVELOPES))


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_it(content: bytes) -> None:
    for start in (b"", FILE[:HEAD]):
        try:
            handed(start + content, 7)
        except NotCarried:
            assert not start
