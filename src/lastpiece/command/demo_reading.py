"""How the invented assessor reads a report: with the county's truth at hand, through the desk's own proposals."""

from collections.abc import Mapping

from lastpiece.assess.grading import propose_grade
from lastpiece.assess.items import propose_items
from lastpiece.assess.sanitising import propose_sanitised
from lastpiece.fit.mentions.recognising import Mention as Found
from lastpiece.fit.mentions.recognising import recognise
from lastpiece.site.desk.records.actions.assessing import ItemDraft, MentionDraft
from lastpiece.site.desk.records.models import Mention
from lastpiece.site.desk.records.queries.assessing import NEVER_IN_ITEMS
from lastpiece.values.grade import Grade, Handling, Information, Source
from lastpiece.values.kinds import KINDS
from lastpiece.world.grammar import Label
from lastpiece.world.telling import Told

_SHORTEST_ITEM = 12  # characters; less says nothing that stands alone
_MOST_ITEMS = 4
_PEOPLE = frozenset({"person", "nickname"})
_ALIKE = (frozenset({"person", "nickname"}), frozenset({"address", "place"}))


class Reader:
    """Reads one report."""

    def __init__(self, truth: Told, answers: Mapping[str, str]) -> None:
        self._truth = truth
        self._told = "\n".join(text for name, text in answers.items() if text.strip() and name not in NEVER_IN_ITEMS)
        self._context = "\n".join(answers.values())
        self._labels = {mention.text.casefold(): mention.label for mention in truth.mentions}
        happening = truth.happening
        self._victims = {person.id for person in (happening.resident, happening.child) if person.victim}

    def drafts(self) -> list[ItemDraft]:
        """Return the items to write, each with the mentions decided."""
        grade = self._grade()
        found = []
        for text in propose_items(self._told)[:_MOST_ITEMS]:
            sanitised = propose_sanitised(text)
            item = sanitised.text.strip()
            if len(item) < _SHORTEST_ITEM:
                continue
            found.append(
                ItemDraft(
                    text=item,
                    grade=grade,
                    generalised=sanitised.generalised,
                    seen_on=self._truth.seen_on,
                    mentions=[self._decided(mention) for mention in recognise(item)],
                )
            )
        return found

    def entity_of(self, text: str) -> str | None:
        """Return the thing in the county that these words speak of."""
        label = self._labels.get(text.casefold())
        return label.entity if label else None

    def _grade(self) -> Grade:
        if self._truth.malicious:
            return Grade(Source.UNTESTED, Information.SUSPECTED_FALSE, Handling.CONDITIONS)
        if self._truth.channel == "partner":
            return Grade(Source.RELIABLE, Information.DIRECT, Handling.CONDITIONS)
        return propose_grade(self._context).grade

    def _decided(self, found: Found) -> MentionDraft:
        label = self._labels.get(found.text.casefold()) or self._around(found.text.casefold())
        if label is None or not _same_kind(found.kind, label.kind):
            return _draft(found, state=Mention.State.REFUSED)
        category = self._category(found, label)
        known = KINDS[found.kind].clean(label.value) if label.value else None
        if known is None or known == found.value or found.kind != label.kind:
            return _draft(found, state=Mention.State.CONFIRMED, category=category)
        return _draft(found, state=Mention.State.CORRECTED, value=known, category=category)

    def _around(self, text: str) -> Label | None:
        """Return the label of a mention that holds these words or is held by them."""
        return next((label for surface, label in self._labels.items() if surface in text or text in surface), None)

    def _category(self, found: Found, label: Label) -> str:
        if found.kind not in _PEOPLE:
            return ""
        if label.entity in self._victims:
            return Mention.Category.POSSIBLE_VICTIM.value
        if self._truth.happening.dispute:
            return Mention.Category.OTHER.value
        return Mention.Category.SUSPECT.value


def _same_kind(left: str, right: str) -> bool:
    return left == right or any({left, right} <= group for group in _ALIKE)


def _draft(found: Found, *, state: Mention.State, value: str | None = None, category: str = "") -> MentionDraft:
    kept = value if value is not None else found.value
    return MentionDraft(
        start=found.start,
        end=found.end,
        kind=found.kind,
        value=kept,
        partial=bool(kept) and ("?" in (kept or "") or "*" in (kept or "")),
        confidence=found.confidence,
        why=found.why,
        state=state.value,
        category=category,
    )
