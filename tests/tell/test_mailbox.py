"""Seven words open one mailbox; a batch says nothing to anybody else."""

from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lastpiece.tell.hybrid import PrivateKey
from lastpiece.tell.mailbox import (
    SEALED_REPLY_BYTES,
    SLOT_BYTES,
    SLOTS_STEP,
    BatchDamaged,
    Mailbox,
    ReplyForStranger,
    ReplyTooLong,
    make_batch,
    open_mailbox,
    read_batch,
    seal_replies,
    seal_reply,
)
from lastpiece.tell.report import MailboxAddress
from lastpiece.tell.words import WORDS, WordsWrong, words_from

REPLY = "Your piece helped. Thank you."
BOXES = [open_mailbox(words_from(bytes([number]) * 32)) for number in range(5)]
ADDRESSES = [box.address for box in BOXES]
FIRST, SECOND, STRANGER = BOXES[0], BOXES[1], open_mailbox(WORDS[:7])
BATCH = make_batch({FIRST.id: seal_reply(REPLY, FIRST.address)}, ADDRESSES)


def test_words_open_the_same_mailbox_every_time_and_no_other() -> None:
    assert open_mailbox(words_from(bytes(32))) == FIRST
    assert len({box.id for box in BOXES}) == len(BOXES)


def test_the_order_of_words_matters() -> None:
    assert open_mailbox(words_from(bytes(32))[::-1]) != FIRST


def test_words_that_are_not_ours_open_nothing() -> None:
    with pytest.raises(WordsWrong):
        open_mailbox(("one", "two"))


def test_mail_is_read_with_the_right_words_only() -> None:
    assert read_batch(BATCH, FIRST) == (REPLY,)
    assert [read_batch(BATCH, box) for box in [*BOXES[1:], STRANGER]] == [()] * 5


@given(texts=st.lists(st.text(max_size=200), max_size=3))
@settings(max_examples=50, deadline=None)
def test_several_replies_of_a_day_come_in_order_and_one_size(texts: list[str]) -> None:
    sealed = seal_replies(texts, FIRST.address)
    assert len(sealed) == SEALED_REPLY_BYTES
    assert read_batch(make_batch({FIRST.id: sealed}, [FIRST.address]), FIRST) == tuple(texts)


def test_a_reply_too_long_is_refused_in_words() -> None:
    seal_reply("x" * 2042, FIRST.address)
    with pytest.raises(ReplyTooLong, match="Shorten"):
        seal_reply("x" * 2043, FIRST.address)


def test_a_reply_to_nobody_on_the_list_is_refused_and_not_dropped() -> None:
    with pytest.raises(ReplyForStranger):
        make_batch({STRANGER.id: seal_reply(REPLY, STRANGER.address)}, ADDRESSES)
    with pytest.raises(ReplyTooLong):
        make_batch({FIRST.id: b"not of the sealed size"}, ADDRESSES)


def test_a_reply_for_one_mailbox_put_into_anothers_slot_is_not_read() -> None:
    swapped = make_batch({SECOND.id: seal_reply(REPLY, FIRST.address)}, ADDRESSES)
    assert read_batch(swapped, SECOND) == ()


@pytest.mark.parametrize(("count", "slots"), [(0, 64), (1, 64), (64, 64), (65, 128)])
def test_a_batchs_size_says_only_how_many_mailboxes_in_steps(count: int, slots: int) -> None:
    addresses = [MailboxAddress(number.to_bytes(16), FIRST.address.reply_public_key) for number in range(count)]
    batch = make_batch({}, addresses)
    assert SLOTS_STEP == 64
    assert len(batch) == len(make_batch({}, [])) + (slots - 64) * SLOT_BYTES
    assert read_batch(batch, FIRST) == ()


@pytest.mark.parametrize("key", [b"", bytes(1216), b"\xff" * 1216])
def test_one_mailbox_whose_key_is_none_does_not_hold_up_the_mail_of_the_others(key: bytes) -> None:
    words = words_from(bytes(32))
    box = open_mailbox(words)
    batch = make_batch({box.id: seal_reply("seen", box.address)}, [MailboxAddress(b"x" * 16, key), box.address])
    assert read_batch(batch, box) == ("seen",)


def test_two_batches_share_no_tag_so_nobody_can_be_followed() -> None:
    def tags(batch: bytes) -> set[bytes]:
        return {batch[start : start + 16] for start in range(28, len(batch), SLOT_BYTES)}

    again = make_batch({}, ADDRESSES)
    assert len(tags(BATCH)) == 64
    assert not tags(BATCH) & tags(again)
    assert not any(box.id in BATCH for box in BOXES)


def test_a_full_slot_an_empty_one_and_a_filling_look_alike() -> None:
    """Each byte's mean over the slots is that of random bytes: no slot holds a run that another lacks."""
    slots = [BATCH[start + 16 : start + SLOT_BYTES] for start in range(28, len(BATCH), SLOT_BYTES)]
    assert {len(slot) for slot in slots} == {SEALED_REPLY_BYTES}
    assert all(110 < mean(slot) < 145 for slot in slots)


def test_mail_no_mail_and_wrong_words_take_the_same_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    opened = PrivateKey.open

    def counted(key: PrivateKey, sealed: bytes, info: bytes) -> bytes:
        tried.append(len(sealed))
        return opened(key, sealed, info)

    monkeypatch.setattr(PrivateKey, "open", counted)
    for box in (FIRST, SECOND, STRANGER):
        read_batch(BATCH, box)
    assert tried == [SEALED_REPLY_BYTES] * 3


@pytest.mark.parametrize(
    "damage",
    [b"", BATCH[:-1], BATCH + b"x", b"X" + BATCH[1:], BATCH[:28]],
    ids=["empty", "short", "long", "foreign", "head only"],
)
def test_a_batch_cut_short_or_foreign_is_damaged(damage: bytes) -> None:
    with pytest.raises(BatchDamaged):
        read_batch(damage, FIRST)


@given(at=st.integers(28, len(BATCH) - 1), bit=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_a_flipped_bit_never_gives_another_text(at: int, bit: int) -> None:
    altered = bytearray(BATCH)
    altered[at] ^= 1 << bit
    assert read_batch(bytes(altered), FIRST) in ((REPLY,), ())


def test_a_mailbox_shows_nothing_of_itself() -> None:
    assert repr(FIRST) == "Mailbox()"
    assert isinstance(FIRST, Mailbox)
