"""What is done once a day or a week at a real desk is done within seconds in the demonstration: the board, the rota.

The collector is the desk's own. At a real desk the board goes out once a day. Whoever tries the demonstration
should not wait a day for an answer, so here the board goes out as soon as something waits for it.
"""

import sys
import time
from datetime import UTC, datetime

from django.db import OperationalError

from lastpiece.command.demo_duty import keep_rota
from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.publishing import Hatch, publish_board
from lastpiece.site.desk.records.models import Message, Release

EVERY_S = 2.0


def tend() -> None:
    """Publish until the process is ended."""
    while True:
        try:
            tend_once()
        except OperationalError:
            sys.stderr.write("The desk's database was busy; trying again.\n")
        time.sleep(EVERY_S)


def tend_once() -> None:
    """Publish the board if a release or an answer waits for it, and keep somebody on duty."""
    now = datetime.now(UTC)  # noqa: TID251 - a command reads the clock
    keep_rota(now)
    if something_waits():
        publish_board(Actor.job("publish"), Hatch.of_this_desk(), now=now)


def something_waits() -> bool:
    """Return whether an approved release or a released answer is not out yet."""
    newest = Release.objects.filter(state=Release.State.PUBLISHED).order_by("-pk").values_list("pk", flat=True).first()
    approved = Release.objects.filter(state=Release.State.APPROVED, pk__gt=newest or 0)
    answers = Message.objects.filter(direction=Message.Direction.OUT, state=Message.State.RELEASED)
    return approved.exists() or answers.exists()
