"""What was told: a mention in its item's sanitised words, with grade, day and who may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lastpiece.site.desk.drawing import Waterfall, waterfall
from lastpiece.site.desk.records import models

EXCERPT = 90
"""Characters of the item shown on each side of a mention."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One mention with where it comes from.

    Attributes:
        source: A letter that tells independent sources apart on one page and means nothing on another.
        told_on: The day of the report.
        seen_on: The day the information speaks of, if it speaks of one.
    """

    mention: int
    item: int
    reference: str
    before: str = field(repr=False)
    words: str = field(repr=False)
    after: str = field(repr=False)
    kind: str
    value: str = field(repr=False)
    partial: bool
    grade: str
    conditions: tuple[str, ...] = field(repr=False)
    category: str
    basis: str
    notes: str = field(repr=False)
    source: str
    seen_on: date | None
    told_on: date

    @property
    def on(self) -> date:
        """Return the day it is placed at in time."""
        return self.seen_on or self.told_on

    @property
    def possible_victim(self) -> bool:
        """Return whether this item speaks of a possible victim."""
        return self.category == models.Mention.Category.POSSIBLE_VICTIM.label


def references(items: Iterable[int]) -> dict[int, str]:
    """Return what people call each item."""
    rows = models.Item.objects.filter(pk__in=list(items)).only("report_id", "number")
    return {item.pk: item.reference for item in rows}


def reasons(proposals: Iterable[models.Proposal]) -> dict[int, Waterfall]:
    """Return the reasons of each proposal as a waterfall, by its number."""
    listed = list(proposals)
    called = references({item for proposal in listed for part in proposal.parts for item in part["items"]})
    return {proposal.pk: waterfall(proposal.parts, called) for proposal in listed}


def statements(mentions: Iterable[int]) -> list[Statement]:
    """Return the mentions with where they come from, newest first."""
    rows = models.Mention.objects.filter(pk__in=list(mentions)).select_related("item__report").order_by("pk")
    letters: dict[str, str] = {}
    told = []
    for row in rows:
        letter = letters.setdefault(row.item.source_key, _letter(len(letters)))
        told.append(_statement(row, letter))
    return sorted(told, key=lambda statement: (statement.on, statement.mention), reverse=True)


def _letter(number: int) -> str:
    """Return A, B, … Z, AA, AB, …."""
    letters = chr(ord("A") + number % 26)
    return letters if number < 26 else _letter(number // 26 - 1) + letters  # noqa: PLR2004 - the alphabet


def _statement(mention: models.Mention, letter: str) -> Statement:
    item = mention.item
    return Statement(
        mention=mention.pk,
        item=item.pk,
        reference=item.reference,
        before=_tail(item.text[: mention.start]),
        words=item.text[mention.start : mention.end],
        after=_head(item.text[mention.end :]),
        kind=mention.kind,
        value=mention.value or "",
        partial=mention.partial,
        grade=str(item.grade),
        conditions=tuple(item.conditions),
        category=mention.get_category_display(),
        basis=mention.get_basis_display(),
        notes=item.subject_notes,
        source=letter,
        seen_on=item.seen_on,
        told_on=item.report.told_on,
    )


def _tail(text: str) -> str:
    return text if len(text) <= EXCERPT else "…" + text[-EXCERPT:].partition(" ")[2]


def _head(text: str) -> str:
    return text if len(text) <= EXCERPT else text[:EXCERPT].rpartition(" ")[0].rstrip(" .,;") + "…"
