"""The browser's sealing and Python's are one: same words, same bytes, and each opens what the other sealed."""

import base64
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.browser_sealing import WORDS, Refused, ask, ask_one

from lastpiece.site.front.forms.telling import clean
from lastpiece.tell import hybrid, sealing
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.certificate import EpochKey, Root, issue, key_id
from lastpiece.tell.chunk import LONGEST_CONTENT
from lastpiece.tell.mail import MOST_BITS, MailLayout
from lastpiece.tell.mailbox import make_batch, open_mailbox, seal_replies
from lastpiece.tell.report import ANSWERS, Report
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.words import WORDS as LIST
from lastpiece.tell.words import WordsWrong, parse_words, words_from

SEEDS = [bytes(32), bytes([255]) * 32, *(secrets.token_bytes(32) for _ in range(6))]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def listed() -> list[str]:
    return WORDS.read_text().split()


def test_a_seed_gives_the_same_words_in_both() -> None:
    drawn = ask(*(["secrets", "wordsFrom", seed, listed()] for seed in SEEDS))
    assert [tuple(words) for words in drawn] == [words_from(seed) for seed in SEEDS]


def test_words_give_the_same_mailbox_in_both() -> None:
    for seed in SEEDS[:3]:
        words = words_from(seed)
        here, there = open_mailbox(words), ask_one("secrets", "openMailbox", list(words))
        assert there["id"] == here.id
        assert there["publicKey"] == here.address.reply_public_key
        assert there["seed"] == here.private.seed


@pytest.mark.parametrize("bits", [-1, 13, 128, 1.5, None])
def test_a_front_that_asks_for_more_bits_of_a_mailbox_than_mail_is_parted_by_gets_none(bits: object) -> None:
    with pytest.raises(Refused, match="NotTaken"):
        ask_one("mail", "bucketOf", bytes(range(16)), bits)


def test_the_most_bits_are_pythons() -> None:
    assert ask_one("mail", "bucketOf", b"\xff" * 16, MOST_BITS) == MailLayout(MOST_BITS, NOW.date()).bucket_of(
        b"\xff" * 16
    )


def test_a_damaged_file_of_mail_is_no_reason_to_send_the_words() -> None:
    with pytest.raises(Refused, match="NotTaken"):
        ask_one("mail", "readBatch", b"rubbish", {"id": bytes(16), "seed": bytes(32)})


