"""Recording what somebody tells by phone or in person: it enters as what is told online does.

Whoever records it hands out seven words and keeps nothing: no table holds the words, and the report is as sealed for
them as any other.
"""

from dataclasses import dataclass
from datetime import datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.intake import take_in
from lastpiece.site.desk.records.models import Mailbox
from lastpiece.tell.report import Report as Told


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of it: its number, whether it was new, and whether its seven words were never shown before."""

    report_id: int
    added: bool
    words_are_new: bool


@action("record for someone")
def record_for_someone(actor: Actor, told: Told, *, now: datetime) -> Recorded:
    """Keep what a person told; the same page sent again adds nothing."""
    known = told.mailbox is not None and Mailbox.objects.filter(address=told.mailbox.id).exists()
    report, added, alerts = take_in(told, now=now)
    touch(
        "report", report.pk, channel=told.channel, form=told.form_version, added=added, by=actor.person, alerts=alerts
    )
    return Recorded(report.pk, added, added and not known)
