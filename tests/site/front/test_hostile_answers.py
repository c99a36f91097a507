"""Whatever is typed in any field of any door comes back as it was, harms no page, and reaches the desk unchanged."""

import re
import unicodedata
from html import unescape

import pytest
from django.test import Client
from tests.factories.hostile_text import HOSTILE
from tests.factories.sealed_front import Desk

from lastpiece.site.front.forms.telling import clean
from lastpiece.site.parts.doors import DOORS, Door, Question
from lastpiece.tell.words import words_from

FIELDS = [(door, question) for door in DOORS.values() for question in door.questions]
WORDS = " ".join(words_from(bytes(32)))
NAMES = sorted(HOSTILE)


def boxes(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def shown(page: str) -> list[str]:
    """Return what stands on the page as typed; each is kept apart from its neighbours by its own direction."""
    return [unescape(text) for text in re.findall(r'<span class="typed"[^>]* dir="auto">(.*?)</span>', page, re.DOTALL)]


def harmless(page: str) -> bool:
    return "<script>alert" not in page and "<img" not in page and page.count("<main") == 1


def test_cleaning_takes_out_control_characters_and_nothing_else() -> None:
    for text in HOSTILE.values():
        kept = text.replace("\r\n", "\n").replace("\r", "\n")
        wanted = "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
        assert clean(text) == wanted


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("door", "question"), FIELDS, ids=[f"{d.address}-{q.key}" for d, q in FIELDS])
def test_a_question_keeps_what_was_typed(visitor: Client, door: Door, question: Question, name: str) -> None:
    text = HOSTILE[name]
    posted = {"seed": "ab" * 32, "step": question.key, question.key: text}
    on = visitor.post(f"/{door.address}", {**posted, "go": "next"}).content.decode()
    assert hidden(on)[question.key] == clean(text)
    assert harmless(on)
    again = visitor.post(f"/{door.address}", {**hidden(on), "step": "check", "go": question.change}).content.decode()
    assert boxes(again)[question.key] == clean(text)
    assert harmless(again)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.address)
def test_every_answer_is_shown_apart_and_reaches_the_desk_as_it_was(
    visitor: Client, desk: Desk, door: Door, name: str
) -> None:
    text = HOSTILE[name]
    answers = dict.fromkeys(door.by_key, text)
    last = {"seed": "ab" * 32, "step": door.steps[-2], "go": "skip" if door.steps[-2] == "files" else "next"}
    page = visitor.post(f"/{door.address}", {**last, **answers}).content.decode()
    assert shown(page) == [clean(text)] * len(door.questions)
    assert harmless(page)
    sent = visitor.post(f"/{door.address}", {**hidden(page), "go": "send"})
    assert "It is sent" in sent.content.decode()
    (report,) = desk.opened()
    assert report.answers == dict.fromkeys(door.by_key, clean(text))
    assert report.channel == door.channel


@pytest.mark.parametrize("name", NAMES)
def test_one_page_a_message_and_feedback_keep_what_was_typed_too(visitor: Client, desk: Desk, name: str) -> None:
    text = HOSTILE[name]
    answers = dict.fromkeys(DOORS["tell"].by_key, text)
    shortened = {**answers, "what": ""}
    page = visitor.post("/tell/one-page", {"seed": "ab" * 32, "go": "send", **shortened}).content.decode()
    assert boxes(page) == {**dict.fromkeys(answers, clean(text)), "what": ""}
    assert harmless(page)
    visitor.post("/tell/one-page", {"seed": "ab" * 32, "go": "send", **answers})
    visitor.post("/mailbox", {"words": WORDS, "go": "add", "message": text, "seed": "ab" * 32})
    visitor.post("/feedback", {"feedback": text, "seed": "ab" * 32})
    told = {report.kind: report.answers for report in desk.opened()}
    assert told["report"] == dict.fromkeys(answers, clean(text))
    assert told["message"] == told["feedback"] == {"what": clean(text)}


@pytest.mark.parametrize(("door", "question"), FIELDS, ids=[f"{d.address}-{q.key}" for d, q in FIELDS])
def test_an_answer_that_is_too_long_is_never_cut(visitor: Client, desk: Desk, door: Door, question: Question) -> None:
    long = "y" * (question.longest + 7) + " end"
    rest = {"seed": "ab" * 32, "what": "A van", question.key: long}
    address = f"/{door.address}"
    refused = visitor.post(address, {**rest, "step": question.key, "go": "next"}).content.decode()
    assert boxes(refused)[question.key] == long
    back = visitor.post(address, {**rest, "step": question.key, "go": "back"}).content.decode()
    assert {**hidden(back), **boxes(back)}[question.key] == long
    unsent = visitor.post(address, {**rest, "step": "check", "go": "send"}).content.decode()
    assert boxes(unsent)[question.key] == long
    assert "Letters over the limit: 11." in unsent
    assert desk.spool.waiting() == []


@pytest.mark.parametrize("door", DOORS.values(), ids=lambda door: door.address)
def test_ten_thousand_emoji_are_told_whole_where_there_is_room_and_kept_where_there_is_not(
    visitor: Client, desk: Desk, door: Door
) -> None:
    many = "🧩" * 10_000
    address = f"/{door.address}"
    visitor.post(address, {"seed": "ab" * 32, "step": "check", "go": "send", "what": many})
    (report,) = desk.opened()
    assert report.answers == {"what": many}
    refused = visitor.post(address, {"seed": "ab" * 32, "step": "who", "who": many}).content.decode()
    assert boxes(refused) == {"who": many}
    assert "Letters over the limit: 6,000." in refused
