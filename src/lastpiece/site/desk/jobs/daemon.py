"""`lastpiece desk collect` as it runs for months: collects every few seconds, pages, and outlives what goes wrong.

Collecting and paging go on side by side, so that neither a flood of reports holds up a page nor a slow pager the
reports. A trouble is said once, in one sentence without a word of a report, and its end once; then it goes on.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from lastpiece.site.desk.jobs.collect import Collected, collect, now_utc
from lastpiece.site.desk.jobs.page import page_due
from lastpiece.site.desk.jobs.reaching import Way
from lastpiece.site.desk.jobs.room import watch_room
from lastpiece.site.desk.records.queries.room import limits_set
from lastpiece.site.pack.loading import PackWrong
from lastpiece.tell.opening import Keyring, KeysDamaged, KeysMissing
from lastpiece.tell.spool import Spool

PAGE_EVERY_S = 1.0
WATCH_EVERY_S = 30.0
LONGEST_PAUSE_S = 30.0
"""While something is wrong it is tried again ever more slowly, but at least this often."""


@dataclass(slots=True)
class Troubles:
    """Says each trouble of one task once, and that it is over."""

    task: str
    say: Callable[[str], None]
    now: str = ""
    pauses: int = 0

    def met(self, sentence: str) -> None:
        """Say what is wrong, unless that was the last thing said."""
        self.pauses += 1
        if sentence != self.now:
            self.now = sentence
            self.say(f"{self.task}: {sentence}")

    def over(self) -> None:
        """Say that it works again, if it did not."""
        self.pauses = 0
        if self.now:
            self.now = ""
            self.say(f"{self.task}: works again.")

    def pause_s(self, usual_s: float) -> float:
        """Return how long to wait before the next try."""
        return usual_s if not self.pauses else min(usual_s * 2**self.pauses, max(usual_s, LONGEST_PAUSE_S))


@dataclass(slots=True)
class Daemon:
    """The collector, the pager and the watch over the room.

    Attributes:
        spool: Where the front leaves sealed reports.
        site: Gives the site that reports are sealed for; asked anew each time, because a pack may be repaired.
        ways: How people are paged.
        every_s: Seconds between two looks into the spool.
        again: When an alert that nobody has is paged again.
        say: Takes each sentence for the log.
        done: Takes the counts of each run that read anything.
        stopping: Set to end after the report that is being taken in.
    """

    spool: Path
    site: Callable[[], str]
    ways: tuple[Way, ...]
    every_s: float
    again: timedelta
    say: Callable[[str], None]
    done: Callable[[Collected], None] = field(default=lambda _done: None)
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Collect here, page and watch the room in threads beside, until `stopping` is set."""
        beside = [
            threading.Thread(target=self._go_on, args=(task, once, every_s), name=task)
            for task, once, every_s in (("Pager", self.page, PAGE_EVERY_S), ("Room", self.watch, WATCH_EVERY_S))
        ]
        for thread in beside:
            thread.start()
        try:
            self._go_on("Collector", self.collect, self.every_s)
        finally:
            self.stopping.set()
            for thread in beside:
                thread.join()

    def collect(self) -> None:
        """Take what waits in the spool now."""
        spool = Spool(self.spool)
        if spool.waiting() or not spool.folder.exists():
            keyring = Keyring(Path(settings.KEYRING_FOLDER))
            self.done(collect(spool, keyring, site=self.site(), stop=self.stopping.is_set))

    def page(self) -> None:
        """Page whoever is due now."""
        page_due(self.ways, again=self.again, now=now_utc())

    def watch(self) -> None:
        """Look how much room is left."""
        watch_room(self.spool, within=limits_set(), now=now_utc())

    def _go_on(self, task: str, once: Callable[[], None], every_s: float) -> None:
        troubles = Troubles(task, self.say)
        while not self.stopping.is_set():
            close_old_connections()
            sentence = self._try(once)
            if sentence:
                troubles.met(sentence)
                connection.close()
            else:
                troubles.over()
            self.stopping.wait(troubles.pause_s(every_s))
        connection.close()

    def _try(self, once: Callable[[], None]) -> str:
        """Run one pass and return what went wrong in a sentence; nothing that was told is lost by any of it."""
        try:
            once()
        except (KeysMissing, KeysDamaged, PackWrong) as error:
            return f"{error} Sealed reports wait in the spool."
        except (DatabaseError, InterfaceError) as error:
            return (
                f"The desk's database cannot be used now ({type(error).__name__}). Sealed reports wait in the spool; "
                "trying again."
            )
        except OSError as error:
            return (
                f"The disk or the spool {self.spool} cannot be used: {error.strerror}. Nothing was lost; trying again."
            )
        except Exception as error:  # noqa: BLE001 - it must outlive what nobody foresaw; the kind alone is said, no text
            return f"Something unforeseen went wrong ({type(error).__name__}). Nothing was lost; trying again."
        return ""
