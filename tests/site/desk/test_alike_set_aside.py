"""A flood that copies a true report cannot take it along: what nobody read, and what tells of danger, is kept.

Each test is an attack: somebody sends copies so that a tired person throws away the true report among them.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from tests.site.desk.conftest import NOW

from lastpiece.site.desk.records.actions import alike as actions
from lastpiece.site.desk.records.actions.alerting import take_alert
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import Received
from lastpiece.site.desk.records.actions.reading import open_report, put_back
from lastpiece.site.desk.records.models import (
    Alert,
    AlikeSketch,
    Attachment,
    AuditRow,
    GroupSetAside,
    Report,
    Role,
    Staff,
    StoredFile,
)

pytestmark = pytest.mark.django_db
TIP = "A grey Golf brings packets to the flat above the chip shop on Mill Road most evenings after eight, number {}."
THREAT = "He told me he is going to stab Dizzy by the chip shop on Mill Road when he comes out, house number {}."
HARM = "My stepdad hits me, I am 12, and he is going to stab mum with a knife tonight in the flat at house number {}."
WHY = "Says the same as the first"
NEWEST = 2**31


@pytest.fixture
def assessor(make_staff: Callable[..., Staff]) -> Actor:
    return Actor.of(make_staff())


def states(*reports: int) -> list[str]:
    return [Report.objects.get(pk=pk).state for pk in reports]


def read_first(actor: Actor, report_id: int) -> None:
    open_report(actor, report_id, "next in the queue", now=NOW)
    put_back(actor, report_id, now=NOW)


@pytest.mark.parametrize("true_one_comes", ["first", "in the middle", "last"])
def test_a_flood_of_copies_with_one_word_changed_takes_no_true_threat_with_it(
    true_one_comes: str, received: Callable[..., Received], assessor: Actor
) -> None:
    numbers = [
        14 if number == {"first": 0, "in the middle": 15, "last": 29}[true_one_comes] else 100 + number
        for number in range(30)
    ]
    reports = {number: received({"what": THREAT.format(number)}).report_id for number in numbers}
    flood = [pk for number, pk in reports.items() if number != 14]
    read_first(assessor, flood[0])
    for alert in Alert.objects.order_by("pk"):  # all are taken: no alert is open that would keep them
        take_alert(assessor, alert.pk, now=NOW)
    with pytest.raises(actions.NothingWaits):
        actions.set_group_aside(assessor, flood[0], WHY, up_to=NEWEST, now=NOW)
    assert set(states(*reports.values())) == {"waiting"}


def test_a_threat_that_no_word_list_knows_stays_because_nobody_read_its_words(
    received: Callable[..., Received], assessor: Actor
) -> None:
    flood = [received({"what": TIP.format("forty")}).report_id for _ in range(5)]
    true_one = received({"what": TIP.format("nine and Dizzy will not see Friday")}).report_id
    assert AlikeSketch.objects.get(pk=true_one).first_id == flood[0]
    assert AlikeSketch.objects.get(pk=true_one).alone == ""
    read_first(assessor, flood[0])
    act = actions.set_group_aside(assessor, true_one, WHY, up_to=NEWEST, now=NOW)
    assert (act.reports.count(), states(true_one)) == (5, ["waiting"])
    row = AuditRow.objects.get(verb="set group aside")
    assert (row.detail["reports"], row.detail["stay"]) == (5, 1)


def test_nothing_is_set_aside_of_a_group_that_nobody_has_opened(
    received: Callable[..., Received], assessor: Actor
) -> None:
    reports = [received({"what": TIP.format(1)}).report_id for _ in range(5)]
    with pytest.raises(actions.NobodyRead):
        actions.set_group_aside(assessor, reports[0], WHY, up_to=NEWEST, now=NOW)
    assert set(states(*reports)) == {"waiting"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"answers": {"what": THREAT.format(1)}}, "an alert was raised for it"),
        ({"answers": {"what": TIP.format("1, a girl opens")}}, "it has a word for a child"),
        ({"answers": {"what": TIP.format("1, he has a gun")}}, "it has a word of danger"),
        (
            {"answers": {"what": "Szary Golf wozi paczki do mieszkania nad barem przy Mill Road"}},
            "our lists cannot read its language",
        ),
    ],
)
def test_word_for_word_copies_of_what_was_read_stay_too_when_they_speak_of_danger_or_a_child(
    more: dict[str, object],
    why: str,
    received: Callable[..., Received],
    assessor: Actor,
    signed_in: Callable[..., Client],
) -> None:
    reports = [received(**more).report_id for _ in range(3)]
    read_first(assessor, reports[0])
    with pytest.raises(actions.NothingWaits):
        actions.set_group_aside(assessor, reports[0], WHY, up_to=NEWEST, now=NOW)
    page = signed_in().get(f"/reports/{reports[0]}/alike/")
    assert dict(page.context["shown"].reasons)[why] == 3
    assert "3 of those that wait are judged alone" in page.content.decode()
    assert f"3, because {why}" in page.content.decode()


def test_a_report_that_a_person_put_first_or_wrote_down_or_whose_teller_wrote_more_stays(
    received: Callable[..., Received], assessor: Actor
) -> None:
    read, lifted, by_phone, copy = (received({"what": TIP.format(1)}).report_id for _ in range(4))
    Report.objects.filter(pk=lifted).update(priority=Report.Priority.CHILD_HARM)
    Report.objects.filter(pk=by_phone).update(channel="phone")
    again = Report.objects.get(pk=received({"what": TIP.format(1)}).report_id)
    message = received({"message": "It is me again."}, kind="message").report_id
    Report.objects.filter(pk=message).update(source_key=again.source_key)
    read_first(assessor, read)
    act = actions.set_group_aside(assessor, read, WHY, up_to=NEWEST, now=NOW)
    assert set(act.reports.values_list("pk", flat=True)) == {read, copy}


def test_one_that_came_in_since_the_page_was_shown_stays(
    received: Callable[..., Received], signed_in: Callable[..., Client], assessor: Actor
) -> None:
    copies = [received({"what": TIP.format(1)}).report_id for _ in range(4)]
    read_first(assessor, copies[0])
    client, address = signed_in(), f"/reports/{copies[1]}/alike/"
    newest = re.search(r'name="newest" value="(\d+)"', client.get(address).content.decode())
    assert newest is not None
    since = received({"what": TIP.format(1)}).report_id
    client.post(f"{address}set-aside/", {"reason": WHY, "newest": newest[1]})
    assert states(*copies, since) == ["set_aside"] * 4 + ["waiting"]
    assert client.post(f"{address}set-aside/", {"reason": "Without saying what was shown"}).status_code == 422
    assert states(since) == ["waiting"]


def test_copies_of_what_was_read_are_set_aside_with_one_reason_and_brought_back(
    received: Callable[..., Received], signed_in: Callable[..., Client], assessor: Actor
) -> None:
    copies = [received({"what": TIP.format(1)}).report_id for _ in range(6)]
    client, address = signed_in(), f"/reports/{copies[2]}/alike/"
    shown = client.post(f"{address}set-aside/", {"reason": WHY, "newest": str(NEWEST)}, follow=True).content.decode()
    assert "Nobody has read one of these yet" in shown
    read_first(assessor, copies[0])
    assert client.post(f"{address}set-aside/", {"reason": "dot", "newest": str(NEWEST)}).status_code == 422
    assert client.post(f"{address}set-aside/", {"reason": WHY, "newest": str(NEWEST)}).status_code == 302
    assert (set(states(*copies)), Report.objects.count()) == ({"set_aside"}, 6)
    act = GroupSetAside.objects.get()
    assert "Undo" in client.get(address).content.decode()
    assert client.post(f"/groups/{act.pk}/bring-back/").status_code == 302
    assert set(states(*copies)) == {"waiting"}
    assert "so nothing was changed" in client.post(f"/groups/{act.pk}/bring-back/", follow=True).content.decode()


def test_the_others_are_read_by_their_differences_and_only_those_that_were_shown_are_set_aside(
    received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    reports = [received({"what": TIP.format(number)}).report_id for number in range(60)]
    client = signed_in()
    base, address = reports[0], f"/reports/{reports[0]}/alike/"
    assert client.post(f"{address}compare/").status_code == 302, "nothing is shown before the report is open"
    client.post(f"/reports/{base}/open/", {"reason": "next in the queue"})
    page = client.post(f"{address}compare/").content.decode()
    assert [re.sub("<[^>]*>", "", each) for each in re.findall("<ins>.*?</ins>", page)] == [
        f"{number}." for number in range(1, 51)
    ]
    assert "Show the next ones" in page
    beyond = {"reason": WHY, "chosen": [str(reports[1]), str(reports[59])]}
    assert (
        "Read the differences of these reports first"
        in client.post(f"{address}set-read-aside/", beyond).content.decode()
    )
    assert states(reports[1], reports[59]) == ["waiting", "waiting"]
    ticked = re.findall(r'name="chosen" value="(\d+)"[^>]* checked', page)
    assert len(ticked) == 50
    client.post(f"{address}set-read-aside/", {"reason": WHY, "chosen": ticked})
    assert set(states(*reports[1:51])) == {"set_aside"}
    assert set(states(*reports[51:])) == {"waiting"}
    assert AuditRow.objects.filter(verb="set aside as read").count() == 50
    for row in AuditRow.objects.all():
        assert "chip shop" not in str(row.detail) + row.reason


@pytest.fixture
def pair(received: Callable[..., Received], signed_in: Callable[..., Client]) -> Callable[..., tuple[Client, int, int]]:
    """Take in a harmless report and one that looks like it, and open the first."""

    def made(of: str, **more: object) -> tuple[Client, int, int]:
        base = received({"what": TIP.format(1)}).report_id
        other = received({"what": TIP.format(of)}, **more).report_id
        assert AlikeSketch.objects.get(pk=other).first_id == base
        client = signed_in()
        client.post(f"/reports/{base}/open/", {"reason": "next in the queue"})
        return client, base, other

    return made


def with_file(report_id: int) -> None:
    Attachment.objects.create(
        report_id=report_id,
        number=1,
        file=StoredFile.objects.create(file_id=b"f" * 32, received_on=NOW),
        size=9,
        chunks=1,
        sealed=b"x",
        use_place=False,
    )


def boxes(page: str) -> list[tuple[str, int]]:
    return [(name, int(value)) for name, value in re.findall(r'type="checkbox" name="(\w+)" value="(\d+)"', page)]


def test_a_threat_among_the_differences_has_a_box_for_its_alert_alone_and_is_never_set_aside(
    pair: Callable[..., tuple[Client, int, int]],
) -> None:
    client, base, threat = pair("2 and he is going to stab him")
    address = f"/reports/{base}/alike/"
    page = client.post(f"{address}compare/").content.decode()
    assert "Judge it alone, because an alert was raised for it" in page
    assert "Nobody has its alert yet" in page
    assert boxes(page) == [("alerts", threat)]
    assert not re.findall(r'type="checkbox"[^>]* checked', page)
    assert "Set aside those I ticked" not in page
    for both in ({"chosen": [str(threat)]}, {"chosen": [str(threat)], "alerts": [str(threat)]}):
        said = client.post(f"{address}set-read-aside/", {"reason": WHY, **both}).content.decode()
        assert "One of these must be judged alone" in said
        assert states(threat) == ["waiting"]
    page = client.post(f"{address}take-alerts/", {"alerts": [str(threat)]}).content.decode()
    assert "You have 1 alert more" in page
    assert boxes(page) == []
    assert "I have the alerts" not in page
    client.post(f"{address}set-read-aside/", {"reason": WHY, "chosen": [str(threat)]})
    assert states(threat) == ["waiting"], "taken or not, it is judged alone"


@pytest.mark.parametrize("kept", ["a word of danger", "a file", "put first", "by phone"])
def test_whatever_must_be_judged_alone_has_no_box_and_takes_none_of_the_ticked_with_it(
    kept: str, pair: Callable[..., tuple[Client, int, int]], received: Callable[..., Received]
) -> None:
    client, base, other = pair("2, he is armed" if kept == "a word of danger" else "2")
    harmless = received({"what": TIP.format(3)}).report_id
    if kept == "a file":
        with_file(other)
    elif kept == "put first":
        Report.objects.filter(pk=other).update(priority=Report.Priority.CHILD_HARM)
    elif kept == "by phone":
        Report.objects.filter(pk=other).update(channel="phone")
    address = f"/reports/{base}/alike/"
    page = client.post(f"{address}compare/").content.decode()
    assert "Judge it alone" in page
    assert "I have the alerts" not in page, "no alert is open"
    assert boxes(page) == [("chosen", harmless)]
    forged = {"reason": WHY, "chosen": [str(harmless), str(other)]}
    assert "One of these must be judged alone" in client.post(f"{address}set-read-aside/", forged).content.decode()
    assert states(other, harmless) == ["waiting", "waiting"]
    client.post(f"{address}set-read-aside/", {"reason": WHY, "chosen": [str(harmless)]})
    assert states(other, harmless) == ["waiting", "set_aside"]


def test_one_that_must_be_judged_alone_is_refused_by_the_action_itself_and_nothing_is_written(
    pair: Callable[..., tuple[Client, int, int]],
) -> None:
    client, base, other = pair("2")
    client.post(f"/reports/{base}/alike/compare/")
    with_file(other)
    actor = Actor.of(client.staff)  # type: ignore[attr-defined]  # set by signed_in
    now = AuditRow.objects.get(verb="compare alike").at
    with pytest.raises(actions.JudgedAlone):
        actions.set_read_aside(actor, base, [other], WHY, now=now)
    assert not GroupSetAside.objects.exists()
    assert not AuditRow.objects.filter(verb__in=["set read aside", "set aside as read"]).exists()


def test_alerts_are_taken_only_of_those_whose_difference_was_shown(
    pair: Callable[..., tuple[Client, int, int]], received: Callable[..., Received]
) -> None:
    client, base, _ = pair("2")
    address = f"/reports/{base}/alike/"
    client.post(f"{address}compare/")
    since = received({"what": TIP.format("2 and he is going to stab him")}).report_id
    actor = Actor.of(client.staff)  # type: ignore[attr-defined]  # set by signed_in
    now = AuditRow.objects.get(verb="compare alike").at
    with pytest.raises(actions.NotShown):
        actions.take_shown_alerts(actor, base, [since], now=now)
    shown = client.post(f"{address}take-alerts/", {"alerts": [str(since)]}).content.decode()
    assert "Read the differences of these reports first" in shown
    assert Alert.objects.get(report=since).acknowledged_at is None


def test_the_page_of_a_group_says_that_all_are_unread_then_how_many_say_what_was_not_read(
    received: Callable[..., Received], signed_in: Callable[..., Client], assessor: Actor
) -> None:
    first, other = (received({"what": THREAT.format(number)}).report_id for number in (14, 41))
    client, address = signed_in(), f"/reports/{first}/alike/"
    page = client.get(address).content.decode()
    assert "All 2 that wait are unread" in page
    assert "Their words are nearly the same" in page
    read_first(assessor, first)
    assert (
        "1 of those that wait says something that stands in no report an assessor"
        in client.get(address).content.decode()
    )
    read_first(assessor, other)
    assert "all 2 that wait say word for word what an assessor has opened" in client.get(address).content.decode()


@pytest.mark.parametrize(("numbers", "differ"), [((14, 14), False), ((14, 41), True)])
def test_today_the_alerts_and_the_group_speak_of_differing_words_only_where_they_differ(
    numbers: tuple[int, int],
    differ: bool,  # noqa: FBT001 - a parameter of the test
    received: Callable[..., Received],
    signed_in: Callable[..., Client],
) -> None:
    first, _ = (received({"what": HARM.format(number)}).report_id for number in numbers)
    for role, says in (
        (Role.SAFEGUARDING_LEAD, "an intake assessor can see in which words they differ"),
        (Role.INTAKE_ASSESSOR, "see in which words they differ"),
    ):
        client = signed_in(role)
        for address in ("/", "/alerts/"):
            page = client.get(address).content.decode()
            assert (says in page) is differ
            assert ("2 alerts of reports that say word for word the same are open" in page) is not differ
            assert ("2 alerts of reports that look alike are open" in page) is differ
    page = client.get("/").content.decode()
    assert ("another word in one of them may be the true one" in page) is differ
    assert ("2 that say word for word the same wait" in page) is not differ
    page = client.get(f"/reports/{first}/alike/").content.decode()
    assert ("They say word for word the same" in page) is not differ
    assert ("in which words the others differ" in page) is differ
    assert "All 2 that wait are unread" in page


def test_one_that_says_much_of_its_own_is_opened_and_never_ticked(
    received: Callable[..., Received], signed_in: Callable[..., Client]
) -> None:
    base = received({"what": TIP.format(1)}).report_id
    longer = received({"what": TIP.format(1) + " It" + " and on" * 9}).report_id
    AlikeSketch.objects.filter(pk=longer).update(first_id=base)
    client, address = signed_in(), f"/reports/{base}/alike/"
    client.post(f"/reports/{base}/open/", {"reason": "next in the queue"})
    page = client.post(f"{address}compare/").content.decode()
    assert "open it and read it whole" in page
    assert f'value="{longer}"' not in page
    client.post(f"{address}set-read-aside/", {"reason": WHY, "chosen": [str(longer)]})
    assert states(longer) == ["waiting"]
