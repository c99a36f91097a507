"""The first pages are light: everything they load comes to at most 60,000 bytes on the wire. Bytes are no timing."""

import os
import re
import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from tests.factories.every_answer import Asked, ask, request
from tests.factories.public_addresses import table
from tests.factories.public_pages import public_pages
from tests.factories.sealed_front import Desk
from tests.factories.servers import LASTPIECE, Front, invented_publication, running

from lastpiece.results.publication import to_json

MOST_BYTES = 60_000
LOADED = re.compile(r'<(?:link rel="(?:icon|stylesheet|preload|modulepreload)"|script)[^>]*?(?:href|src)="([^"]+)"')
HOOKS = {
    "figures__label", "govuk-checkboxes", "govuk-generic-header__container", "govuk-radios", "govuk-table__body",
    "govuk-table__caption--s", "govuk-table__head", "govuk-table__row", "language-navigation__item", "leave__said",
    "places__item", "published", "published__totals",
}  # fmt: skip
"""Classes that say what a thing is, and need no style."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A front that runs, with a published page."""
    home = tmp_path_factory.mktemp("weighed")
    environment = {**os.environ, "LASTPIECE_HOME": str(home)}
    subprocess.run([LASTPIECE, "keys", "make"], env=environment, check=True, capture_output=True)
    with running(["front", "serve", "--port", "0"], home, "http://") as (process, line):
        front = Front("http://" + line.partition("http://")[2].rstrip("/"), home, process)
        front.post_on_board({"public.json": to_json(invented_publication())})
        yield int(front.address.rpartition(":")[2])


def weight(port: int, address: str) -> int:
    """Return the bytes of one answer, as a browser that takes gzip gets it."""
    answer = ask(port, Asked(address, request("GET", address, {"Accept-Encoding": "gzip, br"})))
    assert answer.status == 200
    return answer.size


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("page", ["home", "tell", "tell_page", "young", "mailbox", "feedback"])
def test_a_first_page_with_everything_it_loads_is_light(page: str, language: str, port: int, visitor: Client) -> None:
    address = table()[page][language]
    loaded = LOADED.findall(visitor.get(address).content.decode())
    assert any(".css" in each for each in loaded)
    assert any(".js" in each for each in loaded)
    assert weight(port, address) + sum(weight(port, each) for each in loaded) <= MOST_BYTES


def test_no_page_loads_a_font_or_a_picture_of_dots(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    assert not re.search(r"\.(woff2?|ttf|otf|png|jpe?g|gif|webp)\b", page)
    style = visitor.get(LOADED.findall(page)[1])
    assert b"@font-face" not in style.getvalue()
    style.close()


def test_every_class_of_every_page_is_in_the_sheet(visitor: Client, desk: Desk) -> None:
    style = visitor.get(LOADED.findall(visitor.get("/").content.decode())[1])
    sheet = style.getvalue().decode()
    style.close()
    used = {
        name
        for _, page in public_pages(desk)
        for classes in re.findall(r'class="([^"]+)"', page)
        for name in classes.split()
    }
    assert {name for name in used if not re.search(rf"\.{re.escape(name)}(?![\w-])", sheet)} <= HOOKS
