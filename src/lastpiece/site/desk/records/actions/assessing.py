"""Assessing a report: items of information, their grades, and the mentions in them.

While a report is being assessed its items are drafts that can be rewritten or taken out. Finishing fixes them,
closes the original and fits each item to the picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from lastpiece.assess.children import may_speak_of_a_child
from lastpiece.fit.mentions.recognising import recognise
from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.fitting import fit_item
from lastpiece.site.desk.records.actions.reading import HeldByAnother, close_opening
from lastpiece.site.desk.records.models import Item, Mention, Report
from lastpiece.values.grade import Grade, Handling
from lastpiece.values.kinds import KINDS

REVIEW_AFTER = timedelta(days=365)
"""An item is looked at again after a year at the latest (`domain`: unlinked allegations, 12 months)."""

PERSONS = frozenset({"person", "nickname"})


class NotBeingAssessed(Exception):
    """The report is not in this person's hands."""

    def __init__(self) -> None:
        super().__init__("You are not assessing this report. Open it with a reason first.")


class ConditionMissing(Exception):
    """Handling code C without a condition."""

    def __init__(self) -> None:
        super().__init__("Handling C means “with conditions”. Write at least one condition.")


class MentionsUndecided(Exception):
    """The report cannot be finished yet."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} {'mention is' if count == 1 else 'mentions are'} undecided. Confirm, correct or refuse each."
        )


class NoItems(Exception):
    """The report cannot be finished without an item."""

    def __init__(self) -> None:
        super().__init__("Write at least one item of information, or set the report aside with a reason.")


class ItemsWritten(Exception):
    """A report with items cannot be set aside."""

    def __init__(self) -> None:
        super().__init__("This report has items of information. Finish it, or take them out first.")


class ValueNotRead(Exception):
    """A corrected value is not one of its kind."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"That does not read as a {kind}. Check it, use ? for what is unknown, or refuse the mention.")


class WordsNotInItem(Exception):
    """A mention was added for words that the item does not contain."""

    def __init__(self) -> None:
        super().__init__("These words are not in the item's text. Copy them exactly as they stand there.")


class MentionsOverlap(Exception):
    """A mention was added where there is one already."""

    def __init__(self) -> None:
        super().__init__("There is a mention at these words already. Correct that one instead.")


@dataclass(frozen=True, slots=True)
class MentionDraft:
    """A mention with what a person decided about it."""

    start: int
    end: int
    kind: str
    value: str | None = field(repr=False)
    partial: bool = False
    confidence: float = 1.0
    why: str = ""
    state: str = Mention.State.CONFIRMED
    category: str = ""
    basis: str = Mention.Basis.OPINION


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as it is being written.

    `mentions` is None to have the recogniser propose them, or the decided ones to keep exactly these.
    """

    text: str = field(repr=False)
    grade: Grade = field(default_factory=Grade)
    conditions: tuple[str, ...] = ("Do not share outside the intelligence unit without asking it first.",)
    generalised: tuple[str, ...] = ()
    seen_on: date | None = None
    subject_notes: str = field(default="", repr=False)
    mentions: Sequence[MentionDraft] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about one proposed mention."""

    state: str
    kind: str
    value: str | None = field(repr=False)
    category: str = ""
    basis: str = Mention.Basis.OPINION


@action("write item")
def write_item(actor: Actor, report_id: int, draft: ItemDraft, *, now: datetime) -> Item:
    """Add an item to a report being assessed and propose its mentions.

    Raises:
        NotBeingAssessed: the report is not in this person's hands.
        ConditionMissing: handling C without a condition.
    """
    report = _in_hand(actor, report_id)
    item = _add_item(actor, report, draft, _next_number(report), now)
    touch("item", item.pk, report=report.pk, grade=str(draft.grade))
    return item


@action("rewrite item")
def rewrite_item(actor: Actor, item_id: int, draft: ItemDraft, *, now: datetime) -> Item:
    """Change a draft item; when its text changes, its mentions are proposed afresh.

    Raises:
        NotBeingAssessed: the report is not in this person's hands, or is finished.
        ConditionMissing: handling C without a condition.
    """
    item = Item.objects.select_related("report").get(pk=item_id)
    _in_hand(actor, item.report_id)
    again = item.text != draft.text
    before = str(item.grade)
    _fill(item, draft)
    item.save()
    if again:
        item.mentions.all().delete()
        _propose(item)
    touch("item", item.pk, report=item.report_id, before=before, after=str(draft.grade), text_changed=again)
    return item


