"""Forms for campaigns, outcomes and releases. What was typed stays in the form until it is right."""

from collections.abc import Sequence
from datetime import date

from django import forms

from lastpiece.results.outcomes import DRUG_MEASURES, KINDS, OutcomeWrong, Status, check
from lastpiece.site.desk.records.actions.results import Typed
from lastpiece.site.desk.records.models import Outcome
from lastpiece.site.desk.records.queries.results import WeekSummary

USUAL = ("", "The usual (grams for drugs)")
DETAIL_MARK = ":"
MOST_WEEKS = 60
FIELD_OF = {"kind": "what", "detail": "what", "measure": "measure", "amount": "amount"}


class CampaignForm(forms.Form):
    """A campaign: one theme a line, one line a week."""

    name = forms.CharField(max_length=120, error_messages={"required": "Give the campaign a name."})
    strapline = forms.CharField(
        max_length=200, required=False, help_text="One line that the public reads below the name."
    )
    starts_on = forms.DateField(
        label="First day of week 1",
        help_text="For example 2026-09-07.",
        error_messages={
            "required": "Enter the day on which week 1 starts.",
            "invalid": "Enter the day like 2026-09-07.",
        },
    )
    themes = forms.CharField(
        label="Themes",
        widget=forms.Textarea,
        help_text="One line for each week, in order.",
        error_messages={"required": "Write at least one theme."},
    )

    def clean_themes(self) -> list[str]:
        """Return the themes, one for each line that is not empty."""
        themes = [line.strip() for line in str(self.cleaned_data["themes"]).splitlines() if line.strip()]
        if len(themes) > MOST_WEEKS:
            raise forms.ValidationError(f"A campaign has at most {MOST_WEEKS} weeks.")
        if any(len(theme) > 120 for theme in themes):  # noqa: PLR2004 - as stored
            raise forms.ValidationError("A theme has at most 120 characters.")
        return themes


def what_choices() -> list[tuple[str, object]]:
    """Return every kind of outcome; drugs and weapons as groups of their details."""
    plain: list[tuple[str, object]] = [(kind.key, kind.label) for kind in KINDS.values() if not kind.details]
    grouped: list[tuple[str, object]] = [
        (kind.label, [(f"{kind.key}{DETAIL_MARK}{detail}", label) for detail, label in kind.details.items()])
        for kind in KINDS.values()
        if kind.details
    ]
    return [("", "Choose"), *plain, *grouped]


