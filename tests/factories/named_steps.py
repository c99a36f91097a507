"""The named steps of a report, from the form that is posted to the board that is posted, and how to die at one.

Nothing of this is in the product: a child of a proof wraps one function, by its name, and kills itself with the signal
that cannot be caught when that function is about to run, or has run. A function that is renamed is missed at once.
"""

import functools
import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

DISK = "lastpiece.tell.disk:Disk"
SPOOL = "lastpiece.tell.spool:Spool"
HELD = "lastpiece.tell.held:Held"
HATCH = "lastpiece.site.front.hatch:"
COLLECT = "lastpiece.site.desk.jobs.collect:"
ACTIONS = "lastpiece.site.desk.records.actions."


@dataclass(frozen=True, slots=True)
class Step:
    """A moment: before or after `owner.function` (`module:` or `module:Class`), if given only while `within` runs."""

    name: str
    owner: str
    function: str
    when: Literal["before", "after"] = "after"
    within: tuple[str, str] | None = None


_PUT, _KEEP, _REMOVE = (SPOOL, "put"), (HELD, "keep"), (SPOOL, "remove")
FRONT = (
    Step("a part of a file is sealed", HELD, "keep", "before"),
    Step("the part is written", DISK, "write", within=_KEEP),
    Step("the part is safe", DISK, "sync", within=_KEEP),
    Step("the part is held", HELD, "keep"),
    Step("the form is read", HATCH, "ready", "before"),
    Step("the files are to be released", HELD, "release", "before"),
    Step("the files are released", HELD, "release"),
    Step("the report is made", HATCH, "send", "before"),
    Step("the report is to be sealed", HATCH, "seal", "before"),
    Step("the report is sealed", HATCH, "seal"),
    Step("the spool is asked", SPOOL, "put", "before"),
    Step("the draft is made", DISK, "create", within=_PUT),
    Step("the draft is written", DISK, "write", within=_PUT),
    Step("the draft is dated", DISK, "date", within=_PUT),
    Step("the draft is safe", DISK, "sync", within=_PUT),
    Step("the draft is closed", DISK, "close", within=_PUT),
    Step("the envelope has its name", DISK, "rename", within=_PUT),
    Step("the name is safe", DISK, "sync_folder", within=_PUT),
    Step("the report is saved", HATCH, "send"),
)
ANSWERED = "the answer is made, and not heard"
DESK = (
    Step("the spool is listed", SPOOL, "waiting"),
    Step("the envelope is read", SPOOL, "read"),
    Step("the envelope is opened", COLLECT, "open_sealed"),
    Step("a part of a file is committed", COLLECT, "receive_chunk"),
    Step("the words are in the transaction", ACTIONS + "intake:", "_keep_words"),
    Step("the row of the log is in the transaction", ACTIONS + "auditing:", "_write_row"),
    Step("the report is committed", COLLECT, "receive"),
    Step("the envelope is to be removed", SPOOL, "remove", "before"),
    Step("the envelope is removed", DISK, "remove", within=_REMOVE),
    Step("its going is safe", DISK, "sync_folder", within=_REMOVE),
)
POSTING = (
    Step("the mail is made", ACTIONS + "publishing:", "post_mail"),
    Step("a document of the board is written", "lastpiece.tell.board:", "write_whole"),
    Step("the desk's copy of the board is posted", "lastpiece.tell.board:", "publish"),
    Step("the board is posted", ACTIONS + "publishing:", "post"),
)


def die() -> None:
    """End as by `kill -9`: no handler, no clean-up, no flush."""
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: Step) -> None:
    """Make this process die at a step."""
    depth = [1 if step.within is None else 0]

    def enter() -> None:
        depth[0] += 1

    def leave() -> None:
        depth[0] -= 1

    def strike() -> None:
        if depth[0]:
            die()

    def nothing() -> None:
        """Nothing happens on the other side of the step."""

    if step.within is not None:
        _wrap(*step.within, before=enter, after=leave)
    before, after = (strike, nothing) if step.when == "before" else (nothing, strike)
    _wrap(step.owner, step.function, before=before, after=after)


def _wrap(owner: str, function: str, *, before: Callable[[], object], after: Callable[[], object]) -> None:
    module, _, name = owner.partition(":")
    holder: Any = importlib.import_module(module)  # noqa: TID251 - front and desk are never in one process
    holder = getattr(holder, name) if name else holder
    original = getattr(holder, function)

    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the wrapped function takes and gives
        before()
        answer = original(*args, **kwargs)
        after()
        return answer

    setattr(holder, function, wrapped)
