"""One action, one transaction, one row; rows are for ever and hold no report text."""

import inspect
import pkgutil
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from tests.site.desk.conftest import NOW

import lastpiece.site.desk.records.actions as rooms
import lastpiece.site.desk.urls  # noqa: F401 - loads every page, and with them every action
from lastpiece.site.desk.records.actions.auditing import Actor, DetailTooLong, NothingTouched, action, touch
from lastpiece.site.desk.records.models import AuditRow, AuditRowFixed, Mailbox

ANN = Actor.job("ann")


@action("make mailbox")
def make_mailbox(actor: Actor, address: bytes, *, fail: bool = False, now: datetime) -> Mailbox:
    box = Mailbox.objects.create(address=address, reply_public_key=b"", last_used_on=now.date())
    touch("mailbox", box.pk, "because", size=len(address))
    if fail:
        raise KeyError
    return box


@action("make two")
def make_two(actor: Actor, *, now: datetime) -> None:
    make_mailbox(actor, b"1", now=now)
    make_mailbox(actor, b"2", now=now)
    touch("mailbox", "", pair=True)


@action("touch nothing")
def touch_nothing(actor: Actor, *, now: datetime) -> None:
    Mailbox.objects.create(address=b"x", reply_public_key=b"", last_used_on=now.date())


@pytest.mark.django_db
def test_an_action_leaves_one_row() -> None:
    box = make_mailbox(ANN, b"abc", now=NOW)
    row = AuditRow.objects.get()
    assert (row.verb, row.kind, row.object_id, row.reason, row.detail, row.at) == (
        "make mailbox",
        "mailbox",
        str(box.pk),
        "because",
        {"size": 3},
        NOW,
    )
    assert (row.actor_name, row.actor_id) == ("ann", None)


@pytest.mark.django_db
def test_an_action_that_fails_leaves_neither_change_nor_row() -> None:
    with pytest.raises(KeyError):
        make_mailbox(ANN, b"abc", fail=True, now=NOW)
    assert Mailbox.objects.count() == AuditRow.objects.count() == 0


@pytest.mark.django_db
def test_an_action_inside_another_leaves_its_own_row() -> None:
    make_two(ANN, now=NOW)
    assert sorted(AuditRow.objects.values_list("verb", flat=True)) == ["make mailbox", "make mailbox", "make two"]
    assert AuditRow.objects.get(verb="make two").detail == {"pair": True}


@pytest.mark.django_db
def test_an_action_that_touches_nothing_is_rolled_back() -> None:
    with pytest.raises(NothingTouched, match="touch nothing"):
        touch_nothing(ANN, now=NOW)
    assert not Mailbox.objects.exists()


@pytest.mark.django_db
def test_a_long_text_does_not_get_into_the_audit() -> None:
    @action("leak")
    def leak(actor: Actor, *, now: datetime) -> None:
        touch("report", 1, words=["fine", "x" * 121])

    with pytest.raises(DetailTooLong) as caught:
        leak(ANN, now=NOW)
    assert "xxx" not in str(caught.value)


def test_touching_outside_an_action_is_an_error() -> None:
    with pytest.raises(LookupError):
        touch("report", 1)


@pytest.mark.django_db
def test_an_action_refuses_a_time_without_a_zone() -> None:
    with pytest.raises(TypeError):
        make_mailbox(ANN, b"abc", now=datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test


@pytest.mark.django_db
def test_rows_can_be_neither_changed_nor_deleted() -> None:
    make_mailbox(ANN, b"abc", now=NOW)
    row = AuditRow.objects.get()
    row.verb = "other"
    for attempt in (
        row.save,
        row.delete,
        AuditRow.objects.all().delete,
        lambda: AuditRow.objects.update(verb="other"),
        lambda: AuditRow.objects.bulk_update([row], ["verb"]),
    ):
        with pytest.raises(AuditRowFixed):
            attempt()
    assert AuditRow.objects.get().verb == "make mailbox"


def public_functions() -> Iterator[tuple[str, Any]]:
    for found in pkgutil.iter_modules(rooms.__path__):
        module = sys.modules.get(f"{rooms.__name__}.{found.name}")
        if module is None or found.name == "auditing":
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and function.__module__ == module.__name__:
                yield f"{found.name}.{name}", function


def test_every_function_that_takes_an_actor_is_an_action() -> None:
    actors = [
        (name, function)
        for name, function in public_functions()
        if next(iter(inspect.signature(function).parameters), "") == "actor"
    ]
    assert len(actors) > 20
    assert [name for name, function in actors if not getattr(function, "verb", "")] == []
