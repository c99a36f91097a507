"""Every page of the public site in every state, in any of its languages, as a browser without scripts gets it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from tests.factories.readability import ADULT as ADULT_LIMITS
from tests.factories.readability import YOUNG as YOUNG_LIMITS
from tests.factories.readability import Limits
from tests.factories.sealed_front import NOW, Desk
from tests.factories.servers import invented_publication

from lastpiece.assess.questions import TEMPLATES, fill
from lastpiece.results.publication import to_json
from lastpiece.site.front import urls
from lastpiece.site.front.capturing import capture_page
from lastpiece.site.front.current import current_pack
from lastpiece.site.front.forms.words import MessageForm
from lastpiece.site.front.languages import ENGLISH, in_language
from lastpiece.site.parts.doors import ADULT, DOORS, YOUNG
from lastpiece.tell.carried import LATEST, pack
from lastpiece.tell.certificate import EpochKey, issue
from lastpiece.tell.sealing import seal
from lastpiece.tell.words import words_from

SEED = "ab" * 32
WORDS = " ".join(words_from(bytes(32)))
ONE_FILE = json.dumps([["00" * 16, "photo.jpg", 2_000, "00" * 32, 0]])
ANSWERS = {"what": "x", "where": "x", "who": "x"}


DATA = re.compile(r"<(template data-given|template data-list|script|style)>.*?</(template|script|style)>", re.DOTALL)
"""What the page without a network carries that nobody reads."""


class Visitor(Client):
    """A visitor who reads the pages in one language."""

    def __init__(self, language: str = ENGLISH) -> None:
        super().__init__(HTTP_HOST="localhost", raise_request_exception=False)
        self.language = language

    def request(self, **request: Any) -> Any:  # noqa: ANN401 - as Django has it
        """Send a request to the page's address in that language."""
        return super().request(**{**request, "PATH_INFO": in_language(request["PATH_INFO"], self.language)})


def public_pages(desk: Desk, language: str = ENGLISH) -> Iterator[tuple[str, str]]:
    """Yield (name, HTML) of every page in every state; the names of the young people's pages begin with `young`."""
    visitor = Visitor(language)
    yield from _published(visitor, desk)
    for door in DOORS.values():
        yield from _told(visitor, door.address)
    yield from _asked(visitor)
    yield from _mailbox(visitor)
    yield from _closed(visitor, desk)
    yield from _carried(visitor, desk)


def fixed() -> list[str]:
    """Return the addresses of the pages that need no word in their address."""
    return [str(page.pattern) for page in urls.pages if "<" not in str(page.pattern)]


def limits_of(name: str) -> Limits:
    """Return what a page of that name may come to."""
    return YOUNG_LIMITS if name.startswith("young") else ADULT_LIMITS


def frame(page: str) -> str:
    """Return what stands around every page: the page without its main part."""
    head, _, rest = page.partition("<main")
    return head + rest.partition("</main>")[2]


def _published(visitor: Visitor, desk: Desk) -> Iterator[tuple[str, str]]:
    for address in fixed():
        yield address or "home", _get(visitor, address)
    for page in current_pack().signs:
        yield f"signs/{page.slug}", _get(visitor, f"signs/{page.slug}")
    yield "error: no such page", _get(visitor, "nowhere")
    yield "error: not like this", visitor.put("/tell").content.decode()
    yield "error: not read", visitor.post("/tell", b"a=1&" * 500, content_type=FORM).content.decode()
    yield "error: from elsewhere", visitor.post("/tell", {}, HTTP_ORIGIN="https://evil.example").content.decode()
    desk.publish(public_json=to_json(invented_publication()))
    for address in ("home", "campaign", "results"):
        yield f"{address} with results", _get(visitor, "" if address == "home" else address)


def _told(visitor: Visitor, address: str) -> Iterator[tuple[str, str]]:
    door = DOORS[address]
    kept = {"seed": SEED, **{key: text for key, text in ANSWERS.items() if key in door.by_key}}
    yield f"{address}: start", _post(visitor, address, {"step": "nothing"})
    for question in door.questions:
        asked = {**kept, "step": "check", "go": question.change}
        yield f"{address}: {question.key}", _post(visitor, address, asked)
        long = {**kept, question.key: "x" * (question.longest + 1), "step": question.key}
        yield f"{address}: {question.key}, too long", _post(visitor, address, long)
    yield f"{address}: files", _post(visitor, address, {**kept, "step": "check", "go": "change:files"})
    listed = {"step": "check", "go": "change:files", "files": ONE_FILE}
    yield f"{address}: files, one", _post(visitor, address, {**kept, **listed})
    yield f"{address}: files, gone", _post(visitor, address, {**kept, **listed, "go": "send"})
    yield f"{address}: empty", _post(visitor, address, {"seed": SEED, "step": "what"})
    yield f"{address}: check", _post(visitor, address, {**kept, "step": door.steps[-2], "go": "next"})
    yield f"{address}: receipt", _post(visitor, address, {**kept, "step": "check", "go": "send"})
    yield f"{address}: receipt, held", _post(visitor, address, {"held": "yes", "step": "check", "go": "send"})