@action("take out item")
def take_out_item(actor: Actor, item_id: int, *, now: datetime) -> int:
    """Remove a draft item with its mentions and return its report's number.

    Raises:
        NotBeingAssessed: the report is not in this person's hands, or is finished.
    """
    item = Item.objects.get(pk=item_id)
    report = _in_hand(actor, item.report_id)
    touch("item", item.pk, report=report.pk)
    item.mentions.all().delete()
    item.delete()
    return report.pk


@action("decide mentions")
def decide_mentions(actor: Actor, report_id: int, decisions: Mapping[int, Decision], *, now: datetime) -> Report:
    """Confirm, correct or refuse mentions of a report's draft items; those not named stay as they are.

    Raises:
        NotBeingAssessed: the report is not in this person's hands, or is finished.
        ValueNotRead: a corrected value is not one of its kind.
    """
    report = _in_hand(actor, report_id)
    for mention in Mention.objects.filter(item__report=report, pk__in=decisions):
        _decide(mention, decisions[mention.pk])
    states = [decision.state for decision in decisions.values()]
    touch(
        "report",
        report.pk,
        confirmed=states.count(Mention.State.CONFIRMED),
        corrected=states.count(Mention.State.CORRECTED),
        refused=states.count(Mention.State.REFUSED),
    )
    return report


@action("add mention")
def add_mention(actor: Actor, item_id: int, words: str, decision: Decision, *, now: datetime) -> Mention:
    """Add a mention that was not proposed, at the first place where `words` stand and no mention is yet.

    Raises:
        NotBeingAssessed: the report is not in this person's hands, or is finished.
        WordsNotInItem: the item does not contain the words.
        MentionsOverlap: everywhere they stand there is a mention already.
        ValueNotRead: the value is not one of its kind.
    """
    item = Item.objects.get(pk=item_id)
    _in_hand(actor, item.report_id)
    start, end = _free_place(item, words.strip())
    mention = Mention(item=item, start=start, end=end, text=item.text[start:end], why="added by a person")
    _decide(mention, decision)
    touch("item", item.pk, mention=mention.pk, kind=mention.kind)
    return mention


@action("assess report")
def finish_report(actor: Actor, report_id: int, *, now: datetime) -> Report:
    """Fix the items, close the original and fit every item to the picture.

    Raises:
        NotBeingAssessed: the report is not in this person's hands.
        NoItems: no item was written.
        MentionsUndecided: a mention is still only proposed.
    """
    report = _in_hand(actor, report_id)
    items = list(report.items.values_list("pk", flat=True))
    undecided = Mention.objects.filter(item__report=report, state=Mention.State.PROPOSED).count()
    if not items:
        raise NoItems
    if undecided:
        raise MentionsUndecided(undecided)
    _finish(actor, report, items, now)
    touch("report", report.pk, items=len(items))
    return report


@action("assess report")
def assess_report(actor: Actor, report_id: int, drafts: Sequence[ItemDraft], *, now: datetime) -> Report:
    """Write, decide and finish in one step; for assessments made elsewhere and for the invented county.

    Raises:
        NotBeingAssessed: the report is not in this person's hands.
        NoItems: no draft was given.
        ConditionMissing: handling C without a condition.
    """
    report = _in_hand(actor, report_id)
    if not drafts:
        raise NoItems
    first = _next_number(report)
    items = [_add_item(actor, report, draft, first + place, now).pk for place, draft in enumerate(drafts)]
    _finish(actor, report, items, now)
    touch("report", report.pk, items=len(items))
    return report


@action("set aside")
def set_aside(actor: Actor, report_id: int, reason: str, *, now: datetime) -> Report:
    """End a report that holds no item of information, with the reason.

    Raises:
        NotBeingAssessed: the report is not in this person's hands.
        ItemsWritten: it has items; finish it or take them out.
    """
    report = _in_hand(actor, report_id)
    if report.items.exists():
        raise ItemsWritten
    report.state, report.set_aside_why, report.assessed_at = Report.State.SET_ASIDE, reason[:300], now
    report.save(update_fields=["state", "set_aside_why", "assessed_at"])
    close_opening(report_id, actor.person, now=now)
    touch("report", report.pk, reason)
    return report


