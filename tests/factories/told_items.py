"""Items of information as the desk would hold them after a person assessed them, told in one line each."""

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.fitting import fit_item
from lastpiece.site.desk.records.models import Entity, Item, Mention, Piece, Report, Role, Staff

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
_numbers = itertools.count(1)


def person(name: str = "Priya Shah", role: Role = Role.ANALYST) -> Staff:
    """Add a member of staff."""
    number = next(_numbers)
    return Staff.objects.create(username=f"staff{number}", name=name, email=f"staff{number}@example.org", role=role)


def tell(
    text: str,
    *mentions: tuple[str, str, str],
    source: str | None = None,
    grade: str = "2DC",
    seen_on: date | None = None,
    categories: Mapping[str, str] | None = None,
) -> Item:
    """Add a report with one item whose mentions are (words, kind, value), all confirmed; not fitted yet."""
    number = next(_numbers)
    clerk = Staff.objects.filter(username="clerk").first() or Staff.objects.create(
        username="clerk", name="Ellis Ward", email="clerk@example.org", role=Role.INTAKE_ASSESSOR
    )
    report = Report.objects.create(
        nonce=number.to_bytes(8, "big"),
        channel="web",
        told_on=seen_on or NOW.date(),
        received_on=NOW.date(),
        state=Report.State.ASSESSED,
        source_key=source or f"report {number}",
    )
    item = Item.objects.create(
        report=report,
        number=1,
        text=text,
        source_grade=grade[0],
        information_grade=grade[1],
        handling_code=grade[2],
        seen_on=seen_on,
        source_key=report.source_key,
        review_on=date(2027, 3, 4),
        written_by=clerk,
        written_at=NOW,
    )
    for words, kind, value in mentions:
        start = text.index(words)
        Mention.objects.create(
            item=item,
            start=start,
            end=start + len(words),
            text=words,
            kind=kind,
            value=value,
            partial="?" in value or "*" in value,
            state=Mention.State.CONFIRMED,
            category=(categories or {}).get(words, ""),
        )
    return item


def tell_and_fit(text: str, *mentions: tuple[str, str, str], **more: Any) -> Item:  # noqa: ANN401 - passed on to `tell`, which names them
    """Add an item and fit it at once, as the desk does when it is saved."""
    item = tell(text, *mentions, **more)
    fit_item(Actor.job("assessing"), item.pk, now=NOW)
    return item


def mention_of(item: Item, kind: str) -> Mention:
    """Return the item's only mention of a kind."""
    return Mention.objects.get(item=item, kind=kind)


def picture() -> dict[int, tuple[str, str, tuple[int, ...]]]:
    """Return the stored picture whole: for each entity its kind, label and pieces."""
    members: dict[int, list[int]] = {}
    for piece, entity in (
        Piece.objects.exclude(entity=None).order_by("mention_id").values_list("mention_id", "entity_id")
    ):
        members.setdefault(entity or 0, []).append(piece)
    return {
        entity.pk: (entity.kind, entity.label, tuple(members.get(entity.pk, ()))) for entity in Entity.objects.all()
    }
