"""A report comes out of its bytes as it went in, and never shows what it says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.tell import hybrid
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.chunk import LONGEST_FILE, chunks_of
from lastpiece.tell.report import ANSWERS, MailboxAddress, Report, ReportDamaged
from lastpiece.tell.seed import SeedWrong, import_nonce, new_seed

SECRET = "my neighbour at the blue door"
KEYS = [hybrid.PrivateKey(bytes([number]) * 32).public() for number in range(4)]
ADDRESS = MailboxAddress(b"i" * 16, KEYS[0])
PHOTO = Attachment(b"f" * 16, "IMG-blue-door.jpg", 2_000_000, b"d" * 32, 2, use_place=True)
REPORT = Report(b"n" * 32, "report", "online", "1", {"what": SECRET}, ADDRESS, date(2026, 11, 20), attachments=(PHOTO,))

files = st.integers(1, LONGEST_FILE).flatmap(
    lambda size: st.builds(
        Attachment,
        id=st.binary(min_size=16, max_size=16),
        name=st.text(max_size=60),
        size=st.just(size),
        sha256=st.binary(min_size=32, max_size=32),
        chunks=st.just(chunks_of(size)),
        use_place=st.booleans(),
    )
)

reports = st.builds(
    Report,
    nonce=st.binary(min_size=32, max_size=32),
    kind=st.sampled_from(["report", "feedback", "message"]),
    channel=st.from_regex(r"\A[a-z0-9_.-]{1,20}\Z"),
    form_version=st.from_regex(r"\A[a-z0-9_.-]{1,10}\Z"),
    answers=st.dictionaries(st.sampled_from(ANSWERS), st.text(max_size=300)),
    mailbox=st.none() | st.builds(MailboxAddress, st.binary(min_size=16, max_size=16), st.sampled_from(KEYS)),
    told_on=st.dates(),
    language=st.sampled_from(["en", "cy", "pl", "ro", "ar", "zh-Hant-HK"]),
    attachments=st.lists(files, max_size=10, unique_by=lambda file: file.id).map(tuple),
)


@given(report=reports)
def test_a_report_decodes_as_it_was_encoded(report: Report) -> None:
    back = Report.decode(report.encode())
    assert back == report
    assert list(back.answers) == list(report.answers)


@given(junk=st.binary(max_size=300))
def test_bytes_that_are_no_report_are_damaged_and_never_crash(junk: bytes) -> None:
    with pytest.raises(ReportDamaged):
        Report.decode(junk)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"layout":2', '"layout":1'),
        ('"language":"en"', '"language":"e n"'),
        ('"language":"en"', '"language":7'),
        ('"language":"en"', '"tongue":"en"'),
        ('"attachments":[', '"attachments":{},"x":['),
        ('"attachments":[', '"attachments":[7,'),
        ('"size":2000000', '"size":0'),
        ('"size":2000000', '"size":true'),
        ('"size":2000000', '"size":20971521'),
        ('"chunks":2', '"chunks":3'),
        ('"use_place":true', '"use_place":1'),
        ('"name":"IMG', '"name":7,"x":"IMG'),
        ('"sha256":"', '"sha256":"AAAA","x":"'),
        ('"attachments":[{"id":"', '"attachments":[{"id":"AAAA","x":"'),
        ('"kind":"report"', '"kind":"order"'),
        ('"what":"', '"what":1,"x":"'),
        ('"channel":"online"', '"channel":null'),
        ('"told_on":"2026-11-20"', '"told_on":"yesterday"'),
        ('"answers":{', '"answers":[],"x":{'),
        ('"mailbox":{', '"mailbox":{"id":"AAAA","reply_public_key":"AAAA"},"x":{'),
        ('"nonce":"', '"nonce":"","x":"'),
        ('"nonce":"', '"nonce":"*'),
        ('"nonce":"bm5u', '"nonce":"'),
        ('"channel":"online"', '"channel":"\\ud800"'),
        ('"channel":"online"', '"channel":"on\\u0000line"'),
        ('"form_version":"1"', '"form_version":"\\udfff"'),
        ('"answers":{', '"answers":{"\\ud800":"x",'),
        ('"answers":{', '"answers":{"":"x",'),
    ],
)
def test_a_report_with_one_wrong_field_is_damaged_and_the_error_is_silent(old: str, new: str) -> None:
    altered = REPORT.encode().decode().replace(old, new, 1)
    assert altered != REPORT.encode().decode()
    with pytest.raises(ReportDamaged) as caught:
        Report.decode(altered.encode())
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("key", [b"", b"short", bytes(1216), b"\xff" * 1216, KEYS[0][:1184] + bytes(32)])
def test_a_mailbox_to_which_no_reply_can_be_sealed_is_damaged(key: bytes) -> None:
    told = replace(REPORT, mailbox=MailboxAddress(b"i" * 16, key))
    with pytest.raises(ReportDamaged):
        Report.decode(told.encode())


def test_ten_files_may_belong_to_a_report_and_no_two_share_an_id() -> None:
    ten = tuple(replace(PHOTO, id=bytes([number]) * 16) for number in range(10))
    assert Report.decode(replace(REPORT, attachments=ten).encode()).attachments == ten
    for wrong in ((*ten, replace(PHOTO, id=b"y" * 16)), (PHOTO, PHOTO)):
        with pytest.raises(ReportDamaged):
            Report.decode(replace(REPORT, attachments=wrong).encode())


def test_a_wish_to_close_a_mailbox_names_the_mailbox() -> None:
    wish = replace(REPORT, kind="close", answers={}, attachments=())
    assert Report.decode(wish.encode()) == wish
    with pytest.raises(ReportDamaged):
        Report.decode(replace(wish, mailbox=None).encode())


def test_the_bytes_are_those_that_a_browser_writes() -> None:
    told = Report(b"n" * 32, "report", "young", "2", {"what": 'a "van"\n– é'}, None, date(2026, 11, 20), language="cy")
    assert told.encode().decode() == (
        '{"layout":2,"nonce":"bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4=","kind":"report","channel":"young",'
        '"form_version":"2","told_on":"2026-11-20","language":"cy","answers":{"what":"a \\"van\\"\\n– é"},'
        '"attachments":[],"mailbox":null}'
    )


def test_half_characters_that_scripts_escape_become_question_marks() -> None:
    told = Report.decode(REPORT.encode().replace(SECRET.encode(), b"a \\ud83d van"))
    assert told.answers["what"] == "a ? van"


def test_deep_nesting_is_damaged_and_does_not_crash() -> None:
    with pytest.raises(ReportDamaged):
        Report.decode(b'{"layout":' + b"[" * 100_000)


def test_a_half_character_is_told_with_a_question_mark_and_not_lost() -> None:
    answers: Any = {"what": "a \ud83d van"}
    told = Report(b"n" * 32, "report", "online", "1", answers, None, date(2026, 11, 20))
    assert Report.decode(told.encode()).answers["what"] == "a ? van"


def test_a_report_never_shows_what_it_says_nor_whose_mailbox_it_names() -> None:
    shown = f"{REPORT} {REPORT!r} {ADDRESS} {PHOTO}"
    assert "blue-door" not in shown
    assert SECRET not in shown
    assert "iiii" not in shown
    assert "pppp" not in shown


def test_a_seed_gives_one_nonce_and_a_wrong_seed_is_refused_in_words() -> None:
    seed = new_seed()
    assert import_nonce(seed, {"what": "a van"}) == import_nonce(seed, {"what": "a van"})
    assert import_nonce(seed, {"what": "a van"}) != import_nonce(new_seed(), {"what": "a van"})
    with pytest.raises(SeedWrong, match="start of the form"):
        import_nonce(seed[:-1], {})


def test_other_words_from_the_same_page_are_another_report() -> None:
    seed = new_seed()
    assert import_nonce(seed, {"what": "a van"}) != import_nonce(seed, {"what": "a blue van"})
    assert import_nonce(seed, {"what": "a", "who": "b"}) == import_nonce(seed, {"who": "b", "what": "a"})
    assert import_nonce(seed, {"what": "a", "who": "b"}) != import_nonce(seed, {"what": "b", "who": "a"})


def test_another_photo_or_another_word_on_its_place_is_another_sending() -> None:
    seed = bytes(range(32))
    nonces = [
        import_nonce(seed, {"what": "x"}, files)
        for files in ((), (PHOTO,), (replace(PHOTO, use_place=False),), (PHOTO, replace(PHOTO, id=b"g" * 16)))
    ]
    assert len(set(nonces)) == 4
    assert nonces[0] == import_nonce(seed, {"what": "x"})
