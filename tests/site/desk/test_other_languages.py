"""What our lists cannot read calls a person: alert, place in the queue, and pages that say the language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.desk.conftest import NOW, told
from tests.site.desk.test_alerts import AGAIN, Heard, on_duty

from lastpiece.site.desk.jobs.page import page_due
from lastpiece.site.desk.languages import name_of
from lastpiece.site.desk.records.actions import alerting, reading
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received, receive
from lastpiece.site.desk.records.models import Alert, AlertKind, Report, Role, Staff
from lastpiece.site.desk.records.queries.alerts import unmanned
from lastpiece.site.desk.records.queries.reports import next_waiting

pytestmark = pytest.mark.django_db

THREATS = {
    "pl": ("Polish", "Powiedział, że dzisiaj wieczorem zabije mojego sąsiada z dołu."),
    "ar": ("Arabic", "قال إنه سيقتل جاري هذه الليلة"),
    "ro": ("Romanian", "A spus că o să îl omoare pe vecinul meu diseară."),
    "cy": ("Welsh", "Dywedodd ei fod yn mynd i ladd fy nghymydog heno."),
}
HARMLESS = {
    "pl": "Szary samochód stoi tu codziennie obok sklepu na rogu.",
    "ar": "سيارة رمادية تقف هنا كل يوم",
    "ro": "O mașină gri stă aici în fiecare zi lângă magazin.",
    "cy": "Mae car llwyd yma bob dydd wrth ymyl y siop.",
}
LINK = "our lists cannot read it; proposals are made as if it were English"


def told_in(language: str, text: str, channel: str = "online") -> int:
    sending = replace(told({"what": text}), language=language, channel=channel)
    return receive(Actor.job("tests"), sending, now=NOW).report_id


@pytest.mark.parametrize("language", THREATS)
@pytest.mark.parametrize("channel", ["online", "phone", "outreach"])
def test_a_report_in_another_language_pages_whoever_is_on_duty_for_threats_whatever_it_says(
    language: str, channel: str, make_staff: Callable[..., Staff]
) -> None:
    duty = make_staff()
    make_staff()
    on_duty(duty)
    report_id = told_in(language, HARMLESS[language], channel)
    alert = Alert.objects.get()
    assert (alert.report_id, alert.kind) == (report_id, AlertKind.UNREAD)
    assert THREATS[language][0] in alert.why
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW)
    assert [name for name, _ in pager.calls] == [duty.username]
    assert Report.objects.get().priority == Report.Priority.UNREAD


@pytest.mark.parametrize("language", THREATS)
def test_by_the_young_peoples_door_it_pages_the_safeguarding_lead(
    language: str, make_staff: Callable[..., Staff]
) -> None:
    lead = make_staff(Role.SAFEGUARDING_LEAD)
    make_staff()
    on_duty(lead, AlertKind.CHILD_HARM)
    told_in(language, HARMLESS[language], "young")
    assert Alert.objects.get().kind == AlertKind.UNREAD_CHILD
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW)
    assert [name for name, _ in pager.calls] == [lead.username]


@pytest.mark.parametrize(("language", "name", "text"), [(code, *told) for code, told in THREATS.items()])
def test_a_threat_in_another_language_stands_first_and_its_alert_says_what_it_may_say(
    language: str, name: str, text: str
) -> None:
    report = Report.objects.get(pk=told_in(language, text))
    alert = Alert.objects.get()
    assert alert.why.startswith(f"Nobody could look for danger: it is in {name}")
    assert "it may say that a life is in danger" in alert.why
    assert report.priority == Report.Priority.THREAT_TO_LIFE


def test_words_that_are_plainly_not_english_call_a_person_though_the_page_was_english() -> None:
    told_in("en", "El are un cutit si vrea sa ma omoare diseara")
    told_in("en", "On mowi ze was zabije dzis wieczorem")
    alerts = Alert.objects.all()
    assert [alert.kind for alert in alerts] == [AlertKind.UNREAD] * 2
    assert all("a language other than English" in alert.why for alert in alerts)


def test_english_is_as_it_was(received: Callable[..., Received]) -> None:
    received()
    received({"what": "He told me he is going to stab Dizzy tonight."})
    assert [alert.kind for alert in Alert.objects.all()] == [AlertKind.THREAT_TO_LIFE]
    assert all(report.lists_read and not report.unread_language for report in Report.objects.all())


def test_the_same_sending_raises_its_alert_once_and_feedback_raises_none() -> None:
    sending = replace(told({"what": HARMLESS["pl"]}), language="pl")
    for _ in range(2):
        receive(Actor.job("tests"), sending, now=NOW)
    receive(Actor.job("tests"), replace(told({"what": HARMLESS["pl"]}, kind="feedback"), language="pl"), now=NOW)
    assert Alert.objects.count() == 1


def test_paging_goes_on_until_a_person_says_so_or_opens_the_report(make_staff: Callable[..., Staff]) -> None:
    staff = make_staff()
    first, second = told_in("pl", THREATS["pl"][1]), told_in("ro", THREATS["ro"][1])
    for turn in range(3):
        pager = Heard()
        page_due((pager,), again=AGAIN, now=NOW + turn * AGAIN)
        assert pager.calls
    alerting.take_alert(Actor.of(staff), Alert.objects.get(report_id=first).pk, now=NOW + timedelta(minutes=9))
    reading.open_report(Actor.of(staff), second, "paged about it", now=NOW + timedelta(minutes=10))
    assert {alert.acknowledged_by_id for alert in Alert.objects.all()} == {staff.pk}
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW + timedelta(hours=2))
    assert not pager.calls


def test_it_is_before_routine_in_the_queue_and_behind_a_threat(received: Callable[..., Received]) -> None:
    routine = received().report_id
    other = told_in("cy", HARMLESS["cy"])
    threat = received({"what": "He told me he is going to stab Dizzy tonight."}).report_id
    assert list(Report.objects.values_list("pk", flat=True)) == [threat, other, routine]
    first = next_waiting()
    assert first is not None
    assert first.pk == threat


def test_no_rota_of_its_own_is_asked_for(signed_in: Callable[..., Client]) -> None:
    assert set(unmanned(tuple(AlertKind), now=NOW)) == {AlertKind.THREAT_TO_LIFE, AlertKind.CHILD_HARM}
    assert "unread" not in signed_in().get("/duty/").content.decode()


def test_queue_report_assess_alerts_and_today_say_the_language(signed_in: Callable[..., Client]) -> None:
    client = signed_in()
    report_id = told_in("pl", HARMLESS["pl"])
    assert "it is in Polish" in client.get("/").content.decode()
    assert "it is in Polish" in client.get("/alerts/").content.decode()
    assert "it is in Polish" in client.get(f"/alerts/{Alert.objects.get().pk}/").content.decode()
    assert f"Polish – {LINK}" in client.get("/reports/").content.decode()
    assert f"Polish – {LINK}" in client.get(f"/reports/{report_id}/").content.decode()
    opened = client.post(f"/reports/{report_id}/open/", {"reason": "next in the queue"}, follow=True)
    assert f"Polish – {LINK}" in opened.content.decode()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("pl", "Polish"),
        ("ar-SY", "Arabic"),
        ("und", "a language other than English"),
        ("tlh", "a language with the code tlh"),
    ],
)
def test_a_language_is_named_as_staff_know_it(code: str, name: str) -> None:
    assert name_of(code) == name
