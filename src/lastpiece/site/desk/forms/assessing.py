"""Forms of the assess page: an item, its mentions, the end of the assessment."""

from collections.abc import Mapping

from django import forms

from lastpiece.assess.grading import MEANINGS
from lastpiece.site.desk.forms.filters import DayField
from lastpiece.site.desk.records.actions.assessing import Decision, ItemDraft
from lastpiece.site.desk.records.models import Item, Mention
from lastpiece.values.grade import Grade, Handling, Information, Source
from lastpiece.values.kinds import KINDS

PERSONS = frozenset({"person", "nickname"})


def _choices(part: str) -> list[tuple[str, str]]:
    return [(str(mark), meaning.label) for mark, meaning in MEANINGS[part].items()]


class ItemForm(forms.Form):
    """An item of information as it is being written."""

    text = forms.CharField(
        label="Sanitised text",
        widget=forms.Textarea,
        max_length=4000,
        help_text="One thing that stands alone, in words the teller could not be known by.",
        error_messages={"required": "Write what the item says, or leave the form alone."},
    )
    source = forms.TypedChoiceField(label="Source", choices=_choices("source"), coerce=Source, widget=forms.RadioSelect)
    information = forms.TypedChoiceField(
        label="Information", choices=_choices("information"), coerce=Information, widget=forms.RadioSelect
    )
    handling = forms.TypedChoiceField(
        label="Handling", choices=_choices("handling"), coerce=Handling, widget=forms.RadioSelect
    )
    conditions = forms.CharField(
        label="Handling conditions", widget=forms.Textarea, required=False, help_text="One a line; needed with C."
    )
    generalised = forms.CharField(
        label="What was taken out or made general",
        widget=forms.Textarea,
        required=False,
        help_text="One a line, such as “relationship to the teller”. Do not repeat the words.",
    )
    seen_on = DayField(label="Day it speaks of", help_text="If it speaks of one.")
    subject_notes = forms.CharField(
        label="About the people named",
        widget=forms.Textarea,
        required=False,
        help_text="Such as: the runner is said to be 15. A child is a possible victim first.",
    )

    def clean(self) -> dict[str, object]:
        """Ask for a condition when the handling code says there is one."""
        cleaned: dict[str, object] = super().clean() or {}
        if cleaned.get("handling") is Handling.CONDITIONS and not str(cleaned.get("conditions", "")).strip():
            self.add_error("conditions", "Handling C means “with conditions”. Write at least one.")
        return cleaned

    def draft(self) -> ItemDraft:
        """Return the item to write."""
        values = self.cleaned_data
        return ItemDraft(
            text=values["text"],
            grade=Grade(values["source"], values["information"], values["handling"]),
            conditions=_lines(values["conditions"]),
            generalised=_lines(values["generalised"]),
            seen_on=values["seen_on"],
            subject_notes=values["subject_notes"],
        )

    @classmethod
    def of(cls, item: Item, posted: Mapping[str, str] | None = None) -> "ItemForm":
        """Return the form filled with an item that is there."""
        return cls(
            posted,
            prefix=f"item{item.pk}",
            initial={
                "text": item.text,
                "source": item.source_grade,
                "information": item.information_grade,
                "handling": item.handling_code,
                "conditions": "\n".join(item.conditions),
                "generalised": "\n".join(item.generalised),
                "seen_on": item.seen_on,
                "subject_notes": item.subject_notes,
            },
            auto_id="%s",
        )


class MentionForm(forms.Form):
    """What a person says about one proposed mention."""

    DECISIONS = (
        (Mention.State.CONFIRMED, "Confirm"),
        (Mention.State.CORRECTED, "Correct"),
        (Mention.State.REFUSED, "Refuse"),
    )

    state = forms.ChoiceField(label="Decision", choices=DECISIONS, widget=forms.RadioSelect, required=False)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], required=False)
    value = forms.CharField(label="Value", max_length=300, required=False)
    category = forms.ChoiceField(
        label="This person is", choices=[("", "Not said"), *Mention.Category.choices], required=False
    )
    basis = forms.ChoiceField(label="Stated as", choices=Mention.Basis.choices, required=False)

    @classmethod
    def of(cls, mention: Mention, posted: Mapping[str, str] | None = None) -> "MentionForm":
        """Return the form of one mention, filled as it stands."""
        decided = mention.state if mention.state != Mention.State.PROPOSED else ""
        return cls(
            posted,
            prefix=f"m{mention.pk}",
            auto_id="%s",
            initial={
                "state": decided,
                "kind": mention.kind,
                "value": mention.value or "",
                "category": mention.category,
                "basis": mention.basis,
            },
        )

    def decision(self) -> Decision | None:
        """Return what was decided, or None while nothing was."""
        values = self.cleaned_data
        if not values["state"]:
            return None
        return Decision(
            state=values["state"],
            kind=values["kind"],
            value=values["value"] or None,
            category=values["category"],
            basis=values["basis"] or Mention.Basis.OPINION,
        )


class AddMentionForm(forms.Form):
    """A mention that was not proposed."""

    words = forms.CharField(
        label="Words, exactly as in the item",
        max_length=300,
        error_messages={"required": "Copy the words from the item."},
    )
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    value = forms.CharField(label="Value, if it is not the words themselves", max_length=300, required=False)

    @classmethod
    def to(cls, item_id: int, posted: Mapping[str, str] | None = None) -> "AddMentionForm":
        """Return the form that adds to one item."""
        return cls(posted, prefix=f"add{item_id}", auto_id="%s", initial={"kind": next(iter(KINDS))})

    def decision(self) -> Decision:
        """Return the mention as a decided one; without a value the words are it."""
        values = self.cleaned_data
        return Decision(state=Mention.State.CORRECTED, kind=values["kind"], value=values["value"] or values["words"])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