def _asked(visitor: Visitor) -> Iterator[tuple[str, str]]:
    yield "tell/one-page: empty", _post(visitor, "tell/one-page", {"seed": SEED, "go": "send"})
    yield "young: no age", _post(visitor, "young", {"step": "age"})
    yield "young: under", _post(visitor, "young", {"step": "age", "age": "under"})
    yield "young: welcome", _post(visitor, "young", {"step": "age", "age": "young"})
    yield "feedback: empty", _post(visitor, "feedback", {})
    yield "feedback: sent", _post(visitor, "feedback", {"feedback": "x", "seed": SEED})


def _carried(visitor: Visitor, desk: Desk) -> Iterator[tuple[str, str]]:
    desk.renew(timedelta(days=7))
    yield "capture", DATA.sub("", capture_page(NOW, visitor.language))
    yield "hand-in: nothing", visitor.post("/hand-in", {"file": ""}).content.decode()
    yield "hand-in: not ours", visitor.post("/hand-in", {"file": BytesIO(b"x")}).content.decode()
    envelope = seal(b"{}", desk.certificate, site="nenshire")
    over = NOW - LATEST
    old = issue(desk.root, EpochKey.make(), site="nenshire", not_before=over - timedelta(days=7), not_after=over)
    late = pack(old, [seal(b"{}", old, site="nenshire")])
    yield "hand-in: too late", visitor.post("/hand-in", {"file": BytesIO(late)}).content.decode()
    whole, spoiled = pack(desk.certificate, [envelope]), pack(desk.certificate, [envelope, envelope[:-1] + b"x"])
    yield "hand-in: all safe", visitor.post("/hand-in", {"file": BytesIO(whole)}).content.decode()
    yield "hand-in: one damaged", visitor.post("/hand-in", {"file": BytesIO(spoiled[:-9])}).content.decode()


def _mailbox(visitor: Visitor) -> Iterator[tuple[str, str]]:
    yield "mailbox: empty", _post(visitor, "mailbox", {})
    yield "mailbox: wrong words", _post(visitor, "mailbox", {"words": "one two three"})
    yield "mailbox: no word of ours", _post(visitor, "mailbox", {"words": "a b c d e f zzzz"})
    yield "mailbox: no message", _post(visitor, "mailbox", {"words": WORDS})
    yield "mailbox: nothing added", _post(visitor, "mailbox", {"words": WORDS, "go": "add", "message": ""})
    yield "mailbox: added", _post(visitor, "mailbox", {"words": WORDS, "go": "add", "message": "x", "seed": SEED})
    yield "mailbox: delete?", _post(visitor, "mailbox", {"words": WORDS, "go": "close"})
    yield "mailbox: open, held", _post(visitor, "mailbox", {"held": "yes"})
    yield "mailbox: deleted", _post(visitor, "mailbox", {"words": WORDS, "go": "close-now", "seed": SEED})
    yield "mailbox: with messages", _drawn(visitor.language, "front/mailbox_open.html", {"messages": answers()})
    yield "mailbox: what is sent to tellers", "".join(f"<main><p>{text}</p></main>" for text in answers())


def answers() -> list[str]:
    """Return every message that may be sent to a teller."""
    chosen = [{"done": kind} for kind in TEMPLATES["done"].choices["done"]]
    quoting = [(each.id, dict.fromkeys(each.slots, "a blue car")) for each in TEMPLATES.values() if not each.choices]
    return [fill(name, slots, "a blue car") for name, slots in [*quoting, *(("done", slots) for slots in chosen)]]


def _closed(visitor: Visitor, desk: Desk) -> Iterator[tuple[str, str]]:
    desk.renew(timedelta(hours=1))
    yield "closed", _get(visitor, "tell")
    for door in (ADULT, YOUNG):
        sent = {"seed": SEED, "what": "x", "step": "check", "go": "send"}
        yield f"{door.address}: not taken", _post(visitor, door.address, sent)
    yield "feedback: not taken", _post(visitor, "feedback", {"feedback": "x"})
    desk.renew(timedelta(days=7))


FORM = "application/x-www-form-urlencoded"


def _get(visitor: Visitor, address: str) -> str:
    return visitor.get(f"/{address}").content.decode()


def _post(visitor: Visitor, address: str, sent: Mapping[str, str]) -> str:
    return visitor.post(f"/{address}", sent).content.decode()


def _drawn(language: str, template: str, context: dict[str, Any]) -> str:
    with translation.override(language):
        request = RequestFactory(HTTP_HOST="localhost").get(in_language("/mailbox", language))
        return render_to_string(
            template, context | {"form": MessageForm(), "words": WORDS, "seed": SEED, "visit": SEED}, request
        )