class OutcomeForm(forms.Form):
    """One outcome of a week."""

    what = forms.ChoiceField(
        label="What came of it",
        choices=what_choices,
        error_messages={"required": "Choose what came of it."},
    )
    amount = forms.CharField(
        label="How many or how much",
        max_length=30,
        help_text="A number, such as 22, 10,256.50 or 66.",
        error_messages={"required": "Enter how many or how much; 0 is an answer too."},
    )
    measure = forms.ChoiceField(
        label="Measured in",
        choices=[USUAL, *((measure, measure) for measure in DRUG_MEASURES)],
        required=False,
        help_text="Only for drugs.",
    )
    status = forms.ChoiceField(
        label="Is it final?",
        choices=[
            ("provisional", "Provisional: it is still being weighed or counted"),
            ("final", "Final: it will not change"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the figure is provisional or final."},
    )
    note = forms.CharField(
        label="Where the figure comes from (optional)",
        max_length=200,
        required=False,
        help_text="For the desk only. Do not name anybody.",
    )
    replaces = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def replacing(cls, earlier: Outcome) -> "OutcomeForm":
        """Return the form filled for correcting an entry or making it final."""
        what = f"{earlier.kind}{DETAIL_MARK}{earlier.detail}" if earlier.detail else earlier.kind
        amount = f"{earlier.amount.normalize():f}"
        measure = earlier.measure if earlier.kind == "drugs" else ""
        initial = {"what": what, "amount": amount, "measure": measure, "status": "final", "replaces": earlier.pk}
        return cls(initial=initial)

    def clean(self) -> dict[str, object]:
        """Refuse what is no outcome, beside the field it was typed in."""
        cleaned = super().clean() or {}
        if "what" in cleaned and "amount" in cleaned:
            typed = self.typed()
            try:
                check(typed.kind, detail=typed.detail, measure=typed.measure, amount=typed.amount)
            except OutcomeWrong as wrong:
                self.add_error(FIELD_OF[wrong.field], str(wrong))
        return cleaned

    def typed(self) -> Typed:
        """Return the outcome as it was typed."""
        kind, _, detail = str(self.cleaned_data["what"]).partition(DETAIL_MARK)
        status: Status = "final" if self.cleaned_data.get("status") == "final" else "provisional"
        return Typed(
            kind=kind,
            amount=str(self.cleaned_data["amount"]),
            detail=detail,
            measure=str(self.cleaned_data.get("measure", "")),
            status=status,
            replaces=self.cleaned_data.get("replaces"),
            note=str(self.cleaned_data.get("note", "")),
        )


class YouSaidForm(forms.Form):
    """What people in an area said, and what was done."""

    area = forms.CharField(
        max_length=80,
        help_text="A town or a ward, never a street: nobody may guess who told.",
        error_messages={"required": "Name the area."},
    )
    said = forms.CharField(
        label="You said",
        max_length=300,
        widget=forms.Textarea,
        help_text="In your own words, as several people would have said it.",
        error_messages={"required": "Write what people said."},
    )
    did = forms.CharField(
        label="We did",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Write what was done."},
    )
    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        help_text="For example 2026-09.",
        error_messages={"required": "Enter the month, like 2026-09.", "invalid": "Enter the month like 2026-09."},
    )

    def clean_month(self) -> date:
        """Return the first day of the month."""
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")


class ReleaseForm(forms.Form):
    """Which weeks the public page shows, and how."""

    thanks = forms.CharField(
        label="Thank-you (optional)", max_length=300, required=False, help_text="One sentence to everybody who told."
    )

    def __init__(self, *args: object, weeks: Sequence[WeekSummary]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own arguments
        self.weeks = [summary for summary in weeks if summary.recorded]
        for summary in self.weeks:
            self.fields[self.name_of(summary)] = forms.ChoiceField(
                label=f"Week {summary.week.number}: {summary.week.theme}",
                choices=self._choices(summary),
                widget=forms.RadioSelect,
                initial="provisional" if summary.provisional else "final",
                error_messages={"required": f"Say how week {summary.week.number} is shown."},
            )

    def clean(self) -> dict[str, object]:
        """Refuse a page without any week."""
        cleaned = super().clean() or {}
        if not self.errors and not self.statuses():
            raise forms.ValidationError("Choose at least one week to show.")
        return cleaned

    def week_fields(self) -> list[forms.BoundField]:
        """Return the fields of the weeks, in order."""
        return [self[self.name_of(summary)] for summary in self.weeks]

    def statuses(self) -> dict[int, Status]:
        """Return the weeks that are shown, by their numbers."""
        found: dict[int, Status] = {}
        for summary in self.weeks:
            chosen = self.cleaned_data.get(self.name_of(summary))
            if chosen == "final":
                found[summary.week.number] = "final"
            elif chosen == "provisional":
                found[summary.week.number] = "provisional"
        return found

    @staticmethod
    def name_of(summary: WeekSummary) -> str:
        """Return the name of a week's field."""
        return f"week_{summary.week.number}"

    @staticmethod
    def _choices(summary: WeekSummary) -> list[tuple[str, str]]:
        choices = [("out", "Leave out"), ("provisional", "Early figures")]
        return choices if summary.provisional else [*choices, ("final", "Final figures")]


class ApproveForm(forms.Form):
    """The second person's yes to the page that was looked at."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    looked = forms.BooleanField(
        label="I have read this page as the public will see it, and nobody can be recognised from it",
        error_messages={"required": "Say that you have read the page, or refuse it."},
    )


class RefuseForm(forms.Form):
    """Why a release is refused."""

    why = forms.CharField(
        label="Why", max_length=300, error_messages={"required": "Write why, so that the author can put it right."}
    )
