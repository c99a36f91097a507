"""Whatever call to the disk fails: nothing is said to be received that is not safe, and nothing typed is lost."""

import errno
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.sealed_front import Desk
from tests.factories.tellers import Page

from lastpiece.tell.disk import Disk
from lastpiece.tell.spool import STOPPED

CALLS = (
    "make_folder", "create", "write", "date", "sync", "close", "rename", "sync_folder", "names", "read", "remove"
)  # fmt: skip
FAULTS = {
    "a full disk": errno.ENOSPC,
    "a broken disk": errno.EIO,
    "no descriptors": errno.EMFILE,
    "a disk that only reads": errno.EROFS,
}
ANSWER = "A grey Golf by the shops"
MOST_CALLS = 200


class FailingAt:
    """The real disk, whose `at`-th call fails; it writes only half of what it is given, every time."""

    def __init__(self, at: int, number: int) -> None:
        self.at, self.number, self.calls = at, number, 0

    def plant(self, patch: pytest.MonkeyPatch) -> None:
        """Put this in place of the disk's own calls."""
        for name in CALLS:
            patch.setattr(Disk, name, self._counted(name, getattr(Disk, name)))

    def _counted(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(disk: Disk, *args: Any) -> Any:  # noqa: ANN401 - whatever the disk's own calls take and give
            self.calls += 1
            if self.calls == self.at:
                if name == "write":
                    original(disk, args[0], args[1][: len(args[1]) // 2])
                elif name == "close":
                    original(disk, *args)
                raise OSError(self.number, os.strerror(self.number))
            if name == "write" and len(args[1]) > 1:
                return original(disk, args[0], args[1][: len(args[1]) // 2])
            return original(disk, *args)

        return call


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call_of_a_sending_never_says_received_for_an_unsaved_report(
    desk: Desk, visitor: Client, fault: str
) -> None:
    fields = {**Page(visitor.get("/tell").content.decode()).hidden, "what": ANSWER, "step": "files", "go": "next"}
    refused = received = 0
    for at in range(1, MOST_CALLS):
        with pytest.MonkeyPatch.context() as patch:
            disk = FailingAt(at, FAULTS[fault])
            disk.plant(patch)
            sent = {**fields, "seed": f"{at:064x}", "step": "check", "go": "send"}
            answer = visitor.post("/tell", sent).content.decode()
        words = Page(answer).words
        kept = {report.answers["what"] for report in desk.opened() if report.nonce}
        if words:
            received += 1
            assert kept == {ANSWER}, at
        else:
            refused += 1
            assert ANSWER in answer, at
        for name in desk.spool.waiting():
            desk.spool.remove(name)
        (desk.spool.folder / STOPPED).unlink(missing_ok=True)
        if disk.calls < at:
            break
    assert disk.calls < at, "every call was hit"
    assert received
    assert refused >= 12


def test_at_a_full_disk_the_page_says_plainly_that_nothing_was_sent_and_whom_to_ring(
    desk: Desk, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {**Page(visitor.get("/tell").content.decode()).hidden, "what": ANSWER, "step": "check", "go": "send"}

    def full(_disk: Disk, _descriptor: int, _content: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Disk, "write", full)
    answer = visitor.post("/tell", fields)
    page = answer.content.decode()
    assert answer.status_code == 503
    assert not Page(page).words
    assert ANSWER in page
    main = page[page.index("<main") :]
    for said in ("999", "101"):
        assert said in main, said
    assert "<title>Not sent" in page
    assert desk.spool.waiting() == []
    assert not (desk.spool.folder / STOPPED).exists(), "it goes on by itself when there is room"
