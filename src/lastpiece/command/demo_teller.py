"""A teller without JavaScript: posts the front's own forms over plain HTTP, as a browser with scripts off does."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urlencode

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_MOST_PAGES = 30


class TellerLost(Exception):
    """The front did not show the page that was expected; the sentence says which."""


class _Form(HTMLParser):
    """Reads the hidden fields of a page's form, and the words of a receipt."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.words: list[str] = []
        self._in_word = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a hidden field or the start of a word."""
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.hidden[str(found["name"])] = found.get("value") or ""
        self._in_word = tag == "li" and found.get("class") == "words__word"

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a word."""
        self._in_word = self._in_word and tag != "li"

    def handle_data(self, data: str) -> None:
        """Note a word."""
        if self._in_word:
            self.words.append(data.strip())


class Teller:
    """Somebody at the front."""

    def __init__(self, front: str) -> None:
        self._front = front

    def read(self, path: str) -> str:
        """Return a page.

        Raises:
            TellerLost: there is no such page, or nobody answers.
        """
        return self._ask(path, None)

    def tell(self, answers: Mapping[str, str]) -> tuple[str, ...]:
        """Walk the form with these answers, skipping the rest, and return the receipt's seven words.

        Raises:
            TellerLost: the form did not end in a receipt.
        """
        page = _read(self._ask("/tell", None))
        for _ in range(_MOST_PAGES):
            at = page.hidden.get("step", "")
            if page.words:
                return tuple(page.words)
            if at == "check":
                page = _read(self._ask("/tell", {**page.hidden, "go": "send"}))
            elif at in answers:
                page = _read(self._ask("/tell", {**page.hidden, at: answers[at], "go": "next"}))
            else:
                page = _read(self._ask("/tell", {**page.hidden, "go": "next" if at == "start" else "skip"}))
        raise TellerLost("The form did not end in a receipt with seven words.")

    def open_mailbox(self, words: tuple[str, ...]) -> str:
        """Return the page that the seven words open."""
        return self._ask("/mailbox", {"words": " ".join(words)})

    def _ask(self, path: str, posted: Mapping[str, str] | None) -> str:
        body = urlencode(posted).encode() if posted is not None else None
        try:
            with _DIRECT.open(self._front + path, body, timeout=30) as answer:
                page: bytes = answer.read()
                return page.decode()
        except urllib.error.HTTPError as error:
            raise TellerLost(f"The front answered {error.code} at {path}.") from error
        except OSError as error:
            raise TellerLost(f"The front did not answer at {path}.") from error


def _read(page: str) -> _Form:
    form = _Form()
    form.feed(page)
    return form
