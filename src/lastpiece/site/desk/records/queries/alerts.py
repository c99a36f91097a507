"""Reading alerts and the duty rota: what is open, who is on duty, who was paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from lastpiece.site.desk.records.models import Alert, AlertKind, Duty, Paging, Role, Staff

ANSWERED_BY = {
    AlertKind.THREAT_TO_LIFE: (Role.INTAKE_ASSESSOR,),
    AlertKind.CHILD_HARM: (Role.SAFEGUARDING_LEAD, Role.INTAKE_ASSESSOR),
    AlertKind.UNREAD: (Role.INTAKE_ASSESSOR,),
    AlertKind.UNREAD_CHILD: (Role.SAFEGUARDING_LEAD, Role.INTAKE_ASSESSOR),
    AlertKind.ROOM: (Role.ADMINISTRATOR, Role.INTAKE_ASSESSOR),
}
"""Whose alert it is when nobody is on duty: the first of these roles that somebody has."""

DUTY_OF = {AlertKind.UNREAD: AlertKind.THREAT_TO_LIFE, AlertKind.UNREAD_CHILD: AlertKind.CHILD_HARM}
"""Kinds without a rota of their own, and whose duty they are: what nobody could read may be the worst."""
ON_THE_ROTA = tuple(kind for kind in AlertKind if kind not in DUTY_OF)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to page and where."""

    staff: Staff
    reach: str


@dataclass(frozen=True, slots=True)
class AlertPage:
    """One alert with everybody who was paged about it."""

    alert: Alert
    pagings: list[Paging]


@dataclass(frozen=True, slots=True)
class Paged:
    """The last round in which somebody was paged about an alert, and whether it reached anybody."""

    alert: Alert
    turn: int
    at: datetime
    reached: bool


def open_alerts(kinds: Sequence[str] = tuple(AlertKind)) -> QuerySet[Alert]:
    """Return the alerts that nobody has, each sort the oldest first.

    Threats to life come first, then harm to children, then what is in another language, then room.
    """
    rows = Alert.objects.filter(acknowledged_at__isnull=True, over_at__isnull=True, kind__in=kinds)
    rows = rows.select_related("report")
    first = Case(
        When(kind=AlertKind.THREAT_TO_LIFE, then=Value(0)),
        When(kind=AlertKind.CHILD_HARM, then=Value(1)),
        When(kind=AlertKind.ROOM, then=Value(3)),
        default=Value(2),
    )
    return rows.order_by(first, "raised_at", "id")


def kinds_for(role: str) -> tuple[AlertKind, ...]:
    """Return the kinds of alert that a role is shown."""
    return tuple(kind for kind, roles in ANSWERED_BY.items() if role in roles)


def alert_page(alert_id: int, role: str) -> AlertPage | None:
    """Return one alert for somebody of that role, or None when there is none for them."""
    alert = Alert.objects.select_related("report", "acknowledged_by").filter(pk=alert_id, kind__in=kinds_for(role))
    found = alert.first()
    return (
        None if found is None else AlertPage(found, list(found.pagings.select_related("staff").order_by("-at", "-id")))
    )


def taken_alerts(role: str, limit: int = 30) -> list[Alert]:
    """Return the alerts that somebody has, the newest first."""
    rows = Alert.objects.filter(acknowledged_at__isnull=False, kind__in=kinds_for(role))
    return list(rows.select_related("report", "acknowledged_by").order_by("-raised_at")[:limit])


def on_duty(kind: str, *, now: datetime) -> list[Person]:
    """Return who is on duty for that kind now, each once, in the order in which they are paged."""
    duty_kind = DUTY_OF.get(AlertKind(kind), kind)
    rows = Duty.objects.filter(kind=duty_kind, starts_at__lte=now, ends_at__gt=now, staff__is_active=True)
    found: dict[int, Person] = {}
    for duty in rows.select_related("staff").order_by("turn", "starts_at", "id"):
        found.setdefault(duty.staff_id, Person(duty.staff, duty.reach or duty.staff.email))
    return list(found.values())


def everybody_for(kind: str) -> list[Person]:
    """Return everybody whose role answers alerts of that kind; for harm to a child assessors where there is no lead."""
    for role in ANSWERED_BY[AlertKind(kind)]:
        staff = list(Staff.objects.filter(role=role, is_active=True))
        if staff:
            return [Person(one, one.email) for one in staff]
    return []


def unmanned(kinds: Sequence[str], *, now: datetime) -> list[AlertKind]:
    """Return the kinds for which nobody is on duty now; what is about room may wait for everybody whose role it is."""
    asked = [AlertKind(kind) for kind in kinds if kind != AlertKind.ROOM and kind in ON_THE_ROTA]
    return [kind for kind in asked if not on_duty(kind, now=now)]


def rota(*, now: datetime) -> list[Duty]:
    """Return the turns of duty that have not ended."""
    return list(Duty.objects.filter(ends_at__gt=now).select_related("staff"))


def may_be_on_duty() -> list[Staff]:
    """Return everybody who may be put on the rota."""
    roles = {role for roles in ANSWERED_BY.values() for role in roles}
    return list(Staff.objects.filter(role__in=roles, is_active=True))


def never_paged() -> list[Alert]:
    """Return the open alerts about which nobody was paged yet."""
    return list(open_alerts().exclude(Exists(Paging.objects.filter(alert=OuterRef("pk")))))


def reached_since(moment: datetime) -> set[tuple[str, int]]:
    """Return who was reached after that moment, each with the kind of alert it was about."""
    rows = Paging.objects.filter(at__gt=moment, sent=True).order_by().values_list("alert__kind", "staff_id").distinct()
    return {(kind, staff_id) for kind, staff_id in rows if staff_id is not None}


def last_paged() -> list[Paged]:
    """Return the last round of paging of each open alert that speaks for those that look alike."""
    latest = Paging.objects.filter(alert=OuterRef("pk")).order_by("-at", "-id")
    speakers = [alert.pk for alert in collapsed_alerts()]
    rows = Alert.objects.filter(pk__in=speakers).annotate(
        last_at=Subquery(latest.values("at")[:1]), last_turn=Subquery(latest.values("turn")[:1])
    )
    reached = set(Paging.objects.filter(alert__in=speakers, sent=True).values_list("alert_id", "turn").distinct())
    return [
        Paged(alert, turn, at, (alert.pk, turn) in reached)
        for alert in rows.order_by("raised_at", "pk")
        if (turn := alert.last_turn) is not None and (at := alert.last_at) is not None
    ]


def collapsed_alerts(kinds: Sequence[str] = tuple(AlertKind)) -> list[Alert]:
    """Return of the open alerts the oldest of each kind and group of look-alikes; `alike` is how many they are.

    `said_low` and `said_high` are equal when the reports of all of these say the very same.
    """
    together = [F("kind"), F("head"), F("about")]
    head = Coalesce("report__sketch__first_id", "report_id", Value(0))
    rows = open_alerts(kinds).annotate(head=head)
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by=together, order_by=[F("raised_at"), F("pk")]),
        alike=Window(Count("pk"), partition_by=together),
        said_low=Window(Min("report__sketch__said"), partition_by=together),
        said_high=Window(Max("report__sketch__said"), partition_by=together),
    )
    return list(numbered.filter(place=1))
