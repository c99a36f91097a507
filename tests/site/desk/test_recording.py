"""Record for someone: it enters as an online report does, its words are shown once, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.desk.conftest import NEEDLE

from lastpiece.site.desk.records.models import AuditRow, Mailbox, Report, Role
from lastpiece.site.desk.records.queries.originals import answers_of
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
