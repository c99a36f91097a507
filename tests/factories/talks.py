"""What one report is on the wire, in the three ways there are: sealed on the device, on one page, a page a question."""

import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import urlencode

from tests.factories.closed_loop import Talk, Unanswered

_HIDDEN = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)">')
_WORD = b'class="words__word"'
_BOUNDARY = "----aBoundaryOfTheseTests7"
FINE = 200
Done = Callable[[str], None]


def request(method: str, path: str, body: bytes = b"", kind: str = "") -> bytes:
    """Return a whole request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: closed-loop/1\r\n"
    if method == "POST":
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


def form(path: str, fields: Mapping[str, str]) -> bytes:
    """Return a form that is sent as browsers send one without files."""
    return request("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")


def form_with_no_file(path: str, fields: Mapping[str, str]) -> bytes:
    """Return a form that could hold files and holds none, as browsers send it."""
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename=""\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n\r\n--{_BOUNDARY}--\r\n"
    )
    return request("POST", path, "".join(parts).encode(), f"multipart/form-data; boundary={_BOUNDARY}")


def form_with_file(path: str, fields: Mapping[str, str], content: bytes) -> bytes:
    """Return a form with one file, as browsers send it."""
    whole = form_with_no_file(path, fields).partition(b"\r\n\r\n")[2]
    begin, _, end = whole.partition(b'filename=""\r\nContent-Type: application/octet-stream\r\n\r\n')
    named = b'filename="zyxowl.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return request("POST", path, begin + named + content + end, f"multipart/form-data; boundary={_BOUNDARY}")


def words(receipt: bytes) -> tuple[str, ...]:
    """Return the words of a receipt."""
    return tuple(word.decode() for word in re.findall(rb'class="words__word">(\w+)<', receipt))


def status(answer: bytes) -> int:
    """Return an answer's status."""
    return int(answer.split(b" ", 2)[1])


def hidden(answer: bytes) -> dict[str, str]:
    """Return the hidden fields of a page, which must be one."""
    if status(answer) != FINE:
        raise Unanswered
    return {name.decode(): unescape(value.decode()) for name, value in _HIDDEN.findall(answer)}


def sealed(envelope: bytes, name: str, done: Done) -> Talk:
    """Send an envelope that was sealed before."""
    answer = yield request("POST", "/sealed", envelope, "application/octet-stream")
    if status(answer) != 204:
        raise Unanswered
    done(name)


def on_one_page(answers: Mapping[str, str], done: Done) -> Talk:
    """Ask for the page with every question, fill it in and send it."""
    page = yield request("GET", "/tell/one-page")
    receipt = yield form_with_no_file("/tell/one-page", {**hidden(page), **answers, "go": "send"})
    if _WORD not in receipt:
        raise Unanswered
    done(answers["what"])


def page_by_page(answers: Mapping[str, str], done: Done) -> Talk:
    """Walk through the form, a page a question, skip what is not known, check, and send."""
    fields = hidden((yield request("GET", "/tell")))
    while fields["step"] != "check":
        step = fields["step"]
        go = "next" if step == "start" or step in answers else "skip"
        typed = {step: answers[step]} if step in answers else {}
        post = form_with_no_file if step == "files" else form
        fields = hidden((yield post("/tell", {**fields, **typed, "go": go})))
    receipt = yield form("/tell", {**fields, "go": "send"})
    if _WORD not in receipt:
        raise Unanswered
    done(answers["what"])
