"""Pages are packed for slow lines only where nobody's words can be in them."""

import gzip

import pytest

from lastpiece.site.front.incoming import Head
from lastpiece.site.front.packing import packed

BODY = b"<p>Tell us what you know.</p>" * 100
HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\nX: y\r\n\r\n" % len(BODY)
TAKES = {"ACCEPT-ENCODING": "gzip, deflate, br"}


def asked(method: str = "GET", query: str = "", headers: dict[str, str] = TAKES) -> Head:
    return Head(method, "/", query, "HTTP/1.1", headers, 0)


def test_a_page_that_is_asked_for_is_packed_and_says_so() -> None:
    said, _, body = packed(HTML + BODY, asked()).partition(b"\r\n\r\n")
    assert gzip.decompress(body) == BODY
    assert len(body) < len(BODY) / 5
    assert said.count(b"Content-Length") == 1
    assert b"Content-Length: %d" % len(body) in said
    assert b"Content-Encoding: gzip" in said
    assert b"Vary: Accept-Encoding" in said
    assert b"X: y" in said


@pytest.mark.parametrize(
    "head",
    [
        asked("POST"),
        asked(query="a=1"),
        asked(headers={}),
        asked(headers={"ACCEPT-ENCODING": "br"}),
    ],
)
def test_what_may_hold_somebodys_words_or_was_not_wanted_packed_is_left(head: Head) -> None:
    assert packed(HTML + BODY, head) == HTML + BODY


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n",
    ],
)
def test_what_is_no_page_or_packed_already_is_left(said: bytes) -> None:
    assert packed(said + BODY, asked()) == said + BODY


def test_a_short_answer_is_left() -> None:
    assert packed(HTML + b"short", asked()) == HTML + b"short"
