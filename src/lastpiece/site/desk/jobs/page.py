"""Paging: every open alert reaches the person on duty at once, and the next one until somebody has it.

The first round pages whoever is first on duty; each later one also the next, and after the last of them everybody
whose role it is. Where nobody is on duty everybody whose role it is is paged at once. Several alerts of one kind go
out as one call, so that a flood of them cannot drown the pager. Nothing of a report is in any call.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

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
)

PAGER = Actor.job("pager")
AFTER_FAILURE = timedelta(seconds=10)
"""When nobody could be reached, the next round comes this soon; then twice as late each time, up to the usual pause."""
_PATIENT_FROM, _MOST_PATIENT = 5, 8
_NOBODY = "Nobody has the role that answers it."
_NO_WAY = "No way to page anybody is set up."


def page_due(ways: Sequence[Way], *, again: timedelta, now: datetime) -> int:
    """Page everybody whom an open alert is due to reach now, and return how many calls went out.

    Each alert is paged once for itself, at once. After that the oldest that nobody has of those that look alike
    speaks for them: the calls and the rows of a flood do not grow with it.
    """
    due: dict[tuple[str, int], list[Alert]] = defaultdict(list)
    for alert in never_paged():
        due[alert.kind, 0].append(alert)
    for paged in last_paged():
        turn = next_turn(paged, again=again, now=now)
        if turn is not None:
            due[paged.alert.kind, turn].append(paged.alert)
    called: dict[tuple[str, int], Paging.Way] = {}
    for (kind, turn), alerts in sorted(due.items()):
        _page(AlertKind(kind), turn, alerts, ways, called=called, now=now)
    return len(called)


def next_turn(last: Paged, *, again: timedelta, now: datetime) -> int | None:
    """Return the round that is due now; None while the last one may still be answered."""
    patience = min(2 ** max(0, last.turn - _PATIENT_FROM), _MOST_PATIENT)
    pause = again * patience if last.reached else min(AFTER_FAILURE * 2 ** min(last.turn, 10), again * patience)
    return last.turn + 1 if now - last.at >= pause else None


def recipients(kind: AlertKind, turn: int, *, now: datetime) -> list[Person]:
    """Return who is paged in that round."""
    duty = on_duty(kind, now=now)
    if turn < len(duty):
        return duty[: turn + 1]
    known = {person.staff.pk for person in duty}
    return duty + [person for person in everybody_for(kind) if person.staff.pk not in known]


def _page(
    kind: AlertKind,
    turn: int,
    alerts: list[Alert],
    ways: Sequence[Way],
    *,
    called: dict[tuple[str, int], Paging.Way],
    now: datetime,
) -> None:
    people = recipients(kind, turn, now=now)
    call = Call(alerts[0].pk, kind, open_alerts((kind,)).count())
    if not people or not ways:
        _note(alerts, None, turn, Paging.Way.NONE, _NO_WAY if people else _NOBODY, now)
    for person in people:
        told = called.get((kind, person.staff.pk))  # an earlier round of this very minute said how many are open
        tries = [(told, "")] if told else [(way.way, way.reach(person, call)) for way in ways]
        for way, why in tries:
            if not why:
                called[kind, person.staff.pk] = way
            _note(alerts, person, turn, way, why, now)


def _note(alerts: list[Alert], person: Person | None, turn: int, way: Paging.Way, why: str, now: datetime) -> None:  # noqa: PLR0917 - internal
    staff_id, said = (person.staff.pk if person else None), why[:120]
    pagings = [Paging(alert=alert, staff_id=staff_id, turn=turn, way=way, sent=not why, why=said) for alert in alerts]
    note_paging(PAGER, pagings, now=now)
