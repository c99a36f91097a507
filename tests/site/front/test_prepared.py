"""Pages that are made before anybody asks are what would be made now, but for the seed."""

import io
import re
from datetime import timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from tests.factories.sealed_front import NOW, Desk

from lastpiece.site.front.exchange import Site, run
from lastpiece.site.front.incoming import Head
from lastpiece.site.front.prepared import PreparedPages, asked, cut
from lastpiece.site.front.warming import addresses
from lastpiece.site.settings import env

SEEDS = re.compile(rb"[0-9a-f]{64}")


@pytest.fixture
def site() -> Site:
    return Site(WSGIHandler(), lambda _head: None, "localhost", 80)


@pytest.fixture
def pages(site: Site, desk: Desk) -> PreparedPages:
    made = PreparedPages(site, ["/", "/tell", "/tell/one-page", "/key.json", "/leave", "/nowhere", "/mailbox/bucket"])
    while made.renew():
        pass
    return made


def head(path: str, method: str = "GET", query: str = "", host: str = "localhost") -> Head:
    return Head(method, path, query, "HTTP/1.1", {"HOST": host}, 0)


def test_every_address_without_an_argument_is_made_ready_in_every_language() -> None:
    found = addresses()
    assert {"/", "/tell", "/tell/one-page", "/cy/tell", "/ar/"} <= set(found)
    assert not [address for address in found if "<" in address]


@pytest.mark.parametrize("path", ["/", "/tell", "/tell/one-page"])
def test_a_page_is_what_would_be_made_now_and_no_two_have_one_seed(pages: PreparedPages, site: Site, path: str) -> None:
    first, second = pages.answer(head(path)), pages.answer(head(path))
    assert first
    assert second
    assert SEEDS.sub(b"", first) == SEEDS.sub(b"", run(site, asked(path), io.BytesIO()))
    seeds = [re.findall(rb'name="seed" value="([0-9a-f]{64})"', page) for page in (first, second)]
    assert bool(seeds[0]) == (path != "/")
    assert not set(seeds[0]) & set(seeds[1])


@pytest.mark.parametrize(
    "asking",
    [
        head("/key.json"),
        head("/leave"),
        head("/nowhere"),
        head("/mailbox/bucket"),
        head("/", method="POST"),
        head("/", query="a"),
        head("/", host="evil.example"),
        head("/", host=""),
    ],
)
def test_what_is_not_a_page_for_everyone_is_made_when_it_is_asked_for(pages: PreparedPages, asking: Head) -> None:
    assert pages.answer(asking) is None


def test_a_page_is_not_sent_any_more_when_the_desk_has_published_or_the_spool_stops(
    pages: PreparedPages, desk: Desk
) -> None:
    env.SPOOL.mkdir(parents=True, exist_ok=True)
    (env.SPOOL / "STOPPED").write_text("x")
    assert pages.answer(head("/tell")) is None
    (env.SPOOL / "STOPPED").unlink()
    assert pages.answer(head("/tell"))
    desk.publish(public_json=b"{}")
    assert pages.answer(head("/tell")) is None


def test_a_page_ends_with_its_day_and_with_the_certificates(
    pages: PreparedPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    del desk
    for moved in (timedelta(days=1), timedelta(days=-1), timedelta(days=400)):
        monkeypatch.setattr("lastpiece.site.front.prepared.timezone.now", lambda moved=moved: NOW + moved)
        assert pages.answer(head("/tell")) is None


def test_nothing_is_made_ready_while_the_site_is_closed(site: Site, desk: Desk) -> None:
    (env.BOARD / "manifest.json").unlink()
    made = PreparedPages(site, ["/"])
    assert not made.renew()
    assert made.answer(head("/")) is None


def test_what_differs_in_more_than_seeds_is_never_kept() -> None:
    one, two = b"a" * 64, b"b" * 64
    page = cut(b"x" + one + b"y" + one, b"x" + two + b"y" + two)
    assert page is not None
    filled = page.filled()
    assert filled[1:65] == filled[66:]
    assert filled[1:65] not in (one, two)
    assert cut(b"x" + one + b"1", b"x" + two + b"2") is None
    assert cut(b"1" + one, b"2" + two) is None
    assert cut(one, two + b"z") is None
    assert cut(b"10:31", b"10:32") is None
