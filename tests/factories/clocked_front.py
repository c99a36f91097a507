"""A front that believes it is another day, and a desk that changes keys on that day."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.factories.proofs import SITE
from tests.factories.servers import Front, running

from lastpiece.tell import rotation

HERE = ZoneInfo("Europe/London")


@dataclass
class ClockedFront(Front):
    """A front, its clock, and the keys made for it."""

    @property
    def places(self) -> rotation.Places:
        desk, front = self.home / "desk", self.home / "front"
        return rotation.Places(
            self.home / "root", desk / "keys", desk / "board", front, front / "board", front / "spool"
        )

    def move_to(self, moment: datetime) -> None:
        """Let it be this moment at the front."""
        set_clock(self.home, moment)

    def change_key(self, now: datetime, *, days: int = 14) -> None:
        """Publish a new key, as `lastpiece keys rotate` does; with 0 days it ends with the day."""
        rotation.rotate(self.places, site=SITE, now=now, days=days)


def set_clock(home: Path, moment: datetime) -> None:
    ahead = moment - datetime.now(UTC)  # noqa: TID251 - how far the front's clock is ahead of ours
    draft = home / "clock.draft"
    draft.write_text(str(ahead.total_seconds()))
    draft.replace(home / "clock")


@contextmanager
def clocked_front(home: Path, moment: datetime, *, days: int = 14) -> Iterator[ClockedFront]:
    """Run a front at this moment, with keys made on that day; with 0 days they end with it."""
    home.mkdir(parents=True, exist_ok=True)
    set_clock(home, moment)
    program = [sys.executable, "-m", "tests.factories.front_elsewhen", str(home / "clock")]
    made = ClockedFront("", home, None)  # type: ignore[arg-type] # its keys are made before it starts
    rotation.make(made.places, site=SITE, now=moment, days=days)
    with running(["--port", "0"], home, "http://", program=program) as (process, line):
        made.address, made.process = line.split()[-1].rstrip("/"), process
        yield made


def before_midnight() -> datetime:
    """Return half a minute before the end of today, by the clocks here."""
    today = datetime.now(HERE)  # noqa: TID251 - the next midnight is told from now
    return (today + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(seconds=30)
