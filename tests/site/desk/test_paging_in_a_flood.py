"""Paging while somebody works against it: many unlike threats, and pagers that hang, fail or break."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from tests.site.desk.conftest import NOW, told
from tests.site.desk.test_alerts import AGAIN, Heard, on_duty

from lastpiece.site.desk.jobs.page import TOGETHER, page_due
from lastpiece.site.desk.jobs.reaching import Call
from lastpiece.site.desk.records.actions import alerting
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.intake import receive
from lastpiece.site.desk.records.models import Alert, AlertKind, Paging, Staff
from lastpiece.site.desk.records.queries.alerts import Person

pytestmark = pytest.mark.django_db
Staffed = Callable[..., Staff]


def threat(number: int, *, at: int = 0) -> None:
    """Take in, at that second, a threat that looks like no other."""
    words = " ".join(f"{word}{number * 7919 % 9973}" for word in ("oak", "elm", "mill", "park", "lake", "hill"))
    what = {"what": f"He is going to stab {words} tonight"}
    receive(Actor.job("tests"), told(what), now=NOW + timedelta(seconds=at))


def page(pager: Heard, seconds: float) -> list[tuple[str, int, int]]:
    """Page who is due at that second and return who was called about which alert and how many."""
    pager.calls.clear()
    page_due((pager,), again=AGAIN, now=NOW + timedelta(seconds=seconds))
    return [(name, call.alert_id, call.count) for name, call in pager.calls]


def test_an_unlike_threat_a_second_is_few_calls_and_each_alert_is_in_one(db: None, make_staff: Staffed) -> None:
    on_duty(make_staff())
    pager, calls = Heard(), dict[int, list[tuple[str, int, int]]]()
    for second in range(61 + int(TOGETHER.total_seconds())):
        if second < 60:
            threat(second, at=second)
        if said := page(pager, second):
            calls[second] = said
    assert list(calls) == [0, 45, 90]
    assert [len(said) for said in calls.values()] == [1, 1, 1]
    assert [said[0][2] for said in calls.values()] == [1, 46, 60]
    told = set(Paging.objects.filter(sent=True).values_list("alert_id", flat=True))
    assert told == set(Alert.objects.values_list("pk", flat=True))
    assert len(told) == 60


def test_what_waits_for_the_next_call_goes_on_to_the_next_person_no_later_for_it(db: None, make_staff: Staffed) -> None:
    first, second = make_staff(), make_staff()
    on_duty(first)
    on_duty(second, turn=2)
    threat(1, at=0)
    pager = Heard()
    assert len(page(pager, 0)) == 1
    alerting.take_alert(Actor.of(first), Alert.objects.get().pk, now=NOW)
    threat(2, at=10)
    later = Alert.objects.latest("pk").pk
    assert page(pager, 44) == []
    assert page(pager, 45) == [(first.username, later, 1)]
    assert page(pager, 129) == []
    assert sorted(page(pager, 130)) == sorted([(first.username, later, 1), (second.username, later, 1)])


def test_in_a_flood_the_next_person_is_called_on_time_though_the_first_was_called_just_now(
    db: None, make_staff: Staffed
) -> None:
    first, second = make_staff(), make_staff()
    on_duty(first)
    on_duty(second, turn=2)
    pager, heard = Heard(), dict[str, list[int]]()
    for at in range(0, 200, 5):
        threat(at, at=at)
        for name, _, _ in page(pager, at):
            heard.setdefault(name, []).append(at)
    assert heard[first.username] == [0, 45, 90, 135, 180]
    assert heard[second.username] == [120, 165]


def test_a_call_about_one_kind_holds_back_no_other_kind(db: None, make_staff: Staffed) -> None:
    staff = make_staff()
    on_duty(staff)
    on_duty(staff, AlertKind.CHILD_HARM)
    pager = Heard()
    threat(1, at=0)
    assert len(page(pager, 0)) == 1
    receive(Actor.job("tests"), told({"what": "my stepdad hits me, i'm 12"}), now=NOW)
    harm = Alert.objects.get(kind=AlertKind.CHILD_HARM).pk
    assert (staff.username, harm, 1) in page(pager, 1)


@dataclass
class DeadFor(Heard):
    """A pager that reaches everybody but one."""

    dead: str = ""

    def reach(self, person: Person, call: Call) -> str:
        return "The line is dead." if person.staff.username == self.dead else super().reach(person, call)


def test_somebody_whose_pager_is_dead_takes_no_alert_off_the_one_who_is_reached(db: None, make_staff: Staffed) -> None:
    reached, dead = make_staff(), make_staff()
    pager = DeadFor(dead=dead.username)
    threat(1, at=0)
    assert [name for name, _, _ in page(pager, 0)] == [reached.username]
    threat(2, at=1)
    later = Alert.objects.latest("pk").pk
    heard = [at for at in range(1, 61) if (reached.username, later, 2) in page(pager, at)]
    assert heard == [45]


@dataclass
class Stuck:
    """A way that does not come back until it is let go."""

    way: Paging.Way = Paging.Way.MAIL
    let_go: threading.Event = field(default_factory=threading.Event)

    def reach(self, person: Person, call: Call) -> str:  # noqa: ARG002 - the way's own signature
        self.let_go.wait(60)
        return ""


class Breaks(Stuck):
    """A way that breaks as nobody foresaw."""

    def reach(self, person: Person, call: Call) -> str:  # noqa: ARG002 - the way's own signature
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Stuck, "Nothing came back in time, so it was given up."),
        (Breaks, "Something unforeseen went wrong (ZeroDivisionError)."),
    ],
)
def test_a_way_that_never_comes_back_or_breaks_costs_no_other_way_and_no_other_person(
    other: type[Stuck], why: str, db: None, make_staff: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lastpiece.site.desk.jobs.calling.LONGEST_S", 0.5)
    people = {make_staff().username, make_staff().username}
    threat(1)
    stuck, pager = other(), Heard()
    try:
        assert page_due((stuck, pager), again=AGAIN, now=NOW) == 2
    finally:
        stuck.let_go.set()
    assert {name for name, _ in pager.calls} == people
    tries = {(paging.way, paging.sent, paging.why) for paging in Paging.objects.all()}
    assert tries == {(Paging.Way.COMMAND, True, ""), (Paging.Way.MAIL, False, why)}
    assert Paging.objects.count() == 4