@action("change priority")
def change_priority(actor: Actor, report_id: int, priority: Report.Priority, reason: str, *, now: datetime) -> None:
    """Move a report up or down the queue; the list of words only proposed its place."""
    report = Report.objects.select_for_update().get(pk=report_id)
    before, report.priority = report.priority, priority
    report.save(update_fields=["priority"])
    touch("report", report.pk, reason, before=before, after=int(priority))


def _in_hand(actor: Actor, report_id: int) -> Report:
    report = Report.objects.select_for_update(of=("self",)).select_related("assessor").get(pk=report_id)
    if report.state != Report.State.ASSESSING:
        raise NotBeingAssessed
    if report.assessor_id != actor.staff_id:
        raise HeldByAnother(str(report.assessor))
    return report


def _next_number(report: Report) -> int:
    last = report.items.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _add_item(actor: Actor, report: Report, draft: ItemDraft, number: int, now: datetime) -> Item:  # noqa: PLR0917 - internal
    item = Item(
        report=report,
        number=number,
        source_key=report.source_key,
        written_by_id=actor.person,
        written_at=now,
        review_on=timezone.localdate(now) + REVIEW_AFTER,
    )
    _fill(item, draft)
    item.save()
    if draft.mentions is None:
        _propose(item)
    else:
        Mention.objects.bulk_create(_drafted(item, mention) for mention in draft.mentions)
    return item


def _fill(item: Item, draft: ItemDraft) -> None:
    conditions = [line for line in (text.strip() for text in draft.conditions) if line]
    if draft.grade.handling is Handling.CONDITIONS and not conditions:
        raise ConditionMissing
    item.text = draft.text.strip()
    item.source_grade, item.information_grade = draft.grade.source.value, draft.grade.information.value
    item.handling_code = draft.grade.handling.value
    item.conditions, item.generalised = conditions, list(draft.generalised)
    item.seen_on, item.subject_notes = draft.seen_on, draft.subject_notes.strip()


def _propose(item: Item) -> None:
    child = may_speak_of_a_child(item.text)
    Mention.objects.bulk_create(
        Mention(
            item=item,
            start=found.start,
            end=found.end,
            text=found.text,
            kind=found.kind,
            value=found.value,
            partial=found.partial,
            confidence=found.confidence,
            why=found.why[:200],
            category=Mention.Category.POSSIBLE_VICTIM if child and found.kind in PERSONS else "",
        )
        for found in recognise(item.text)
    )


def _drafted(item: Item, draft: MentionDraft) -> Mention:
    return Mention(
        item=item,
        start=draft.start,
        end=draft.end,
        text=item.text[draft.start : draft.end],
        kind=draft.kind,
        value=draft.value,
        partial=draft.partial,
        confidence=draft.confidence,
        why=draft.why[:200],
        state=draft.state,
        category=draft.category,
        basis=draft.basis,
    )


def _decide(mention: Mention, decision: Decision) -> None:
    mention.state, mention.category, mention.basis = decision.state, decision.category, decision.basis
    if decision.state == Mention.State.CORRECTED:
        kind = KINDS.get(decision.kind)
        value = kind.clean(decision.value) if kind and decision.value else None
        if kind is None or value is None:
            raise ValueNotRead(decision.kind if kind else "value")
        mention.kind, mention.value, mention.partial = kind.name, value, "?" in value or "*" in value
    mention.save()


def _free_place(item: Item, words: str) -> tuple[int, int]:
    taken = list(item.mentions.exclude(state=Mention.State.REFUSED).values_list("start", "end"))
    start = item.text.find(words) if words else -1
    if start < 0:
        raise WordsNotInItem
    while start >= 0:
        end = start + len(words)
        if all(end <= begin or start >= finish for begin, finish in taken):
            return start, end
        start = item.text.find(words, start + 1)
    raise MentionsOverlap


def _finish(actor: Actor, report: Report, items: Sequence[int], now: datetime) -> None:
    report.state, report.assessed_at = Report.State.ASSESSED, now
    report.save(update_fields=["state", "assessed_at"])
    close_opening(report.pk, actor.person, now=now)
    for item_id in items:
        fit_item(actor, item_id, now=now)
