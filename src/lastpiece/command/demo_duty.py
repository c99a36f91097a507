"""Who is on duty at the demonstration's desk, and who took the alerts of its past.

Django must be set up before this is imported.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lastpiece.site.desk.records.actions import alerting
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.models import Alert, AlertKind, Duty, Role, Staff
from lastpiece.site.desk.records.queries.alerts import DUTY_OF, open_alerts, unmanned

TURN = timedelta(days=7)
_KINDS: Mapping[AlertKind, tuple[Role, ...]] = {
    AlertKind.THREAT_TO_LIFE: (Role.INTAKE_ASSESSOR,),
    AlertKind.CHILD_HARM: (Role.SAFEGUARDING_LEAD, Role.INTAKE_ASSESSOR),
}
"""Kind of alert → who is on duty for it, in turn."""


def keep_rota(now: datetime) -> None:
    """Put the invented staff on duty for a week wherever nobody is, however old the demonstration's home is."""
    for kind in unmanned(tuple(_KINDS), now=now):
        for turn, role in enumerate(_KINDS[kind], start=1):
            for staff in Staff.objects.filter(role=role, is_active=True).order_by("pk"):
                duty = Duty(staff=staff, kind=kind, starts_at=now, ends_at=now + TURN, turn=turn)
                alerting.put_on_duty(Actor.job("demonstration"), duty, now=now)


def take_alerts(*, now: datetime, until: datetime) -> None:
    """Let whoever is on duty say “I have it” to each open alert, a minute or some after it was raised."""
    for alert in list(open_alerts((*_KINDS, *DUTY_OF))):
        if Alert.objects.filter(pk=alert.pk, acknowledged_at__isnull=False).exists():
            continue  # it looks like one that was taken just now
        staff = (
            Staff.objects.filter(
                role=_KINDS[DUTY_OF.get(AlertKind(alert.kind), AlertKind(alert.kind))][0], is_active=True
            )
            .order_by("pk")
            .first()
        )
        if staff is not None:
            after = timedelta(seconds=45 + 37 * alert.pk % 200)
            alerting.take_alert(Actor.of(staff), alert.pk, now=min(now + after, until))
