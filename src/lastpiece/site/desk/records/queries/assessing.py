"""What the assess page shows: the original with what may identify the teller, the items, the proposals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lastpiece.assess.grading import GradeProposal, propose_grade
from lastpiece.assess.items import propose_items
from lastpiece.assess.questions import YOUNG_CHANNEL
from lastpiece.assess.sanitising import (
    IdentifyingSpan,
    SanitisedProposal,
    identifying_spans,
    propose_sanitised,
    speaking_of_the_teller,
)
from lastpiece.assess.signs import Signed, left_out, signed_sentences, unsaid
from lastpiece.site.desk.records.models import Item, Mention, Report
from lastpiece.site.desk.records.queries.files import Listed, files_of
from lastpiece.site.desk.records.queries.imported_reports import Arrival, arrival_of
from lastpiece.site.desk.records.queries.originals import Original, OriginalClosed, opened_original

QUESTIONS = {
    "what": "What happened",
    "where": "Where",
    "when": "When",
    "who": "Who",
    "vehicles": "Vehicles",
    "phones": "Phones and names used online",
    "how": "How they know",
    "at_risk": "Anyone at risk",
    "contact": "How to reach them",
}
"""The form's questions in the form's order; answers to others follow under their own names."""

NEVER_IN_ITEMS = frozenset({"how", "contact"})
"""Answers that speak of the teller alone; nothing is proposed from them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of an answer: plain, or one that may identify the teller, with the reason."""

    text: str = field(repr=False)
    why: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, cut into stretches."""

    question: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text and a grade for the next item; a person writes the item."""

    sanitised: SanitisedProposal = field(repr=False)
    grade: GradeProposal
    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything on the assess page."""

    report: Report
    answers: tuple[Answer, ...] = field(repr=False)
    closes_at: datetime | None
    """When the original closes; None when it is closed and only what was typed is shown again."""
    arrival: Arrival | None
    items: tuple[tuple[Item, tuple[Mention, ...]], ...]
    proposal: Proposal | None
    undecided: int
    looks_alike: tuple[Report, ...]
    files: tuple[Listed, ...] = ()
    left_out: tuple[Signed, ...] = field(default=(), repr=False)
    """Sentences with a sign of a threat, of harm or of a child that no proposed item keeps."""
    unsaid: tuple[Signed, ...] = field(default=(), repr=False)
    """Sentences with a sign that no item on record carries."""


def assessment(staff_id: int, report_id: int, *, skip: int = 0, now: datetime) -> Assessment:
    """Return the assess page of a report this person has open.

    Args:
        staff_id: Who has it open.
        report_id: The report.
        skip: How many proposed texts to pass over.
        now: The time.

    Raises:
        OriginalClosed: it is not open for them.
        OriginalDeleted: its words are gone.
    """
    original = opened_original(staff_id, report_id, now=now)
    items = _items_of(original.report)
    proposed, signed = proposed_texts(original), _signed(original)
    return Assessment(
        report=original.report,
        answers=tuple(marked_answers(original)),
        closes_at=original.closes_at,
        arrival=arrival_of(report_id),
        items=items,
        proposal=_proposal(original, proposed, len(items) + skip),
        undecided=_undecided(items),
        looks_alike=tuple(
            Report.objects.filter(source_key=original.report.source_key).exclude(pk=report_id).order_by("-told_on")[:5]
        ),
        files=files_of(report_id),
        left_out=left_out(signed, [proposal.text for proposal in proposed]),
        unsaid=unsaid(signed, [item.text for item, _ in items]),
    )


def assessment_without_original(staff_id: int, report_id: int) -> Assessment:
    """Return the assess page of a report in this person's hands whose original has closed meanwhile.

    Raises:
        OriginalClosed: the report is not in their hands.
    """
    report = Report.objects.filter(pk=report_id, assessor_id=staff_id, state=Report.State.ASSESSING).first()
    if report is None:
        raise OriginalClosed
    items = _items_of(report)
    return Assessment(report, (), None, arrival_of(report_id), items, None, _undecided(items), ())


def _items_of(report: Report) -> tuple[tuple[Item, tuple[Mention, ...]], ...]:
    return tuple((item, tuple(item.mentions.all())) for item in report.items.prefetch_related("mentions"))


def _undecided(items: Iterable[tuple[Item, Iterable[Mention]]]) -> int:
    return sum(mention.state == Mention.State.PROPOSED for _, mentions in items for mention in mentions)


def marked_answers(original: Original) -> Iterable[Answer]:
    """Yield the answers in the form's order, with what may identify the teller marked and numbered."""
    number = 0
    order = [*QUESTIONS, *(name for name in original.answers if name not in QUESTIONS)]
    for name in order:
        text = original.answers.get(name, "")
        if text.strip():
            stretches = tuple(cut(text, (*identifying_spans(text), *speaking_of_the_teller(text)), number))
            number += sum(bool(stretch.why) for stretch in stretches)
            yield Answer(QUESTIONS.get(name, name), stretches)


def cut(text: str, spans: Iterable[IdentifyingSpan], number: int = 0) -> Iterable[Stretch]:
    """Yield `text` whole, cut where a span begins or ends; spans are numbered on from `number`."""
    at = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start < at:
            continue
        if span.start > at:
            yield Stretch(text[at : span.start])
        number += 1
        yield Stretch(text[span.start : span.end], span.why, number)
        at = span.end
    if at < len(text):
        yield Stretch(text[at:])


def _stating(original: Original) -> Iterable[str]:
    """Yield the answers that items may come from; a bare answer says which question it answers."""
    for name, text in original.answers.items():
        if not text.strip() or name in NEVER_IN_ITEMS:
            continue
        bare = name in QUESTIONS and name not in {"what", "at_risk"}
        yield f"{QUESTIONS[name]}: {text}" if bare else text


def proposed_texts(original: Original) -> list[SanitisedProposal]:
    """Return the texts proposed for items, in order.

    A text of which nothing is left when it is sanitised is no proposal: it speaks of the teller alone.
    """
    sanitised = [propose_sanitised(text) for text in propose_items("\n".join(_stating(original)))]
    return [proposed for proposed in sanitised if proposed.text.strip()]


def _proposal(original: Original, proposed: Sequence[SanitisedProposal], place: int) -> Proposal | None:
    """Return the proposed text at `place` with a grade, or None when there are no more."""
    if place >= len(proposed):
        return None
    context = "\n".join(original.answers.values())
    return Proposal(proposed[place], propose_grade(context), place + 1, len(proposed))


def _signed(original: Original) -> tuple[Signed, ...]:
    """Return the sentences of every answer that carry a sign; answers nothing is proposed from count as well."""
    told = "\n".join(original.answers.values())
    return signed_sentences(told, teller_is_child=original.report.channel == YOUNG_CHANNEL)
