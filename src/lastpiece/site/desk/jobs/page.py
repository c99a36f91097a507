"""Paging: every open alert reaches the person on duty at once, and the next one until somebody has it.

The first round pages whoever is first on duty; each later one also the next, and after the last of them everybody
whose role it is. Where nobody is on duty everybody whose role it is is paged at once. Several alerts of one kind go
out as one call, and nobody is called about one kind more than once in `TOGETHER`, so that a flood cannot drown the
pager. Nothing of a report is in any call.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from lastpiece.site.desk.jobs.calling import Try, call_all
from lastpiece.site.desk.jobs.reaching import Call, Way
from lastpiece.site.desk.records.actions.alerting import note_paging
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import Alert, AlertKind, Paging
from lastpiece.site.desk.records.queries.alerts import (
    Paged,
    Person,
    everybody_for,
    last_paged,
    never_paged,
    on_duty,
    open_alerts,
    reached_since,
)

PAGER = Actor.job("pager")
AFTER_FAILURE = timedelta(seconds=10)
"""When nobody could be reached, the next round comes this soon; then twice as late each time, up to the usual pause."""
TOGETHER = timedelta(seconds=45)
"""Within this after a call nobody is called again about the same kind: what is new goes into the next call.

With the seconds that collecting takes, each alert is so in a call within a minute of being told.
"""
_PATIENT_FROM, _MOST_PATIENT = 5, 8
_NOBODY = "Nobody has the role that answers it."
_NO_WAY = "No way to page anybody is set up."


@dataclass(slots=True)
class Round:
    """The alerts of one kind and turn that are due, and who is called about them now."""

    kind: AlertKind
    turn: int
    alerts: list[Alert]
    people: list[Person]


def page_due(ways: Sequence[Way], *, again: timedelta, now: datetime) -> int:
    """Page everybody whom an open alert is due to reach now, and return how many calls went out.

    Each alert is paged once for itself, at once, or in the next call of whoever was called about its kind just now.
    After that the oldest that nobody has of those that look alike speaks for them: the calls and the rows of a flood
    do not grow with it. Each call has a thread of its own, and each that ends its row in the log.
    """
    rounds = due_rounds(again=again, now=now)
    for one in rounds:
        if not one.people or not ways:
            _note(one, None, Paging.Way.NONE, _NO_WAY if one.people else _NOBODY, now=now)
    reached = set()
    for tried, why in call_all(_tries(rounds, ways)):
        kind, staff = tried.call.kind, tried.person.staff.pk
        if not why:
            reached.add((kind, staff))
        for one in rounds:
            if one.kind == kind and any(person.staff.pk == staff for person in one.people):
                _note(one, tried.person, tried.way.way, why, now=now)
    return len(reached)


def due_rounds(*, again: timedelta, now: datetime) -> list[Round]:
    """Return the rounds that go out now, those of new alerts first."""
    due: dict[tuple[str, int], list[Alert]] = defaultdict(list)
    for alert in never_paged():
        due[alert.kind, 0].append(alert)
    for paged in last_paged():
        turn = next_turn(paged, again=again, now=now)
        if turn is not None:
            due[paged.alert.kind, turn].append(paged.alert)
    pause = min(TOGETHER, again)
    called = reached_since(now - pause) if due else set()
    rounds = []
    for (kind, turn), alerts in sorted(due.items(), key=itemgetter(0)):
        one = Round(AlertKind(kind), turn, alerts, recipients(AlertKind(kind), turn, now=now))
        if _goes_out(one, called, late=now - pause):
            rounds.append(one)
    return rounds


def _goes_out(one: Round, called: Container[tuple[str, int]], *, late: datetime) -> bool:
    """Leave out of the round whoever was called about its kind just now, and return whether it goes out.

    A later round goes to the others at once. New alerts wait for all whom they concern, but never longer than the
    pause: otherwise somebody whose pager is dead would take them off the one who was reached.
    """
    free = [person for person in one.people if (one.kind, person.staff.pk) not in called]
    if one.people and not free:
        return False
    if one.turn == 0 and len(free) < len(one.people) and min(alert.raised_at for alert in one.alerts) > late:
        return False
    one.people = free
    return True


def _tries(rounds: Sequence[Round], ways: Sequence[Way]) -> list[Try]:
    """Return one call for each person, kind and way; its number is that of the first alert that is due for them."""
    calls: dict[tuple[str, int], tuple[Person, Call]] = {}
    open_now = {kind: open_alerts((kind,)).count() for kind in {one.kind for one in rounds}}
    for one in rounds:
        for person in one.people:
            call = Call(one.alerts[0].pk, one.kind, open_now[one.kind])
            calls.setdefault((one.kind, person.staff.pk), (person, call))
    return [Try(person, call, way) for person, call in calls.values() for way in ways]


def next_turn(last: Paged, *, again: timedelta, now: datetime) -> int | None:
    """Return the round that is due now; None while the last one may still be answered.

    What waited for a call together with others goes on to the next person no later for it.
    """
    patience = min(2 ** max(0, last.turn - _PATIENT_FROM), _MOST_PATIENT)
    pause = again * patience if last.reached else min(AFTER_FAILURE * 2 ** min(last.turn, 10), again * patience)
    since = last.at if last.turn else max(last.alert.raised_at, last.at - min(TOGETHER, again))
    return last.turn + 1 if now - (since if last.reached else last.at) >= pause else None


def recipients(kind: AlertKind, turn: int, *, now: datetime) -> list[Person]:
    """Return who is paged in that round."""
    duty = on_duty(kind, now=now)
    if turn < len(duty):
        return duty[: turn + 1]
    known = {person.staff.pk for person in duty}
    return duty + [person for person in everybody_for(kind) if person.staff.pk not in known]


def _note(one: Round, person: Person | None, way: Paging.Way, why: str, *, now: datetime) -> None:
    staff_id, said = (person.staff.pk if person else None), why[:120]
    note_paging(
        PAGER,
        [
            Paging(alert=alert, staff_id=staff_id, turn=one.turn, way=way, sent=not why, why=said)
            for alert in one.alerts
        ],
        now=now,
    )
