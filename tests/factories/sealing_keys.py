"""Keys and a keyring for tests, made once: nothing here is anybody's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from lastpiece.tell.certificate import BoardKey, Certificate, EpochKey, Root, issue
from lastpiece.tell.opening import Keyring, Signer

SITE = "nenshire"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROOT = Root(b"invented root key of 32 bytes...")
EPOCH = EpochKey.make()
CERTIFICATE = issue(ROOT, EPOCH, site=SITE, not_before=NOW - timedelta(days=1), not_after=NOW + timedelta(days=14))


def board_signer(*, site: str = SITE, root: Root = ROOT, now: datetime = NOW) -> Signer:
    """Return a new board key that `root` certified for 400 days."""
    key = BoardKey.make()
    return Signer(key, issue(root, key, site=site, not_before=now, not_after=now + timedelta(days=400)))


def keyring(folder: Path, certificate: Certificate = CERTIFICATE, key: EpochKey = EPOCH) -> Keyring:
    """Return a keyring in `folder` that holds one epoch, a board key, a storage key and the root's pin."""
    ring = Keyring(folder)
    ring.add_epoch(key, certificate)
    ring.set_signer(board_signer())
    ring.set_storage_key(b"invented storage key of 32 bytes")
    ring.set_root_public(ROOT.public)
    return ring
