"""Every answer behind TLS scores at least 130 by the table of MDN's HTTP Observatory: pages, errors, refusals."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from tests.factories.every_answer import Answered, ask, request, requests
from tests.factories.every_answer import Asked as Question
from tests.factories.observatory import MODIFIERS, score
from tests.factories.servers import LASTPIECE, running

from lastpiece.site.settings import env

LEAST = 130
GOOD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
    "Content-Type": "text/html; charset=utf-8",
}
HTTPS = {"LASTPIECE_HTTPS": "true"}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Answered]]:
    home = tmp_path_factory.mktemp("scored")
    environment = {**os.environ, "LASTPIECE_HOME": str(home)}
    subprocess.run([LASTPIECE, "keys", "make"], env=environment, check=True, capture_output=True)
    with running(["front", "serve", "--port", "0"], home, "http://", settings=HTTPS) as (_, line):
        port = int(line.rstrip("/").rpartition(":")[2])
        yield [ask(port, question) for question in requests()]


def test_every_answer_scores_at_least_130(answers: list[Answered]) -> None:
    scores = [(answer, score(answer.headers, answer.body)) for answer in answers]
    low = [f"{answer.label}: {answer.status}, {found}" for answer, found in scores if found.total < LEAST]
    assert low == []


def test_the_answers_are_of_every_kind(answers: list[Answered]) -> None:
    assert {answer.status for answer in answers} >= {200, 303, 304, 400, 403, 404, 405, 411, 413, 414, 431}


def test_no_answer_says_what_answers_it(answers: list[Answered]) -> None:
    said = {value for answer in answers for name, value in answer.headers if name.lower() in ("server", "x-powered-by")}
    assert not [value for value in said if any(word in value.lower() for word in ("python", "wsgi", "django", "/"))]


def test_a_front_without_keys_scores_the_same(tmp_path: Path) -> None:
    with running(["front", "serve", "--port", "0"], tmp_path, "Closed for reports", settings=HTTPS):
        first = (tmp_path / "front.log").read_text().split("http://")[1].split("/")[0]
        answer = ask(int(first.rpartition(":")[2]), Question("503", request("GET", "/tell")))
    assert answer.status == 503
    assert score(answer.headers, answer.body).total >= LEAST


def test_a_page_that_breaks_scores_the_same(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("lastpiece.site.front.hatch.send", fail)
    monkeypatch.setattr(env, "HTTPS", True)
    visitor.raise_request_exception = False
    response = visitor.post("/feedback", {"feedback": "x"})
    assert response.status_code == 500
    assert score(response.headers.items(), response.content.decode()).total >= LEAST


@pytest.mark.parametrize(
    ("changed", "total"),
    [
        ({}, 130),
        ({"body": '<script src="/a.js" integrity="sha384-x"></script>'}, 135),
        ({"body": '<script src="/a.js"></script>'}, 130),
        ({"Content-Security-Policy": None}, 55),
        ({"Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'"}, 125),
        ({"Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'"}, 80),
        ({"Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-eval'"}, 70),
        ({"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}, 120),
        ({"Strict-Transport-Security": None}, 80),
        ({"Strict-Transport-Security": "max-age=60"}, 120),
        ({"Cross-Origin-Resource-Policy": None}, 120),
        ({"Referrer-Policy": "unsafe-url"}, 120),
        ({"X-Content-Type-Options": None}, 125),
        ({"Set-Cookie": "a=b; Secure; HttpOnly; SameSite=Strict"}, 135),
        ({"Set-Cookie": "a=b"}, 60),
        ({"body": '<script src="//elsewhere.example/a.js"></script>'}, 50),
        ({"Access-Control-Allow-Origin": "https://a.example", "Access-Control-Allow-Credentials": "true"}, 50),
    ],
)
def test_the_score_is_what_the_published_table_says(changed: dict[str, str | None], total: int) -> None:
    """Worked out by hand from the table: 100, less the penalties; with 90 or more left, plus the bonuses."""
    body = changed.pop("body", None) or "<h1>Page</h1>"
    headers = [(name, value) for name, value in {**GOOD, **changed}.items() if value is not None]
    assert score(headers, body).total == total


def test_every_modifier_is_a_multiple_of_five_as_in_the_table() -> None:
    assert {modifier % 5 for modifier in MODIFIERS.values()} == {0}
