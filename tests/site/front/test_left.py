"""What a browser sends again after its visit was left is not answered, and nobody else's visit is touched."""

import re
import secrets

import pytest
from django.test import Client
from tests.factories.public_pages import public_pages
from tests.factories.sealed_front import Desk

from lastpiece.site.front import left
from lastpiece.tell.words import words_from

SECRET = "He keeps it under the stairs"
WORDS = " ".join(words_from(bytes(32)))
NAMED = re.compile(r'<input type="hidden" name="(seed|visit)" value="([0-9a-f]{64})">')
ASKED = {
    "a question": ("/tell", {"step": "what", "go": "next", "what": SECRET}),
    "in Arabic": ("/ar/tell", {"step": "what", "go": "next", "what": SECRET}),
    "checking": ("/tell", {"step": "contact", "go": "next", "what": SECRET}),
    "the seven words": ("/tell", {"step": "check", "go": "send", "what": SECRET}),
    "one page": ("/tell/one-page", {"go": "send", "what": ""}),
    "young": ("/young", {"step": "what", "go": "next", "what": SECRET}),
    "feedback": ("/feedback", {"feedback": ""}),
    "another language": ("/feedback", {"feedback": SECRET, "language": "cy"}),
}
IN_A_MAILBOX = {
    "opening": {"words": WORDS},
    "adding": {"words": WORDS, "go": "add", "message": SECRET, "seed": "ab" * 32},
    "asking to delete": {"words": WORDS, "go": "close"},
    "deleting": {"words": WORDS, "go": "close-now", "seed": "ab" * 32},
}


def empty(response: object) -> bool:
    content = getattr(response, "content", b"").decode()
    return "<main" not in content and SECRET not in content and not any(word in content for word in WORDS.split())


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("form", ["plain", "with files"])
def test_what_is_sent_again_after_leaving_is_led_away(visitor: Client, desk: Desk, asked: str, form: str) -> None:
    address, fields = ASKED[asked]
    sent = {**fields, "seed": secrets.token_hex(32)}
    kind = {} if form == "with files" else {"content_type": "application/x-www-form-urlencoded"}
    body = sent if form == "with files" else "&".join(f"{name}={value}" for name, value in sent.items())
    assert not empty(visitor.post(address, body, **kind))  # type: ignore[arg-type] # Django's own names
    waiting = len(desk.spool.waiting())
    assert visitor.post("/leave", {"visit": sent["seed"]}).status_code == 200
    again = visitor.post(address, body, **kind)  # type: ignore[arg-type] # the same
    assert empty(again)
    assert again.headers["Refresh"].startswith("0; url=https://")
    assert len(desk.spool.waiting()) == waiting
    assert not empty(visitor.post(address, {**fields, "seed": secrets.token_hex(32)})), "another visit is answered"


@pytest.mark.parametrize("asked", IN_A_MAILBOX)
def test_a_mailbox_is_not_opened_again_by_what_was_sent_before(visitor: Client, desk: Desk, asked: str) -> None:
    del desk
    sent = {**IN_A_MAILBOX[asked], "visit": secrets.token_hex(32)}
    assert not empty(visitor.post("/mailbox", sent))
    visitor.post("/leave", {"visit": sent["visit"]})
    assert empty(visitor.post("/mailbox", sent))
    assert not empty(visitor.post("/mailbox", {"words": WORDS, "visit": secrets.token_hex(32)})), "the words still open"


def test_leaving_clears_leads_on_and_says_nothing(visitor: Client) -> None:
    visit = secrets.token_hex(32)
    response = visitor.post("/leave", {"visit": visit, "what": SECRET})
    assert response.headers["Refresh"] == "0; url=https://www.bbc.co.uk/weather"
    assert '"cache"' in response.headers["Clear-Site-Data"]
    assert response.headers["Cache-Control"] == "no-store"
    page = response.content.decode()
    assert visit not in page
    assert 'href="https://www.bbc.co.uk/weather"' in page, "for browsers that do not lead on by themselves"
    assert len(page) < 300


def test_every_form_names_the_visit_that_its_exit_leaves(desk: Desk) -> None:
    met = 0
    for name, page in public_pages(desk):
        fields = [(field, value) for field, value in NAMED.findall(page) if value != "0" * 64]
        around = page.partition('<form method="post" action="/leave"')
        named = {value for _, value in NAMED.findall(around[2].partition("</form>")[0])}
        inside = {value for field, value in NAMED.findall(page.partition("<main")[2])}
        if not inside:
            continue
        met += 1
        assert len(named) == 1, name
        assert named <= inside, (name, fields)
        assert 'data-leave="https://' in page
    assert met > 40


@pytest.mark.parametrize("visit", ["", "x", "\x00", "é" * 64, "x" * 10_000, "\ud800"])
def test_whatever_is_named_leaving_works_and_touches_no_other(visitor: Client, visit: str) -> None:
    other = secrets.token_hex(32)
    left.leave({"visit": visit})
    assert visitor.post("/leave", {"visit": visit.encode("utf-8", "replace").decode()}).status_code == 200
    assert not left.was_left({"seed": other})
    assert not left.was_left({})


def test_one_post_marks_one_visit_and_only_by_the_name_that_the_exit_gives_it() -> None:
    visit, seed = secrets.token_hex(32), secrets.token_hex(32)
    before = left._TABLE[:]
    left.leave({"seed": seed})
    assert left._TABLE[:] == before
    left.leave({"visit": visit, "seed": seed})
    assert left.was_left({"seed": visit})
    assert not left.was_left({"seed": seed})


def test_the_table_holds_hashes_and_never_grows() -> None:
    visit = secrets.token_hex(32)
    left.leave({"visit": visit})
    assert left.was_left({"seed": visit})
    held = left._TABLE[:]  # what a thief of the memory would see
    assert len(held) == left.PLACES * left.MARK_BYTES
    assert visit.encode() not in held
    assert bytes.fromhex(visit)[:8] not in held
