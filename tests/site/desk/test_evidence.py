"""The teller's own file leaves the desk for evidence alone: with a reason, in the log, and as bytes nothing opens."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.sealing_keys import SITE
from tests.factories.sent_files import SentFile, sent_file
from tests.site.desk.conftest import NOW
from tests.site.desk.test_files import put_report

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.evidence import NotAskedFor, ask_for_file, take_out_file
from lastpiece.site.desk.records.models import Alert, AuditRow, DataKey, Report, Role
from lastpiece.site.desk.records.queries.evidence import GIVEN_WITHIN
from lastpiece.site.settings import env
from lastpiece.tell.opening import Keyring
from lastpiece.tell.spool import Spool

pytestmark = pytest.mark.django_db
CONTENT = b"<html><script>an invented film of harm</script>"
HARM = {"what": "my stepdad hits me when mum is at work, i'm 12"}
WHY = {"reason": "Asked for by the child abuse unit, case 7"}


@pytest.fixture
def sent(spool: Spool, keys: Keyring) -> Callable[..., Report]:
    """Take in a report of harm to a child with a file."""

    def made(file: SentFile | None = None, *, whole: bool = True) -> Report:
        file = file or sent_file(CONTENT, name="him.html")
        if whole:
            file.put(spool)
        put_report(spool, file, answers=HARM)
        collect(spool, keys, site=SITE)
        return Report.objects.latest("pk")

    return made


def address(report: Report, number: int = 1) -> str:
    return reverse("original_file", args=[report.pk, number])


def take_alert(client: Client, report: Report) -> Alert:
    alert = Alert.objects.get(report=report)
    client.post(reverse("take_alert", args=[alert.pk]))
    return alert


def asked(report: Report) -> str:
    return reverse("asked_file", args=[report.pk, 1])


def ask(client: Client, report: Report) -> None:
    answer = client.post(address(report), WHY)
    assert (answer.status_code, answer["Location"]) == (302, asked(report))


def verbs() -> list[str]:
    rows = AuditRow.objects.filter(verb__in=["ask for file", "take out file"]).order_by("pk")
    return list(rows.values_list("verb", flat=True))


def test_the_safeguarding_lead_who_has_the_alert_takes_the_file_out_with_a_reason(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    alert = take_alert(lead, report)
    shown = lead.get(reverse("alert", args=[alert.pk])).content.decode()
    assert address(report) in shown
    assert "him.html" not in shown, "a file's name is the teller's own words"
    assert "who sent it" in lead.get(address(report)).content.decode()
    ask(lead, report)
    assert lead.post(asked(report)).content == CONTENT
    reason, row = AuditRow.objects.get(verb="ask for file"), AuditRow.objects.get(verb="take out file")
    said = {"file": 1, "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    assert (reason.reason, row.reason) == (WHY["reason"], WHY["reason"])
    assert (reason.detail, row.detail) == (said, said | {"asked": reason.pk})
    assert row.actor_id == lead.staff.pk  # type: ignore[attr-defined]  # set by signed_in


def test_after_a_refused_try_the_page_that_gives_the_file_shows_no_error_and_says_when_it_was_taken(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    assert lead.get(asked(report))["Location"] == address(report), "there is no reason yet"
    assert "error-summary" in lead.post(address(report), {"reason": ""}).content.decode()
    page = lead.post(address(report), WHY, follow=True).content.decode()
    assert "Your reason is in the log" in page
    assert "Save the file" in page
    assert "error" not in page
    assert verbs() == ["ask for file"], "nobody has taken anything out yet"
    lead.post(asked(report))
    page = lead.get(asked(report)).content.decode()
    assert "was taken out" in page
    assert "Save the file" not in page


def test_a_second_click_gives_nothing_and_writes_nothing(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    assert lead.post(asked(report)).status_code == 302
    ask(lead, report)
    assert lead.post(asked(report)).content == CONTENT
    for _ in range(2):
        again = lead.post(asked(report), follow=True)
        assert "was taken out" in again.content.decode()
    assert verbs() == ["ask for file", "take out file"]
    ask(lead, report)
    assert lead.post(asked(report)).content == CONTENT
    assert verbs() == ["ask for file", "take out file"] * 2


def test_a_reason_gives_the_file_to_nobody_else_and_not_for_long(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead, assessor = sent(), signed_in(Role.SAFEGUARDING_LEAD), signed_in()
    take_alert(lead, report)
    assessor.post(reverse("open_report", args=[report.pk]), {"reason": "my own queue"})
    ask(lead, report)
    assert assessor.post(asked(report)).status_code == 302
    row = AuditRow.objects.get(verb="ask for file")
    actor = Actor.of(lead.staff)  # type: ignore[attr-defined]  # set by signed_in
    for after in (GIVEN_WITHIN, GIVEN_WITHIN * 9):
        with pytest.raises(NotAskedFor):
            take_out_file(actor, report.pk, 1, now=row.at + after)
    assert verbs() == ["ask for file"]
    assert take_out_file(actor, report.pk, 1, now=row.at + GIVEN_WITHIN / 2) == CONTENT


def test_a_reason_that_grew_old_is_said_to_be(sent: Callable[..., Report], signed_in: Callable[..., Client]) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    actor = Actor.of(lead.staff)  # type: ignore[attr-defined]  # set by signed_in
    ask_for_file(actor, report.pk, 1, WHY["reason"], now=NOW - timedelta(days=700))
    page = lead.get(asked(report)).content.decode()
    assert "the time to save the file for it is over" in page
    assert "Save the file" not in page
    assert lead.post(asked(report)).status_code == 302
    assert verbs() == ["ask for file"]


def test_the_way_back_is_the_way_one_came(sent: Callable[..., Report], signed_in: Callable[..., Client]) -> None:
    report, lead, assessor = sent(), signed_in(Role.SAFEGUARDING_LEAD), signed_in()
    alert = take_alert(lead, report)
    assessor.post(reverse("open_report", args=[report.pk]), {"reason": "my own queue"})
    for client, to in ((lead, reverse("alert", args=[alert.pk])), (assessor, reverse("file", args=[report.pk, 1]))):
        ways = [client.get(address(report)), client.post(address(report), {"reason": ""})]
        ask(client, report)
        for page in (*ways, client.get(asked(report))):
            assert f'<a href="{to}" class="govuk-back-link"' in page.content.decode()


def test_no_browser_opens_what_was_taken_out(sent: Callable[..., Report], signed_in: Callable[..., Client]) -> None:
    report, client = sent(), signed_in()
    client.post(reverse("open_report", args=[report.pk]), {"reason": "my own queue"})
    ask(client, report)
    answer = client.post(asked(report))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="report-{report.pk}-file-1.original"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("role", [Role.SAFEGUARDING_LEAD, Role.INTAKE_ASSESSOR])
def test_whoever_neither_has_the_report_open_nor_its_alert_gets_nothing(
    role: Role, sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, client = sent(), signed_in(role)
    if role == Role.INTAKE_ASSESSOR:
        take_alert(client, report)  # an assessor reads the report itself first
    there, then = address(report), asked(report)
    for answer in (client.get(there), client.post(there, WHY), client.get(then), client.post(then)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert verbs() == []


@pytest.mark.parametrize("reason", ["", "   ", "why not"])
def test_without_a_reason_the_file_stays(
    reason: str, sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    answer = lead.post(address(report), {"reason": reason})
    assert answer.status_code == 422
    assert CONTENT not in answer.content
    assert verbs() == []


def test_what_is_deleted_unfinished_or_never_was_is_not_given(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(whole=False), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    answer = lead.post(address(report), WHY)
    assert answer.status_code == 422
    assert lead.get(address(report, 7)).status_code == 404
    DataKey.objects.all().delete()
    assert lead.post(address(report), WHY).status_code == 422
    assert verbs() == []


def test_having_had_an_alert_long_ago_gives_no_file_unless_the_report_is_being_assessed(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    alert = take_alert(lead, report)
    page = reverse("alert", args=[alert.pk])
    taken_at = Alert.objects.get().acknowledged_at
    assert taken_at is not None
    Alert.objects.update(acknowledged_at=taken_at - timedelta(days=env.EVIDENCE_DAYS, hours=-1))
    assert address(report) in lead.get(page).content.decode()
    ask(lead, report)
    Alert.objects.update(acknowledged_at=taken_at - timedelta(days=env.EVIDENCE_DAYS))
    for state in (Report.State.WAITING, Report.State.ASSESSED, Report.State.SET_ASIDE):
        Report.objects.update(state=state)
        answer = lead.post(address(report), WHY)
        assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
        answer = lead.post(asked(report))
        assert (answer.status_code, answer["Location"]) == (302, reverse("today")), (
            "a reason given before has ended too"
        )
        assert address(report) not in lead.get(page).content.decode()
    assert not AuditRow.objects.filter(verb="take out file").exists()
    Report.objects.update(state=Report.State.ASSESSING)
    assert address(report) in lead.get(page).content.decode()
    ask(lead, report)
