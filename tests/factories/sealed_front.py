"""A front's folders with keys made for them, and the desk's side to see what was sealed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lastpiece.tell import board
from lastpiece.tell.certificate import BoardKey, EpochKey, Root, issue
from lastpiece.tell.opening import Keyring, Signer, open_sealed
from lastpiece.tell.report import Report
from lastpiece.tell.root_key import write_root_public
from lastpiece.tell.spool import Spool

NOW = datetime.now(UTC)  # noqa: TID251 - the front reads the clock, so its keys must be valid now


@dataclass
class Desk:
    """What only the desk can do, for looking at what the front sealed."""

    home: Path
    root: Root
    signer: Signer
    serial: int = 0

    @property
    def spool(self) -> Spool:
        return Spool(self.home / "front" / "spool")

    def opened(self) -> list[Report]:
        keyring = Keyring(self.home / "desk" / "keys")
        return [
            Report.decode(open_sealed(self.spool.read(name), keyring, site="nenshire")) for name in self.spool.waiting()
        ]

    def publish(self, **documents: bytes) -> None:
        self.serial += 1
        named = {name.replace("__", "-").replace("_", "."): content for name, content in documents.items()}
        certificate = {"certificate.json": self.certificate.encode()}
        board.publish(
            self.home / "front" / "board", {**certificate, **named}, self.signer, serial=self.serial, on=NOW.date()
        )

    def __post_init__(self) -> None:
        self.renew(timedelta(days=7))

    def renew(self, lasts: timedelta) -> None:
        """Make a new report key that is valid from two hours ago for `lasts`, and publish its certificate."""
        key = EpochKey.make()
        start = NOW - timedelta(hours=2)
        self.certificate = issue(self.root, key, site="nenshire", not_before=start, not_after=start + lasts)
        Keyring(self.home / "desk" / "keys").add_epoch(key, self.certificate)
        self.publish()


def make_desk(home: Path) -> Desk:
    """Make a root, a board key and a report key under `home`, and publish the first board."""
    root, board_key = Root.make(), BoardKey.make()
    start, end = NOW - timedelta(days=1), NOW + timedelta(days=30)
    write_root_public(home / "front" / "root.pub", root.public)
    certificate = issue(root, board_key, site="nenshire", not_before=start, not_after=end)
    return Desk(home, root, Signer(board_key, certificate))
