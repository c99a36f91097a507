"""Alerts: raised with the report, paged to the person on duty and on, until somebody has it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from tests.site.desk.conftest import NEEDLE, NOW, told

from lastpiece.site.desk.jobs.page import TOGETHER, page_due
from lastpiece.site.desk.jobs.reaching import Call, Command, Mail, PagerWrong, environment, ways
from lastpiece.site.desk.records.actions import alerting
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received, receive
from lastpiece.site.desk.records.models import Alert, AlertKind, AuditRow, Duty, Paging, Report, Role, Staff
from lastpiece.site.desk.records.queries.alerts import Person
from lastpiece.site.settings import env

pytestmark = pytest.mark.django_db
THREAT = {"what": f"He told me he is going to stab Dizzy tonight. {NEEDLE}."}
AGAIN = timedelta(seconds=120)


@dataclass
class Heard:
    """A pager that writes down whom it reached, or fails."""

    way: Paging.Way = Paging.Way.COMMAND
    fails: bool = False
    calls: list[tuple[str, Call]] = field(default_factory=list)

    def reach(self, person: Person, call: Call) -> str:
        if self.fails:
            return "The line is dead."
        self.calls.append((person.staff.username, call))
        return ""


def on_duty(staff: Staff, kind: AlertKind = AlertKind.THREAT_TO_LIFE, turn: int = 1) -> Duty:
    return alerting.put_on_duty(
        Actor.job("tests"),
        Duty(staff=staff, kind=kind, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=9), turn=turn),
        now=NOW,
    )


def test_a_threat_to_life_raises_an_alert_with_its_report(received: Callable[..., Received]) -> None:
    report_id = received(THREAT).report_id
    alert = Alert.objects.get()
    assert (alert.report_id, alert.kind, alert.acknowledged_at) == (report_id, AlertKind.THREAT_TO_LIFE, None)
    assert NEEDLE not in alert.why
    received(nonce=bytes(Report.objects.get().nonce), answers=THREAT)
    assert Alert.objects.count() == 1


def test_without_its_alert_the_report_is_not_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise OSError

    monkeypatch.setattr("lastpiece.site.desk.records.actions.intake.raise_alerts", broken)
    with pytest.raises(OSError, match=r"^$"):
        receive(Actor.job("tests"), told(THREAT), now=NOW)
    assert not Report.objects.exists()


def test_harm_that_a_child_tells_is_the_safeguarding_leads_and_comes_second_in_the_queue(db: None) -> None:
    hit = told({"what": "my stepdad hits me when mum is at work, i'm 12"})
    receive(Actor.job("tests"), hit, now=NOW)
    alert = Alert.objects.get()
    assert alert.kind == AlertKind.CHILD_HARM
    assert Report.objects.get(alerts=alert).priority == Report.Priority.CHILD_HARM


def test_a_report_without_signs_and_feedback_raise_none(received: Callable[..., Received]) -> None:
    received()
    received(THREAT, kind="feedback")
    assert not Alert.objects.exists()


def test_the_first_on_duty_is_paged_then_the_next_then_everybody_until_one_has_it(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    first, second, third = make_staff(), make_staff(), make_staff()
    on_duty(second, turn=2)
    on_duty(first)
    received(THREAT)
    pager = Heard()

    def at(seconds: int) -> list[str]:
        pager.calls.clear()
        page_due((pager,), again=AGAIN, now=NOW + timedelta(seconds=seconds))
        return [name for name, _ in pager.calls]

    assert at(0) == [first.username]
    assert at(60) == []
    assert at(120) == [first.username, second.username]
    assert at(240) == [first.username, second.username, third.username]
    alerting.take_alert(Actor.of(second), Alert.objects.get().pk, now=NOW + timedelta(seconds=250))
    assert at(900) == []
    assert AuditRow.objects.filter(verb="page").count() == 6
    assert AuditRow.objects.get(verb="take alert").detail["seconds"] == 250


def test_with_nobody_on_duty_everybody_whose_role_it_is_is_paged(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    both = {make_staff().username, make_staff().username}
    make_staff(Role.PUBLISHER)
    received(THREAT)
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW)
    assert {name for name, _ in pager.calls} == both


def test_a_pager_that_fails_is_tried_again_soon_and_by_the_other_way(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    on_duty(make_staff())
    received(THREAT)
    dead, mail = Heard(fails=True), Heard(way=Paging.Way.MAIL)
    page_due((dead,), again=AGAIN, now=NOW)
    assert (Paging.objects.get().sent, Paging.objects.get().why) == (False, "The line is dead.")
    page_due((dead,), again=AGAIN, now=NOW + timedelta(seconds=5))
    assert Paging.objects.count() == 1
    page_due((dead, mail), again=AGAIN, now=NOW + timedelta(seconds=10))
    assert len(mail.calls) == 1


def test_many_alerts_are_one_call_and_taking_one_takes_those_that_say_the_very_same(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    staff = make_staff()
    on_duty(staff)
    for _ in range(20):
        received(THREAT)
    other = received({"what": THREAT["what"].replace("nine", "ninety")})
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW)
    assert [call.count for _, call in pager.calls] == [21]
    alerting.take_alert(Actor.of(staff), Alert.objects.first().pk, now=NOW)  # type: ignore[union-attr]  # there are 21
    assert [alert.report_id for alert in Alert.objects.filter(acknowledged_at__isnull=True)] == [other.report_id]
    page_due((pager,), again=AGAIN, now=NOW + AGAIN)
    assert [(call.alert_id, call.count) for _, call in pager.calls][1:] == [(Alert.objects.latest("pk").pk, 1)]


def test_a_flood_of_alerts_is_paged_each_once_and_then_by_the_oldest_of_those_that_look_alike(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    on_duty(make_staff())
    for number in range(30):
        received({"what": f"{THREAT['what']} House {number}"})
    page_due((Heard(),), again=AGAIN, now=NOW)
    assert (Paging.objects.count(), AuditRow.objects.filter(verb="page").count()) == (30, 1)
    page_due((Heard(),), again=AGAIN, now=NOW + AGAIN)
    assert (Paging.objects.count(), AuditRow.objects.filter(verb="page").count()) == (31, 2)
    true_one = received({"what": f"{THREAT['what']} House 41"})
    pager = Heard()
    page_due((pager,), again=AGAIN, now=NOW + AGAIN + TOGETHER)
    assert [call.alert_id for _, call in pager.calls] == [Alert.objects.get(report_id=true_one.report_id).pk]


def test_copies_of_a_threat_push_no_other_alert_and_no_other_threat_off_the_first_page(
    received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    for number in range(15):
        received({"what": f"{THREAT['what']} House {number}"})
    other = received({"what": "She is bleeding badly in the stairwell of Quill House and nobody has come to help."})
    client = signed_in()
    today = client.get("/").context["today"]
    assert [(alert.report_id, alert.alike) for alert in today.alerts][1:] == [(other.report_id, 1)]
    assert other.report_id in [report.pk for report in today.threats]
    assert (today.alert_count, len(today.threats)) == (16, 2)
    assert "15 alerts of reports that look alike are open" in client.get("/alerts/").content.decode()


def test_nobody_to_page_and_no_way_to_page_are_written_down(
    received: Callable[..., Received], make_staff: Callable[..., Staff]
) -> None:
    received(THREAT)
    page_due((Heard(),), again=AGAIN, now=NOW)
    make_staff()
    page_due((), again=AGAIN, now=NOW + timedelta(minutes=5))
    assert [paging.sent for paging in Paging.objects.all()] == [False, False]


def test_a_call_holds_a_number_a_kind_and_no_word_of_the_report(
    received: Callable[..., Received], make_staff: Callable[..., Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LASTPIECE_SECRET_KEY", "must not be handed on")
    person = Person(make_staff(), "07700 900123")
    call = Call(7, AlertKind.THREAT_TO_LIFE, 2)
    given = environment(person, call)
    assert given["LASTPIECE_ALERT_ID"] == "7"
    assert given["LASTPIECE_ALERT_KIND"] == "threat_to_life"
    assert given["LASTPIECE_PAGE_TO"] == "07700 900123"
    assert "LASTPIECE_SECRET_KEY" not in given
    assert NEEDLE not in f"{given}{call.sentence}"


def test_a_command_that_is_missing_fails_or_hangs_is_said(
    make_staff: Callable[..., Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.site.desk.jobs.reaching.COMMAND_S", 0.3)
    person, call = Person(make_staff(), "x"), Call(7, AlertKind.CHILD_HARM, 1)
    assert Command(("/nowhere/pager",)).reach(person, call).startswith("The command could not be started")
    assert Command(("false",)).reach(person, call) == "The command ended with 1."
    assert "longer than" in Command(("sleep", "60")).reach(person, call)
    assert Command(("true",)).reach(person, call) == ""


def test_an_address_or_a_number_that_is_none_adds_no_header_and_keeps_nobody_else_from_being_paged(
    make_staff: Callable[..., Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "PAGER_SMTP", "smtp://127.0.0.1:1")
    staff, call = make_staff(), Call(7, AlertKind.CHILD_HARM, 1)
    assert Command(("true",)).reach(Person(staff, "07700\0"), call).startswith("The command could not be started")
    staff.email = "desk@force.example\nBcc: other@example.org"
    (mail,) = ways()
    assert mail.reach(Person(staff, "x"), call) == "The person's e-mail address cannot be used."


@pytest.mark.parametrize(
    ("name", "value"), [("PAGER_COMMAND", "page 'me"), ("PAGER_COMMAND", " "), ("PAGER_SMTP", "http://mail.example")]
)
def test_a_setting_that_cannot_be_used_is_said(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, name, value)
    with pytest.raises(PagerWrong, match=f"LASTPIECE_{name}"):
        ways()


def test_both_ways_are_made_from_the_settings_and_a_dead_mail_server_is_said(
    make_staff: Callable[..., Staff], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "PAGER_COMMAND", "/usr/local/bin/page --urgent")
    monkeypatch.setattr(env, "PAGER_SMTP", "smtp://desk:secretword@127.0.0.1:1")
    command, mail = ways()
    assert isinstance(command, Command)
    assert command.argv == ("/usr/local/bin/page", "--urgent")
    assert isinstance(mail, Mail)
    assert "secretword" not in repr(mail)
    why = mail.reach(Person(make_staff(), "x"), Call(7, AlertKind.CHILD_HARM, 1))
    assert why == "The mail server could not be reached (ConnectionRefusedError)."


def test_today_shows_open_alerts_first_and_one_press_takes_it(
    signed_in: Callable[..., Client], received: Callable[..., Received]
) -> None:
    received(THREAT)
    client = signed_in()
    shown = client.get("/").content.decode()
    assert "1 alert that nobody has" in shown
    assert "Nobody is on duty for “Threat to life”" in shown
    assert NEEDLE not in shown
    alert = Alert.objects.get()
    assert client.post(f"/alerts/{alert.pk}/take/", follow=True).status_code == 200
    assert "alert that nobody has" not in client.get("/").content.decode()
    refused = signed_in().post(f"/alerts/{alert.pk}/take/", follow=True)
    assert "has this alert already" in refused.content.decode()


def test_a_threat_to_life_stands_before_older_alerts_of_harm_to_a_child(
    signed_in: Callable[..., Client], received: Callable[..., Received]
) -> None:
    for name in ("Ash", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal", "Ida", "Jo", "Kit"):
        received({"what": f"my stepdad hits me, i'm 12. {name} knows it too"})
    threat = received(THREAT).report_id
    client = signed_in()
    for page in ("/", "/alerts/"):
        shown = client.get(page).content.decode()
        assert re.findall(r'href="/reports/(\d+)/"', shown)[0] == str(threat)


def test_a_safeguarding_lead_sees_harm_to_children_and_no_threats_to_others(
    signed_in: Callable[..., Client], received: Callable[..., Received]
) -> None:
    received(THREAT)
    received({"what": "my stepdad hits me when mum is at work, i'm 12"})
    lead = signed_in(Role.SAFEGUARDING_LEAD)
    assert "1 alert that nobody has" in lead.get("/").content.decode()
    threat = Alert.objects.get(kind=AlertKind.THREAT_TO_LIFE)
    assert lead.get(f"/alerts/{threat.pk}/").status_code == 404
    assert lead.post(f"/alerts/{threat.pk}/take/").status_code == 404
    assert "bdi" not in lead.get("/alerts/").content.decode()


def test_the_rota_is_kept_by_hand_and_refuses_who_cannot_answer(
    signed_in: Callable[..., Client], make_staff: Callable[..., Staff]
) -> None:
    client, person, lead = signed_in(), make_staff(), make_staff(Role.SAFEGUARDING_LEAD)
    turn = {"kind": "threat_to_life", "starts_at": "2026-11-20T10:00", "ends_at": "2099-11-20T22:00", "turn": "1"}
    assert client.post("/duty/", turn | {"staff": person.pk, "reach": "07700 900123"}).status_code == 302
    duty = Duty.objects.get()
    assert duty.reach == "07700 900123"
    assert person.name in client.get("/duty/").content.decode()
    assert client.post("/duty/", turn | {"staff": lead.pk}).status_code == 422
    assert client.post("/duty/", turn | {"staff": person.pk, "ends_at": "2026-11-20T09:00"}).status_code == 422
    assert client.post("/duty/", {"turn": ""}).status_code == 422
    assert client.post(f"/duty/{duty.pk}/end/").status_code == 302
