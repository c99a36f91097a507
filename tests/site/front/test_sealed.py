"""What a device sealed comes in whole or not at all; today's key goes out; every script is pinned by its hash."""

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.factories.sealed_front import Desk

from lastpiece.site.front import holding
from lastpiece.site.parts import assets
from lastpiece.site.settings import env
from lastpiece.tell.certificate import Certificate, verify
from lastpiece.tell.sealing import seal

BYTES = "application/octet-stream"
LARGEST_BUNDLE = 30_000


def sealed(desk: Desk, plain: bytes = b"{}") -> bytes:
    return seal(plain, desk.certificate, site="nenshire")


def test_an_envelope_is_stored_as_it_came_and_acknowledged_without_a_word(visitor: Client, desk: Desk) -> None:
    for plain in (b"{}", b"x" * 5000, b"x" * (1024 * 1024 - 4)):
        envelope = sealed(desk, plain)
        response = visitor.post("/sealed", envelope, content_type=BYTES)
        assert (response.status_code, response.content) == (204, b"")
        (name,) = desk.spool.waiting()
        assert desk.spool.read(name) == envelope
        desk.spool.remove(name)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda envelope: envelope[:1],
        lambda envelope: envelope[:-1],
        lambda envelope: envelope + b"x",
        lambda envelope: b"LPSX" + envelope[4:],
        lambda envelope: envelope[:4] + b"\x02" + envelope[5:],
        lambda envelope: b"\x00" * len(envelope),
    ],
)
def test_what_is_no_envelope_is_refused_and_nothing_is_stored(
    visitor: Client, desk: Desk, spoil: Callable[[bytes], bytes]
) -> None:
    assert visitor.post("/sealed", spoil(sealed(desk)), content_type=BYTES).status_code == 400
    assert desk.spool.waiting() == []


def test_an_envelope_of_another_kind_of_body_is_refused(visitor: Client, desk: Desk) -> None:
    assert visitor.post("/sealed", {"what": "x"}).status_code == 415
    assert visitor.post("/sealed", sealed(desk), content_type="text/plain").status_code == 415
    assert desk.spool.waiting() == []


def test_an_envelope_for_a_key_of_before_is_sent_back_to_be_sealed_again(visitor: Client, desk: Desk) -> None:
    before = sealed(desk)
    desk.renew(timedelta(days=7))
    assert visitor.post("/sealed", before, content_type=BYTES).status_code == 409
    assert visitor.post("/sealed", sealed(desk), content_type=BYTES).status_code == 204


def test_without_a_valid_key_no_key_goes_out_and_nothing_comes_in(visitor: Client, desk: Desk) -> None:
    envelope = sealed(desk)
    desk.renew(timedelta(hours=1))
    assert visitor.get("/key.json").status_code == 503
    assert visitor.post("/sealed", envelope, content_type=BYTES).status_code == 503
    assert desk.spool.waiting() == []


def test_a_stopped_spool_takes_nothing(visitor: Client, desk: Desk) -> None:
    (env.SPOOL / "STOPPED").parent.mkdir(parents=True, exist_ok=True)
    (env.SPOOL / "STOPPED").write_text("look")
    assert visitor.post("/sealed", sealed(desk), content_type=BYTES).status_code == 503
    assert visitor.get("/key.json").status_code == 503


def test_when_the_disk_is_nearly_full_parts_of_files_wait_and_reports_do_not(
    visitor: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "room_for_files", lambda: False)
    assert visitor.post("/sealed", sealed(desk, b"x" * 900_000), content_type=BYTES).status_code == 503
    assert visitor.post("/sealed", sealed(desk), content_type=BYTES).status_code == 204


