"""Whatever is posted, the site answers with a page, keeps its headers and never fails."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lastpiece.site.front.forms.telling import clean

ADDRESSES = ("/tell", "/tell/one-page", "/young", "/mailbox", "/feedback")
NASTY = st.one_of(
    st.text(max_size=400),
    st.sampled_from(
        [
            "\x00" * 50,
            "\u202e" + "\u0636\u0639" * 200,
            "🧩" * 10_000,
            "x" * 60_000,
            "'; DROP TABLE reports; --",
            "<script>alert(1)</script>",
            "{{ pack.force }}{% include 'front/home.html' %}",
            "%s%n%x",
            "\ud83d".encode("utf-8", "replace").decode(),
            "../../etc/passwd",
            "a\r\nSet-Cookie: x=1",
        ]
    ),
)
NAMES = (
    "seed", "step", "go", "checking", "held", "age", "files", "place", "language", "what", "where", "contact", "words",
    "message", "feedback",
)  # fmt: skip
POSTS = st.dictionaries(st.sampled_from(NAMES), NASTY, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(ADDRESSES),
    posted=POSTS,
    step=st.sampled_from(["what", "check", "contact", "start", "age", "files", "help", "page", ""]),
)
def test_no_post_breaks_the_site(visitor: Client, address: str, posted: dict[str, str], step: str) -> None:
    response = visitor.post(address, {"step": step, **posted})
    assert response.status_code in {200, 400}
    assert "Content-Security-Policy" in response.headers
    assert not response.cookies
    assert b"<script>alert" not in response.content


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=NASTY)
def test_what_is_typed_comes_back_as_it_was_but_for_control_characters(visitor: Client, text: str) -> None:
    response = visitor.post("/tell", {"step": "what", "go": "next", "what": text, "where": "Mill Road"})
    page = response.content.decode()
    assert "Mill Road" in page
    if clean(text) and len(clean(text)) <= 20_000:
        assert "Where is it?" in page


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"a=1&" * 500, "application/x-www-form-urlencoded"),
        (b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_body_that_is_no_form_gets_a_page(visitor: Client, address: str, body: bytes, kind: str) -> None:
    visitor.raise_request_exception = False
    response = visitor.post(address, body, content_type=kind)
    assert response.status_code in {200, 400}
    assert "Content-Security-Policy" in response.headers
