"""Laws for every answer of the public site: headers, no cookie, nothing kept, no way to open a report."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template
from django.test import Client
from django.urls import URLPattern
from tests.factories.sealed_front import Desk

from lastpiece.site.front import headers, urls
from lastpiece.site.settings import env

ADDRESSES = [
    "/" + str(pattern.pattern).replace("<slug:slug>", "cuckooing")
    for pattern in urls.urlpatterns
    if isinstance(pattern, URLPattern)
] + [
    "/nowhere",
    "/signs/none",
    "/static/vendor/front.css",
    "/static/icon.svg",
    "/static/none.css",
    "/%00",
    "/tell/",
]
FORBIDDEN_IN_POLICY = ("unsafe", "*", "http:", "https:", "data:", "blob:")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_every_answer_carries_the_headers_and_no_cookie(visitor: Client, address: str, method: str) -> None:
    visitor.raise_request_exception = False
    response = getattr(visitor, method)(address)
    for name, value in headers.HEADERS.items():
        assert response.headers[name] == value
    kept = response.headers["Cache-Control"]
    assert kept == "no-store" or address.startswith(("/static/", "/brand.css"))
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    response.close()


def test_a_page_that_breaks_carries_the_headers_and_says_nothing_of_the_cause(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("he keeps it under the stairs")

    monkeypatch.setattr("lastpiece.site.front.hatch.send", fail)
    visitor.raise_request_exception = False
    response = visitor.post("/feedback", {"feedback": "under the stairs"})
    assert response.status_code == 500
    assert "Content-Security-Policy" in response.headers
    assert b"999" in response.content
    assert b"stairs" not in response.content
    written = capfd.readouterr()
    assert "stairs" not in written.err + written.out


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert headers.POLICY.startswith("default-src 'none'")
    assert not [word for word in FORBIDDEN_IN_POLICY if word in headers.POLICY]


def test_behind_tls_browsers_are_told_to_come_back_by_tls_only() -> None:
    assert "Strict-Transport-Security" in headers.headers(https=True)
    assert "Strict-Transport-Security" not in headers.headers(https=False)


@pytest.mark.parametrize("address", [address for address in ADDRESSES if not address.startswith("/static")])
def test_no_page_has_an_inline_script_or_style_or_reaches_elsewhere(visitor: Client, address: str, desk: Desk) -> None:
    del desk
    page = visitor.get(address).content.decode()
    for mark in (" style=", "<style", " onclick=", " onload=", "javascript:", "//cdn", "<iframe", "<img"):
        assert mark not in page
    assert page.count("<script") == page.count("<script src=")


def test_who_is_in_danger_reads_999_first_on_every_page(visitor: Client) -> None:
    for address in ADDRESSES:
        response = visitor.get(address)
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            page = response.content.decode()
            assert "Call 999" in page
            assert page.index("Call 999") < page.index("<h1")
            assert '="/leave"' in page
        response.close()


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://["},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_ORIGIN": "http://localhost.evil.example"},
    ],
)
def test_a_post_that_another_site_made_is_refused(visitor: Client, sent: dict[str, str], desk: Desk) -> None:
    response = visitor.post("/feedback", {"feedback": "x"}, **sent)  # type: ignore[arg-type] # headers by name
    assert response.status_code == 403
    assert desk.spool.waiting() == []


@pytest.mark.parametrize(
    "sent",
    [{}, {"HTTP_ORIGIN": "http://localhost"}, {"HTTP_SEC_FETCH_SITE": "same-origin"}, {"HTTP_SEC_FETCH_SITE": "none"}],
)
def test_a_post_from_our_own_page_is_taken(visitor: Client, sent: dict[str, str], desk: Desk) -> None:
    response = visitor.post("/feedback", {"feedback": "x"}, **sent)  # type: ignore[arg-type] # headers by name
    assert response.status_code == 200
    assert len(desk.spool.waiting()) == 1


def test_a_host_that_is_not_ours_is_refused(visitor: Client) -> None:
    response = visitor.get("/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert "Content-Security-Policy" in response.headers


def test_leaving_clears_what_the_browser_keeps_and_goes_to_a_neutral_place(visitor: Client) -> None:
    response = visitor.get("/leave")
    assert response.status_code == 303
    assert response.headers["Location"].startswith("https://")
    assert '"cache"' in response.headers["Clear-Site-Data"]


def test_every_template_compiles() -> None:
    folder = Path(urls.__file__).parent / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    assert names
    for name in names:
        get_template(name)


def test_the_settings_pass_djangos_own_checks() -> None:
    call_command("check", fail_level="ERROR")


def test_the_public_process_holds_nothing_that_opens_a_report() -> None:
    program = (
        "import sys; from lastpiece.site.front import warming, __main__; warming.load();"
        "print(sorted(n for n in sys.modules if n.startswith(('lastpiece.tell.opening', 'lastpiece.site.desk',"
        "'lastpiece.command', 'sqlite3', 'psycopg', 'lastpiece.tell.root_key.Root'))))"
    )
    environment = {**os.environ, "LASTPIECE_HOME": str(env.HOME / "nowhere")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment)
    assert ran.stdout.strip() == "[]", ran.stderr
