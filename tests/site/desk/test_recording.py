"""Record for someone: it enters as an online report does, its words are shown once, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.site.desk.conftest import NEEDLE

from lastpiece.site.desk.forms.recording import TELLERS
from lastpiece.site.desk.records.models import Attachment, AuditRow, FileChunk, Mailbox, Report, Role, StoredFile
from lastpiece.site.desk.records.queries.files import file_of
from lastpiece.site.desk.records.queries.originals import answers_of
from lastpiece.site.desk.slips import ENGLISH, SLIPS
from lastpiece.site.pack.loading import LANGUAGES
from lastpiece.tell.chunk import LONGEST_FILE, MOST_FILES
from lastpiece.tell.mailbox import open_mailbox

pytestmark = pytest.mark.django_db
SEED = "ab" * 32
TYPED = {"seed": SEED, "go": "save", "way": "phone", "agreed": "on", "what": f"A grey Golf every night. {NEEDLE}."}


def words_in(page: str) -> tuple[str, ...]:
    listed = re.search(r'class="desk-slip__words">(.*?)</ol>', page, re.DOTALL)
    return tuple(re.findall(r"<li>(\w+)</li>", listed[1])) if listed else ()


@pytest.fixture
def taker(signed_in: Callable[..., Client]) -> Client:
    return signed_in(Role.CALL_TAKER)


def test_it_is_kept_as_an_online_report_is_and_gives_seven_words_once(taker: Client) -> None:
    answer = taker.post("/record/", TYPED)
    words = words_in(answer.content.decode())
    assert len(words) == 7
    assert answer.headers["Cache-Control"] == "no-store"
    report = Report.objects.get()
    assert (report.channel, report.kind, report.state) == ("phone", "report", "waiting")
    assert answers_of(report.pk) == {"what": TYPED["what"]}
    assert bytes(Mailbox.objects.get().address) == open_mailbox(words).id
    assert AuditRow.objects.filter(kind="report").values_list("verb", flat=True).get() == "record for someone"
    again = taker.post("/record/", TYPED).content.decode()
    assert words_in(again) == ()
    assert "This was kept before" in again
    assert not any(word in again.split() for word in words)
    assert Report.objects.count() == 1


def test_saving_changed_words_again_keeps_both_as_one_source_and_shows_no_words(taker: Client) -> None:
    taker.post("/record/", TYPED)
    changed = taker.post("/record/", TYPED | {"where": "Mill Road"}).content.decode()
    assert words_in(changed) == ()
    assert Report.objects.values("source_key").distinct().count() == 1
    assert Report.objects.count() == 2


def test_the_call_taker_cannot_open_what_they_recorded(taker: Client) -> None:
    taker.post("/record/", TYPED)
    report = Report.objects.get()
    for address in (f"/reports/{report.pk}/", f"/reports/{report.pk}/assess/", "/reports/"):
        assert taker.get(address).status_code == 403


def test_a_childs_report_is_under_the_rules_for_children_and_asks_for_no_place_or_contact(taker: Client) -> None:
    page = taker.post("/record/", {"teller": "young", "seed": SEED, "what": "kept", "contact": "07700 900123"})
    shown = page.content.decode()
    assert 'name="where"' not in shown
    assert 'type="hidden" name="contact" value="07700 900123"' in shown
    assert ">\nkept</textarea>" in shown
    taker.post("/record/", TYPED | {"teller": "young", "way": "outreach", "contact": "07700 900123"})
    report = Report.objects.get()
    assert (report.channel, report.form_version.endswith("-outreach")) == ("young", True)
    assert "contact" not in answers_of(report.pk)


@pytest.mark.parametrize(
    "wrong", [{"agreed": ""}, {"way": "pigeon"}, {"what": ""}, {"what": "x" * 20_001}, {"where": "y" * 4_001}]
)
def test_bad_input_is_kept_on_the_page_and_nothing_is_stored(taker: Client, wrong: dict[str, str]) -> None:
    answer = taker.post("/record/", TYPED | {"who": "Duke <b>"} | wrong)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "There is a problem" in shown
    assert "Duke &lt;b&gt;" in shown
    assert f'value="{SEED}"' in shown
    assert not Report.objects.exists()


OURS = {"Origin": "http://testserver"}
PHOTO = b"a photo of the invented door, " * 50_000


def bring(taker: Client, *files: tuple[str, bytes], headers: dict[str, str] = OURS, **more: str) -> str:
    brought = [SimpleUploadedFile(name, content) for name, content in files]
    return taker.post("/record/", {**TYPED, **more, "brought": brought}, headers=headers).content.decode()


def test_files_come_with_it_sealed_in_chunks_and_open_with_the_report(taker: Client) -> None:
    page = bring(taker, ("../../door\u202e.jpg", PHOTO), ("note.txt", b"by the bins"), use_places="on")
    assert len(words_in(page)) == 7
    assert "2 files went with it, sealed" in page
    report = Report.objects.get()
    assert [(one.size, one.chunks, one.use_place) for one in report.attachments.order_by("number")] == [
        (len(PHOTO), 2, True),
        (11, 1, True),
    ]
    assert not any(b"invented door" in bytes(chunk.sealed) for chunk in FileChunk.objects.all())
    opened = file_of(report.pk, 1)
    assert opened.content == PHOTO
    assert opened.listed.name == "door.jpg"
    assert set(AuditRow.objects.filter(kind="file").values_list("verb", flat=True)) == {"receive file"}


def test_the_same_page_sent_again_with_its_files_adds_nothing_and_another_file_is_another_report(taker: Client) -> None:
    bring(taker, ("a.txt", b"one"))
    assert "This was kept before" in bring(taker, ("a.txt", b"one"))
    assert Report.objects.count() == 1
    bring(taker, ("a.txt", b"another"))
    assert Report.objects.count() == 2


def test_a_childs_photo_never_gives_its_place(taker: Client) -> None:
    assert "use_places" not in taker.post("/record/", {"teller": "young"}).content.decode()
    bring(taker, ("a.jpg", b"one"), use_places="on", teller="young")
    assert not Attachment.objects.get().use_place


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("big.bin", b"x" * (LONGEST_FILE + 1))], "larger than 20 MB"),
        ([("empty.txt", b"")], "nothing in it"),
        ([(f"{number}.txt", b"x") for number in range(MOST_FILES + 1)], "10 files fit"),
    ],
)
def test_files_that_cannot_be_taken_are_said_and_nothing_is_recorded(
    taker: Client, files: list[tuple[str, bytes]], said: str
) -> None:
    page = bring(taker, *files)
    assert said in page
    assert NEEDLE in page, "what was typed is still there"
    assert not Report.objects.exists()


def test_files_beside_a_mistake_are_to_be_chosen_again(taker: Client) -> None:
    page = bring(taker, ("a.txt", b"one"), agreed="")
    assert "Choose the files again" in page
    assert not Attachment.objects.exists()


def test_switching_the_door_asks_again_for_agreement_and_for_the_files_and_keeps_the_words(taker: Client) -> None:
    for teller in ("young", "adult"):
        page = bring(taker, ("a.txt", b"one"), teller=teller, go="")
        assert "checked" not in page.partition('name="agreed"')[2].partition(">")[0]
        assert page.count("Choose the files again") == 2
        assert NEEDLE in page
    assert (
        "Choose the files again" not in taker.post("/record/", TYPED | {"teller": "young", "go": ""}).content.decode()
    )
    assert not Attachment.objects.exists()


def test_what_an_adult_said_of_contact_never_goes_with_a_childs_report(taker: Client) -> None:
    adult = {"contact": "07700 900123", "where": "the kiosk"}
    switched = taker.post("/record/", TYPED | adult | {"teller": "young", "go": ""}).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', switched))
    taker.post("/record/", TYPED | hidden | {"teller": "young"})
    kept = answers_of(Report.objects.get().pk)
    assert not set(adult.values()) & set(kept.values())
    assert not {"contact", "where"} & kept.keys()


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://testserver:81"}])
def test_files_of_a_page_that_no_browser_calls_ours_are_refused_in_a_sentence_and_never_in_silence(
    taker: Client, headers: dict[str, str]
) -> None:
    page = bring(taker, ("a.jpg", PHOTO), headers=headers)
    assert "did not say which page they come from" in page
    assert NEEDLE in page, "what was typed is still there"
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
    assert len(words_in(bring(taker, headers=headers))) == 7, "without a file nothing is in the way"


def test_no_other_site_makes_a_browser_store_a_byte(signed_in: Callable[..., Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(Role.CALL_TAKER).cookies
    for origin in ("http://evil.example", "null", ""):
        bring(strict, ("a.txt", b"one"), headers={"Origin": origin})
    assert not StoredFile.objects.exists()
    stale = bring(strict, ("a.txt", b"one"))
    assert NEEDLE in stale
    assert not Report.objects.exists()


@pytest.mark.parametrize("reads", ["pl", "ar"])
def test_the_slip_is_in_the_language_that_the_person_reads_and_what_was_written_says_its_own(
    taker: Client, reads: str
) -> None:
    page = taker.post("/record/", TYPED | {"reads": reads, "written": "und"}).content.decode()
    assert f'lang="{reads}" dir="{SLIPS[reads].direction}"' in page
    assert SLIPS[reads].heading in page
    assert f"under /{reads}/mailbox" in page
    assert len(words_in(page)) == 7
    report = Report.objects.get()
    assert (report.language, report.form_version) == ("und", f"tell-2-phone-{reads}")


def test_the_languages_are_those_of_the_pack_and_no_other_is_taken(taker: Client) -> None:
    page = taker.get("/record/").content.decode()
    assert all(slip.name in page for slip in SLIPS.values())
    assert taker.post("/record/", TYPED | {"reads": "tlh"}).status_code == 422
    assert {*SLIPS} == {ENGLISH, *LANGUAGES}
    longest = max(len(f"{door.form_version}-outreach-{code}") for door in TELLERS.values() for code in SLIPS)
    assert longest <= (Report._meta.get_field("form_version").max_length or 0)


@pytest.mark.parametrize("hostile", ["\x00\u202etext", "💥" * 3_000, "<script>alert(1)</script>", "a\r\nb"])
def test_hostile_text_is_taken_as_text(taker: Client, hostile: str) -> None:
    assert taker.post("/record/", TYPED | {"what": hostile}).status_code == 200
    assert "\x00" not in answers_of(Report.objects.get().pk)["what"]


def test_a_session_that_ended_gives_back_what_was_typed_to_our_own_page_alone(taker: Client) -> None:
    taker.logout()
    ours = taker.post("/record/", TYPED, headers={"Origin": "http://testserver"})
    shown = ours.content.decode()
    assert ours.status_code == 403
    assert NEEDLE in shown
    assert f'name="seed" value="{SEED}"' in shown
    elsewhere = taker.post("/record/", TYPED, headers={"Origin": "http://evil.example"})
    assert (elsewhere.status_code, elsewhere.content) == (302, b"")
    assert not Report.objects.exists()


def test_a_stale_token_gives_back_what_was_typed_but_never_a_password(signed_in: Callable[..., Client]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in(Role.CALL_TAKER).cookies
    shown = strict.post("/record/", TYPED, headers={"Origin": "http://testserver"}).content.decode()
    assert NEEDLE in shown
    typed = {"old_password": "a password of mine", "new_password1": "x"}
    refused = strict.post("/own-password/", typed, headers={"Origin": "http://testserver"}).content.decode()
    assert "a password of mine" not in refused