def test_small_files_cannot_take_the_last_room_from_what_people_wrote(
    visitor: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, small_file in ((holding.RESERVE, 204), (holding.RESERVE // 2, 503)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert visitor.post("/sealed", sealed(desk, b"x" * 200_000), content_type=BYTES).status_code == small_file
        assert visitor.post("/sealed", sealed(desk, b"x" * 60_000), content_type=BYTES).status_code == 204


def test_the_key_goes_out_with_what_a_device_needs_to_check_it(visitor: Client, desk: Desk) -> None:
    answer = visitor.get("/key.json")
    served = json.loads(answer.content)
    now = datetime.fromisoformat(served["now"])
    found = Certificate.from_json(served["certificate"])
    assert verify(found, base64.b64decode(served["root"]), now, site=served["site"]) == desk.certificate
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=2)  # noqa: TID251 - the page reads the clock too
    assert answer.headers["Cache-Control"] == "no-store"


def test_every_script_and_style_of_a_page_is_pinned_to_the_bytes_that_are_served(visitor: Client, desk: Desk) -> None:
    del desk
    for address in (
        "/",
        "/tell",
        "/tell/one-page",
        "/young",
        "/mailbox",
        "/feedback",
        "/safety",
        "/ar/tell",
        "/nowhere",
    ):
        page = visitor.get(address).content.decode()
        tags = re.findall(r'<(?:script|link rel="stylesheet")[^>]*>', page)
        assert len(tags) >= 3
        for tag in tags:
            source = re.search(r'(?:src|href)="([^"]+)"', tag)
            pinned = re.search(r'integrity="(sha384-[^"]+)"', tag)
            assert source
            assert pinned, tag
            served = visitor.get(source[1])
            content = b"".join(served) if served.streaming else served.content
            assert assets.integrity(content) == pinned[1]
            served.close()


def test_the_hashes_of_the_scripts_are_published(visitor: Client) -> None:
    published = {entry["name"]: entry for entry in json.loads(visitor.get("/scripts.json").content)["files"]}
    assert {"seal.js", "front.js", "capture.js"} <= published.keys()
    for name, entry in published.items():
        content = assets.asset_content(f"vendor/{name}")
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["integrity"] == assets.integrity(content)


def test_what_seals_and_stretches_in_the_browser_fits_in_30_kilobytes() -> None:
    assert len(assets.asset_content("vendor/seal.js.gz")) <= LARGEST_BUNDLE


def test_the_script_holds_the_hash_of_the_list_of_words() -> None:
    digest = hashlib.sha256(assets.asset_content("vendor/words.txt")).hexdigest()
    assert digest.encode() in assets.asset_content("vendor/seal.js")


def test_scripts_hold_no_sentence_and_no_address_of_a_page() -> None:
    for name in ("seal.js", "front.js"):
        script = assets.asset_content(f"vendor/{name}").decode()
        assert not re.findall(r'["\'`]/(?:tell|young|mailbox|feedback|sealed|key)', script)


def test_the_pages_that_take_nothing_do_not_carry_the_script(visitor: Client) -> None:
    for address in ("/", "/signs", "/results", "/safety", "/privacy"):
        assert b"seal.js" not in visitor.get(address).content


def test_a_step_whose_answers_are_held_on_the_device_comes_back_empty_and_stores_nothing(
    visitor: Client, desk: Desk
) -> None:
    for address, posted in (
        ("/tell", {"step": "what", "go": "next", "what": "under the stairs"}),
        ("/tell", {"step": "check", "go": "send", "what": "under the stairs"}),
        ("/young", {"step": "what", "go": "next", "what": "under the stairs"}),
        ("/mailbox", {"words": "under the stairs"}),
        ("/mailbox", {"go": "add", "message": "under the stairs"}),
        ("/mailbox", {"go": "close"}),
        ("/mailbox", {"go": "close-now"}),
        ("/feedback", {"feedback": "under the stairs"}),
    ):
        response = visitor.post(address, {"held": "yes", **posted})
        assert response.status_code == 200
        assert b"stairs" not in response.content
    assert desk.spool.waiting() == []
