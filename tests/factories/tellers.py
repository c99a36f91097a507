"""People without JavaScript who tell: they fill in page after page, and press Send again when no answer comes."""

import http.client
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from urllib.parse import urlencode, urlsplit

from lastpiece.tell.report import ANSWERS
from lastpiece.tell.seed import import_nonce

WAIT_S = 30
"""A teller gives up on one answer after this long, and tries again."""


class Page(HTMLParser):
    """What a browser without JavaScript keeps of a page: the form's hidden fields, and the words of a receipt."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.words: list[str] = []
        self._in_word = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a hidden field; notice a word of the receipt."""
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden":
            self.hidden[values.get("name") or ""] = values.get("value") or ""
        self._in_word = tag == "li" and values.get("class") == "words__word"

    def handle_data(self, data: str) -> None:
        """Keep a word of the receipt."""
        if self._in_word:
            self.words.append(data.strip())
            self._in_word = False


@dataclass(frozen=True, slots=True)
class Told:
    """One report that was acknowledged: its seed, import nonce and words, and how long it took."""

    seed: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    send_s: float
    whole_s: float
    requests: int


@dataclass(slots=True)
class Teller:
    """One person at one browser. `patience_s` is how long they go on trying when no answer comes."""

    address: str
    patience_s: float = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    page_by_page: bool = True
    requests: int = 0

    def tell(self, answers: Mapping[str, str]) -> Told:
        """Walk through the form, press Send, and return what the receipt says.

        Not page by page means that the form's state, which lives in the page, is filled in at once.
        """
        began, before = time.perf_counter(), self.requests
        page = self.ask("GET", {})
        if not self.page_by_page:
            page.hidden |= {**answers, "step": "check"}
        while page.hidden.get("step") != "check":
            step = page.hidden["step"]
            typed = {step: answers[step]} if step in answers else {}
            go = "next" if typed or step == "start" else "skip"
            page = self.ask("POST", {**page.hidden, **typed, "go": go})
        sending = time.perf_counter()
        receipt = self.ask("POST", {**page.hidden, "go": "send"})
        done = time.perf_counter()
        if not receipt.words:
            raise AssertionError("The answer to Send holds no words.")
        sent = {name: text for name, text in page.hidden.items() if name in ANSWERS}
        seed = bytes.fromhex(page.hidden["seed"])
        requests = self.requests - before
        return Told(seed, import_nonce(seed, sent), tuple(receipt.words), done - sending, done - began, requests)

    def ask(self, method: str, fields: Mapping[str, str]) -> Page:
        """Send one request and return the page, trying again while patience lasts."""
        until = time.monotonic() + self.patience_s
        while True:
            try:
                return self._ask_once(method, fields)
            except (OSError, http.client.HTTPException):
                if time.monotonic() >= until:
                    raise
                time.sleep(0.02)

    def _ask_once(self, method: str, fields: Mapping[str, str]) -> Page:
        self.requests += 1
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=WAIT_S)
        try:
            body = urlencode(fields) if method == "POST" else None
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
            connection.request(method, "/tell", body, {**kind, **self.headers})
            answer = connection.getresponse()
            html = answer.read().decode("utf-8")
            if answer.status != http.client.OK:
                raise http.client.HTTPException(f"answered {answer.status}")
            if "</html>" not in html:  # the server died while it answered: the browser shows half a page
                raise http.client.IncompleteRead(b"")
            return Page(html)
        finally:
            connection.close()


def tell_all(
    address: str,
    reports: Iterable[Mapping[str, str]],
    *,
    tellers: int,
    patience_s: float = 0,
    page_by_page: bool = True,
    acknowledged: Callable[[Told], None] = lambda _told: None,
) -> list[Told]:
    """Let `tellers` people at once tell all `reports`; each begins the next when the last is acknowledged."""
    shares: list[list[Mapping[str, str]]] = [[] for _ in range(tellers)]
    for number, report in enumerate(reports):
        shares[number % tellers].append(report)

    def one(share: list[Mapping[str, str]]) -> list[Told]:
        teller = Teller(address, patience_s, page_by_page=page_by_page)
        told = []
        for report in share:
            told.append(teller.tell(report))
            acknowledged(told[-1])
        return told

    with ThreadPoolExecutor(tellers) as people:
        return list(chain.from_iterable(people.map(one, shares)))


def invented_report(number: int) -> dict[str, str]:
    """Return the answers of one invented report; no two are alike."""
    return {
        "what": f"Report {number}. A grey van stops at the green door at night and people come and go in minutes.",
        "where": f"Behind the shops, number {number} of an invented street.",
        "when": "Most Fridays after ten.",
        "vehicles": "A van, the plate ended ZZ9.",
        "phones": f"07700 900{number % 1000:03}",
    }


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
