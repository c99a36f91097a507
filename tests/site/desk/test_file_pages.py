"""What an assessor sees of a file: a copy made anew while the original is open, a sentence when there is none."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.factories.hostile_files import MARKER, exif, picture, saved
from tests.factories.sealing_keys import SITE
from tests.factories.sent_files import SentFile, sent_file
from tests.site.desk.test_files import put_report

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.pages.files import WHY
from lastpiece.site.desk.records.models import AuditRow, Report
from lastpiece.tell.chunk import LONGEST_CONTENT
from lastpiece.tell.opening import Keyring
from lastpiece.tell.spool import Spool

pytestmark = pytest.mark.django_db
Opening = Callable[..., tuple[Client, int]]


@pytest.fixture
def opening(spool: Spool, keys: Keyring, signed_in: Callable[..., Client]) -> Opening:
    """Take in a report with files and open it as an assessor."""

    def made(*files: SentFile, missing: bool = False) -> tuple[Client, int]:
        for file in files:
            if not missing:
                file.put(spool)
        put_report(spool, *files)
        collect(spool, keys, site=SITE)
        report = Report.objects.latest("pk")
        client = signed_in()
        client.post(reverse("open_report", args=[report.pk]), {"reason": "my own queue"})
        return client, report.pk

    return made


def page(client: Client, report_id: int, number: int = 1, query: str = "") -> str:
    answer = client.get(reverse("file", args=[report_id, number]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_open_original_lists_its_files(opening: Opening) -> None:
    client, report_id = opening(sent_file(b"x", name="a<b>.jpg"), sent_file(b"y", name="note.txt", number=2))
    shown = client.get(reverse("assess", args=[report_id])).content.decode()
    assert "a&lt;b&gt;.jpg" in shown
    assert reverse("file", args=[report_id, 2]) in shown


def test_a_picture_is_shown_as_a_copy_and_never_as_it_was_sent(opening: Opening) -> None:
    photo = saved(picture(), "JPEG", exif=exif())
    client, report_id = opening(sent_file(photo, use_place=True))
    shown = page(client, report_id)
    assert "re-made copy" in shown
    assert "52.23764, -0.8917" in shown
    answer = client.get(reverse("file_copy", args=[report_id, 1, 1]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert MARKER not in answer.content
    assert answer.content != photo
    assert Image.open(io.BytesIO(answer.content)).size == (320, 240)


def test_a_place_nobody_allowed_is_not_shown(opening: Opening) -> None:
    client, report_id = opening(sent_file(saved(picture(), "JPEG", exif=exif())))
    shown = page(client, report_id)
    assert "52.23" not in shown
    assert "the teller did not say that it may be used" in shown


def test_a_document_is_turned_page_by_page(opening: Opening) -> None:
    pages = [picture(size=(100, 80 + number)) for number in range(3)]
    client, report_id = opening(sent_file(saved(pages[0], "PDF", save_all=True, append_images=pages[1:]), name="a.pdf"))
    shown = page(client, report_id, query="?page=2")
    assert "Page 2 of 3" in shown
    assert 'href="?page=1"' in shown
    assert 'href="?page=3"' in shown
    assert client.get(reverse("file_copy", args=[report_id, 1, 2]))["Content-Type"] == "image/png"
    assert client.get(reverse("file_copy", args=[report_id, 1, 9])).status_code == 404


def test_a_note_is_shown_as_text(opening: Opening) -> None:
    client, report_id = opening(sent_file(b"<b>van</b> at nine", name="note.txt"))
    assert "&lt;b&gt;van&lt;/b&gt; at nine" in page(client, report_id)
    assert client.get(reverse("file_copy", args=[report_id, 1, 1])).status_code == 404


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04", "archive"),
        (b"\0\0\0\x18ftypisom", "video"),
        (b"<svg/>", "drawing"),
        (b"\xff\xd8\xff", "damaged"),
    ],
    ids=["archive", "video", "drawing", "damaged"],
)
def test_what_cannot_be_shown_says_why(opening: Opening, content: bytes, why: str) -> None:
    client, report_id = opening(sent_file(content))
    assert WHY[why].replace("'", "&#x27;") in page(client, report_id)
    assert client.get(reverse("file_copy", args=[report_id, 1, 1])).status_code == 404


def test_a_file_that_has_not_all_arrived_says_so(opening: Opening) -> None:
    client, report_id = opening(sent_file(bytes(LONGEST_CONTENT + 1)), missing=True)
    assert "0 of 2 parts have arrived" in client.get(reverse("assess", args=[report_id])).content.decode()
    assert "Some parts of this file have not arrived" in page(client, report_id)


def test_every_look_is_in_the_audit_and_says_nothing_of_the_file(opening: Opening) -> None:
    client, report_id = opening(sent_file(b"note", name="xylophone.txt"))
    page(client, report_id)
    client.get(reverse("file_copy", args=[report_id, 1, 1]))
    rows = AuditRow.objects.filter(verb="look at file", object_id=str(report_id))
    assert len(rows) == 2
    assert "xylophone" not in str([row.detail for row in rows])


def test_a_closed_original_shows_no_file(opening: Opening, signed_in: Callable[..., Client]) -> None:
    client, report_id = opening(sent_file(b"note"))
    other = signed_in()
    assert other.get(reverse("file", args=[report_id, 1])).status_code == 302
    assert other.get(reverse("file_copy", args=[report_id, 1, 1])).status_code == 404
    client.post(reverse("put_back", args=[report_id]))
    assert client.get(reverse("file", args=[report_id, 1])).status_code == 302
    assert client.get(reverse("file", args=[report_id, 7])).status_code in {302, 404}


def test_there_is_a_sentence_for_every_reason_the_sandbox_gives() -> None:
    assert all(sentence.endswith(".") for sentence in WHY.values())
