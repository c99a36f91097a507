"""The mail is parted by the first bits of a mailbox's id: dozens share a file, and each stays in its own."""

import secrets
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.tell import hybrid
from lastpiece.tell.mail import LAYOUT, MOST_BITS, MailLayout, bits_for, document_of, is_mail, make_mail, read_mail
from lastpiece.tell.mailbox import SLOT_BYTES, BatchDamaged, ReplyForStranger, open_mailbox, seal_replies
from lastpiece.tell.report import MailboxAddress
from lastpiece.tell.words import words_from

DAY = date(2026, 11, 20)
BOX = open_mailbox(words_from(bytes(32)))
OTHER = open_mailbox(words_from(bytes([1]) * 32))
KEY = hybrid.PrivateKey(bytes([7]) * 32).public()
SMALLEST_FILE = 28 + 64 * SLOT_BYTES


def strangers(count: int) -> list[MailboxAddress]:
    return [MailboxAddress(secrets.token_bytes(16), KEY) for _ in range(count)]


@pytest.mark.parametrize("bits", [0, 1, 3, 5])
def test_a_thread_is_read_from_the_one_file_its_id_chooses(bits: int) -> None:
    layout = MailLayout(bits, DAY)
    replies = {BOX.id: seal_replies(("new", "old"), BOX.address)}
    mail = make_mail(replies, [BOX.address, OTHER.address, *strangers(100)], layout)
    assert read_mail(mail, BOX) == ("new", "old")
    assert read_mail(mail, OTHER) == ()
    own = document_of(layout.bucket_of(BOX.id))
    assert read_mail({LAYOUT: mail[LAYOUT], own: mail[own]}, BOX) == ("new", "old")


def test_every_file_is_there_and_holds_64_slots_at_least() -> None:
    mail = make_mail({}, strangers(20), MailLayout(3, DAY))
    assert sorted(mail) == [*(f"mail-{number}.bin" for number in range(8)), "mail.json"]
    assert {len(content) for name, content in mail.items() if name != LAYOUT} == {SMALLEST_FILE}
    assert all(map(is_mail, mail))
    assert is_mail("mail-2026-11-20.bin")
    assert not is_mail("public.json")


def test_a_mailbox_with_mail_and_the_same_without_leave_files_of_the_same_sizes() -> None:
    boxes = [BOX.address, *strangers(200)]
    layout = MailLayout(bits_for(len(boxes)), DAY)
    full = make_mail({BOX.id: seal_replies(("seen",), BOX.address)}, boxes, layout)
    empty = make_mail({}, boxes, layout)
    assert {name: len(content) for name, content in full.items()} == {
        name: len(content) for name, content in empty.items()
    }


@given(mailboxes=st.integers(0, 10**6), before=st.integers(-3, 40))
def test_files_are_neither_lonely_nor_huge(mailboxes: int, before: int) -> None:
    bits = bits_for(mailboxes, before)
    assert 0 <= bits <= MOST_BITS
    assert bits == 0 or mailboxes >= 48 << bits
    assert bits == MOST_BITS or mailboxes < 128 << bits


@given(mailboxes=st.integers(200, 10**5), change=st.integers(-10, 10))
def test_a_mailbox_more_or_less_never_parts_the_mail_to_and_fro(mailboxes: int, change: int) -> None:
    bits = bits_for(mailboxes, bits_for(mailboxes))
    there = bits_for(mailboxes + change, bits)
    assert bits_for(mailboxes, there) == there


@given(mailbox=st.binary(min_size=16, max_size=16), bits=st.integers(0, MOST_BITS))
def test_a_buckets_name_is_the_first_bits_of_the_id_in_hexadecimal(mailbox: bytes, bits: int) -> None:
    layout = MailLayout(bits, DAY)
    name = layout.bucket_of(mailbox)
    assert name in layout.buckets
    assert len(layout.buckets) == 1 << bits == len(set(layout.buckets))
    first = "".join(f"{byte:08b}" for byte in mailbox)[:bits]
    assert int(name, 16) == int(first or "0", 2)


def test_no_mail_yet_is_no_message_but_a_missing_file_is_damage() -> None:
    mail = make_mail({}, [BOX.address], MailLayout(1, DAY))
    assert read_mail({}, BOX) == ()
    with pytest.raises(BatchDamaged):
        read_mail({LAYOUT: mail[LAYOUT]}, BOX)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"[]",
        b"7",
        b'{"bits":1}',
        b'{"bits":true,"day":"2026-11-20"}',
        b'{"bits":13,"day":"2026-11-20"}',
        b"[" * 9**5,
    ],
)
def test_a_damaged_layout_is_said_to_be_damaged(damage: bytes) -> None:
    with pytest.raises(BatchDamaged):
        MailLayout.decode(damage)


def test_a_layout_comes_back_as_it_was_written() -> None:
    layout = MailLayout(5, DAY)
    assert MailLayout.decode(layout.encode()) == layout
    assert replace(layout, bits=0).encode() == b'{"bits":0,"day":"2026-11-20"}'


def test_a_reply_to_nobody_on_the_list_is_refused() -> None:
    with pytest.raises(ReplyForStranger):
        make_mail({OTHER.id: seal_replies((), OTHER.address)}, [BOX.address], MailLayout(2, DAY))
