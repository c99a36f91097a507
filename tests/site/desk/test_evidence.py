"""The teller's own file leaves the desk for evidence alone: with a reason, in the log, and as bytes nothing opens."""

import hashlib
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.sealing_keys import SITE
from tests.factories.sent_files import SentFile, sent_file
from tests.site.desk.test_files import put_report

from lastpiece.site.desk.jobs.collect import collect
from lastpiece.site.desk.records.models import Alert, AuditRow, DataKey, Report, Role
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


def test_the_safeguarding_lead_who_has_the_alert_takes_the_file_out_with_a_reason(
    sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    alert = take_alert(lead, report)
    shown = lead.get(reverse("alert", args=[alert.pk])).content.decode()
    assert address(report) in shown
    assert "him.html" not in shown, "a file's name is the teller's own words"
    assert "who sent it" in lead.get(address(report)).content.decode()
    answer = lead.post(address(report), WHY)
    assert answer.content == CONTENT
    row = AuditRow.objects.get(verb="take out file")
    assert row.reason == WHY["reason"]
    assert row.detail == {"file": 1, "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    assert row.actor_id == lead.staff.pk  # type: ignore[attr-defined]  # set by signed_in


def test_no_browser_opens_what_was_taken_out(sent: Callable[..., Report], signed_in: Callable[..., Client]) -> None:
    report, client = sent(), signed_in()
    client.post(reverse("open_report", args=[report.pk]), {"reason": "my own queue"})
    answer = client.post(address(report), WHY)
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
    for answer in (client.get(address(report)), client.post(address(report), WHY)):
        assert (answer.status_code, answer["Location"]) == (302, reverse("today"))
    assert not AuditRow.objects.filter(verb="take out file").exists()


@pytest.mark.parametrize("reason", ["", "   ", "why not"])
def test_without_a_reason_the_file_stays(
    reason: str, sent: Callable[..., Report], signed_in: Callable[..., Client]
) -> None:
    report, lead = sent(), signed_in(Role.SAFEGUARDING_LEAD)
    take_alert(lead, report)
    answer = lead.post(address(report), {"reason": reason})
    assert answer.status_code == 422
    assert CONTENT not in answer.content
    assert not AuditRow.objects.filter(verb="take out file").exists()


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
    assert not AuditRow.objects.filter(verb="take out file").exists()
