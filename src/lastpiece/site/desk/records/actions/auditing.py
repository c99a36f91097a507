"""How an action is made: one transaction, one audit row, no report text in it.

Write an action as::

    @action("write item")
    def write_item(actor: Actor, report_id: int, draft: ItemDraft, *, now: datetime) -> Item:
        item = Item.objects.create(...)
        touch("item", item.pk, grade=str(draft.grade))
        return item

The verb is the audit row's verb. `touch(kind, id, reason="", **detail)` says which record the action is
about; it must be called once while the action runs (call it again and the later one counts). An action that
touches nothing is a mistake and is rolled back. An action called by another one joins its transaction and
leaves its own row. `detail` takes numbers, booleans, short codes and lists of these: never a sentence of a
report, which `touch` enforces as far as it can by refusing long texts.

Looking at a person's record is an action as well: wrap the query in one and `touch` what was looked at.
"""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from django.db import transaction

from lastpiece.site.desk.records.models import AuditRow, Staff

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_DETAIL = 120  # characters: codes, dates and hashes fit, sentences of a report do not


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, or a job that runs by itself."""

    staff_id: int | None
    name: str
    role: str = ""

    @classmethod
    def of(cls, staff: Staff) -> "Actor":
        """Return the actor that a member of staff is."""
        return cls(staff.pk, staff.name, staff.role)

    @property
    def person(self) -> int:
        """Return the staff number; a job has none and may not do what only a person decides."""
        if self.staff_id is None:
            raise PersonNeeded
        return self.staff_id

    @classmethod
    def job(cls, name: str) -> "Actor":
        """Return the actor that a job is."""
        return cls(None, name)


class PersonNeeded(Exception):
    """A job tried to do what only a person may."""

    def __init__(self) -> None:
        super().__init__("Only a member of staff can do this.")


class NothingTouched(Exception):
    """An action ended without saying what it was about."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"The action “{verb}” did not say what it touched, so nothing was kept.")


class DetailTooLong(Exception):
    """An action tried to put a text into the audit."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The detail “{name}” is too long for the audit, which never holds report text.")


@dataclass(slots=True)
class _Touched:
    kind: str = ""
    object_id: str = ""
    reason: str = ""
    detail: dict[str, object] = field(default_factory=dict)


_touched: ContextVar[_Touched | None] = ContextVar("touched", default=None)


def touch(kind: str, object_id: int | str, /, reason: str = "", **detail: object) -> None:
    """Say which record the running action is about.

    Raises:
        DetailTooLong: a detail is a text longer than a code can be.
        LookupError: no action is running.
    """
    touched = _touched.get()
    if touched is None:
        raise LookupError("Nothing can be touched outside an action.")
    for name, value in detail.items():
        _check_detail(name, value)
    touched.kind, touched.object_id, touched.reason, touched.detail = kind, str(object_id), reason, detail


def _check_detail(name: str, value: object) -> None:
    if isinstance(value, list | tuple):
        for part in value:
            _check_detail(name, part)
    elif isinstance(value, str) and len(value) > LONGEST_DETAIL:
        raise DetailTooLong(name)


def action(verb: str) -> Callable[[Callable[Concatenate[Actor, P], T]], Callable[Concatenate[Actor, P], T]]:
    """Make a function an action; see the module's docstring."""

    def make(function: Callable[Concatenate[Actor, P], T]) -> Callable[Concatenate[Actor, P], T]:
        @functools.wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> T:
            now = kwargs["now"]
            if not isinstance(now, datetime) or now.tzinfo is None:
                raise TypeError("An action takes an aware `now`.")
            with transaction.atomic():
                touched = _Touched()
                token = _touched.set(touched)
                try:
                    answer = function(actor, *args, **kwargs)
                finally:
                    _touched.reset(token)
                _write_row(actor, verb, touched, now)
            return answer

        run.verb = verb  # type: ignore[attr-defined]  # a law test lists the actions by it
        return run

    return make


def _write_row(actor: Actor, verb: str, touched: _Touched, now: datetime) -> None:
    if not touched.kind:
        raise NothingTouched(verb)
    AuditRow.objects.create(
        at=now,
        actor_id=actor.staff_id,
        actor_name=actor.name,
        role=actor.role,
        verb=verb,
        kind=touched.kind,
        object_id=touched.object_id,
        reason=touched.reason,
        detail=touched.detail,
    )
