"""The first pages are light: everything they load comes to at most 60,000 bytes on the wire. Bytes are no timing."""

import re

import pytest
from django.test import Client
from tests.factories.public_pages import public_pages
from tests.factories.sealed_front import Desk
from tests.factories.servers import invented_publication

from lastpiece.results.publication import to_json

MOST_BYTES = 60_000
LOADED = re.compile(r'<(?:link rel="(?:icon|stylesheet|preload|modulepreload)"|script)[^>]*?(?:href|src)="([^"]+)"')
HOOKS = {
    "figures__label", "govuk-checkboxes", "govuk-generic-header__container", "govuk-radios", "govuk-table__body",
    "govuk-table__caption--s", "govuk-table__head", "govuk-table__row", "language-navigation__item", "leave__said",
    "places__item", "published", "published__totals",
}  # fmt: skip
"""Classes that say what a thing is, and need no style."""


def weight(visitor: Client, address: str) -> int:
    """Return the bytes of one answer, headers and line ends counted, as a browser that takes gzip gets it."""
    response = visitor.get(address, HTTP_ACCEPT_ENCODING="gzip, br")
    assert response.status_code == 200
    head = sum(len(name) + len(value) + 4 for name, value in response.headers.items()) + 20
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return head + len(body)


@pytest.mark.parametrize("address", ["/", "/tell", "/young", "/mailbox", "/ar/", "/ar/tell"])
def test_a_first_page_with_everything_it_loads_is_light(address: str, visitor: Client, desk: Desk) -> None:
    desk.publish(public_json=to_json(invented_publication()))
    page = visitor.get(address).content.decode()
    loaded = LOADED.findall(page)
    assert any(".css" in each for each in loaded)
    assert any(".js" in each for each in loaded)
    assert weight(visitor, address) + sum(weight(visitor, each) for each in loaded) <= MOST_BYTES


def test_no_page_loads_a_font_or_a_picture_of_dots(visitor: Client) -> None:
    page = visitor.get("/").content.decode()
    assert not re.search(r"\.(woff2?|ttf|otf|png|jpe?g|gif|webp)\b", page)
    style = visitor.get(LOADED.findall(page)[1])
    assert b"@font-face" not in b"".join(style.streaming_content)
    style.close()


def test_every_class_of_every_page_is_in_the_sheet(visitor: Client, desk: Desk) -> None:
    style = visitor.get(LOADED.findall(visitor.get("/").content.decode())[1])
    sheet = b"".join(style.streaming_content).decode()
    style.close()
    used = {
        name
        for _, page in public_pages(desk)
        for classes in re.findall(r'class="([^"]+)"', page)
        for name in classes.split()
    }
    assert {name for name in used if not re.search(rf"\.{re.escape(name)}(?![\w-])", sheet)} <= HOOKS