@given(typed=st.one_of(st.text(max_size=80), st.lists(st.sampled_from(LIST), min_size=5, max_size=9).map(" ,".join)))
@settings(max_examples=15, deadline=None)
def test_typed_words_are_understood_alike(typed: str) -> None:
    spoiled = typed.encode("utf-8", "replace").decode()
    for text in (spoiled, spoiled.upper()):
        try:
            here: list[str] | None = list(parse_words(text))
        except WordsWrong:
            here = None
        assert ask_one("secrets", "parseWords", text, listed()) == here


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(
    raw=TEXTS, answers=st.dictionaries(st.sampled_from(ANSWERS), TEXTS.filter(bool), max_size=9), place=st.booleans()
)
@settings(max_examples=25, deadline=None)
def test_a_report_has_the_same_bytes_and_the_same_nonce_in_both(raw: str, answers: dict[str, str], place: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    assert ask_one("report", "clean", raw) == clean(raw)
    ordered = {key: answers[key] for key in ANSWERS if key in answers}
    box = open_mailbox(words_from(SEEDS[0])).address
    file = Attachment(b"i" * 16, raw[:100], LONGEST_CONTENT + 1, b"d" * 32, 2, use_place=place)
    report = Report(
        nonce=import_nonce(SEEDS[0], ordered, [file]),
        kind="report",
        channel="online",
        form_version="tell-2",
        answers=ordered,
        mailbox=box,
        told_on=date(2026, 11, 20),
        language="cy",
        attachments=(file,),
    )
    there = {"id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256, "chunks": 2, "usePlace": place}
    in_order, nonce = ask(
        ["report", "inOrder", answers],
        ["secrets", "importNonce", SEEDS[0], answers, [there]],
    )
    assert list(in_order.items()) == list(ordered.items())
    assert nonce == report.nonce
    body = {
        "nonce": nonce,
        "kind": "report",
        "channel": "online",
        "formVersion": "tell-2",
        "toldOn": "2026-11-20",
        "language": "cy",
        "answers": in_order,
        "attachments": [there],
        "mailbox": {"id": box.id, "publicKey": box.reply_public_key},
    }
    assert ask_one("report", "encodeReport", body) == report.encode()
    assert Report.decode(report.encode()) == report


@pytest.mark.parametrize("length", [0, 1, 4092, 4093, 16380, 200_000, 1024 * 1024 - 4])
def test_python_opens_what_the_browser_sealed_and_its_size_is_one_of_five(length: int) -> None:
    key, plain = EpochKey.make(), b"x" * length
    envelope = ask_one("envelope", "sealEnvelope", plain, key.public, "nenshire")
    assert len(envelope) in sealing.ENVELOPE_SIZES
    assert sealing.epoch_of(envelope) == key_id(key.public)
    info = sealing.binding("nenshire", key_id(key.public))
    assert key.private.open(envelope[sealing.HEADER_BYTES :], info) == sealing.padded(plain)
    with pytest.raises(hybrid.NotForThisKey):
        key.private.open(envelope[sealing.HEADER_BYTES :], sealing.binding("elsewhere", key_id(key.public)))


def test_what_fits_no_envelope_is_refused_in_both() -> None:
    with pytest.raises(Refused, match="TooLong"):
        ask_one("envelope", "sealEnvelope", b"x" * (1024 * 1024 - 3), EpochKey.make().public, "nenshire")


def test_the_browser_opens_what_python_sealed_and_nothing_that_was_altered() -> None:
    private = hybrid.PrivateKey(secrets.token_bytes(32))
    sealed = hybrid.seal_to(private.public(), b"a note", b"label")
    cut, flipped = sealed[:-1], bytes([sealed[0] ^ 1]) + sealed[1:]
    public, opened, *refused = ask(
        ["hybrid", "publicOf", private.seed],
        ["hybrid", "openSealed", private.seed, sealed, b"label"],
        ["hybrid", "openSealed", private.seed, sealed, b"other"],
        ["hybrid", "openSealed", private.seed, cut, b"label"],
        ["hybrid", "openSealed", private.seed, flipped, b"label"],
    )
    assert public == private.public()
    assert opened == b"a note"
    assert all(isinstance(answer, Refused) for answer in refused)


def test_nothing_is_sealed_to_a_key_that_is_none() -> None:
    low = EpochKey.make().public[: hybrid.MLKEM_PUBLIC_BYTES] + bytes(32)
    for wrong in (b"", bytes(1215), low):
        with pytest.raises(Refused):
            ask_one("hybrid", "sealTo", wrong, b"x", b"")


def test_the_browser_finds_its_slot_in_the_days_mail_and_no_others() -> None:
    boxes = [open_mailbox(words_from(bytes([number]) * 32)) for number in range(3)]
    mine, empty, stranger = boxes
    texts = ("Newest ✉", "Older")
    replies = {mine.id: seal_replies(texts, mine.address)}
    batch = make_batch(replies, [mine.address, empty.address])
    mailboxes = [{"id": box.id, "seed": box.private.seed} for box in boxes]
    read = ask(
        *(["mail", "readBatch", batch, box] for box in mailboxes), ["mail", "readBatch", batch[:-1], mailboxes[0]]
    )
    assert read[:3] == [list(texts), [], []]
    assert isinstance(read[3], Refused)
    del stranger


@pytest.mark.parametrize("bits", [0, 1, 3, 4, 7, 8, 12])
def test_both_name_the_same_bucket(bits: int) -> None:
    layout = MailLayout(bits, date(2026, 11, 20))
    ids = [secrets.token_bytes(16) for _ in range(5)] + [bytes(16), bytes([255]) * 16]
    assert ask(*(["mail", "bucketOf", one, bits] for one in ids)) == [layout.bucket_of(one) for one in ids]


def served(root: Root, key: EpochKey, *, site: str = "nenshire", start: datetime = NOW) -> dict[str, object]:
    certificate = issue(root, key, site=site, not_before=start, not_after=start + timedelta(days=7))
    return {"certificate": certificate.to_json(), "root": _text(root.public), "site": "nenshire"}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize(
    ("spoil", "after", "why"),
    [
        ("", timedelta(days=1), ""),
        ("", timedelta(days=7), "days"),
        ("", -timedelta(seconds=1), "days"),
        ("site", timedelta(days=1), "site"),
        ("root", timedelta(days=1), "signature"),
        ("body", timedelta(days=1), "signature"),
    ],
)
def test_a_key_is_used_only_if_the_root_signed_it_for_this_site_and_day(spoil: str, after: timedelta, why: str) -> None:
    root, key = Root.make(), EpochKey.make()
    values = served(root, key, site="elsewhere" if spoil == "site" else "nenshire")
    if spoil == "root":
        values["root"] = _text(Root.make().public)
    if spoil == "body":
        certificate = values["certificate"]
        assert isinstance(certificate, dict)
        certificate["body"] = certificate["body"].replace("2026-11-27", "2036-11-27")
    call = ("certificate", "checkedKey", values, {"time": (NOW + after).isoformat()})
    if not why:
        assert ask_one(*call) == key.public
        return
    with pytest.raises(Refused, match=why):
        ask_one(*call)
