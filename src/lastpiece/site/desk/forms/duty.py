"""The form of the duty rota."""

from collections.abc import Sequence

from django import forms

from lastpiece.site.desk.records.models import Duty, Staff
from lastpiece.site.desk.records.queries.alerts import ON_THE_ROTA

LONGEST_TURNS = 9


class MinuteField(forms.DateTimeField):
    """A local day and time, typed or picked."""

    def __init__(self, *, label: str) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        widget.input_type = "datetime-local"
        super().__init__(
            label=label,
            widget=widget,
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
            error_messages={"required": "Give a day and a time.", "invalid": "Write it like 2026-11-20T18:00."},
        )


class DutyForm(forms.Form):
    """Who is on duty, from when until when, for what."""

    staff = forms.TypedChoiceField(
        label="Who", coerce=int, error_messages={"required": "Choose somebody.", "invalid_choice": "Choose somebody."}
    )
    kind = forms.ChoiceField(label="For", choices=[(kind.value, kind.label) for kind in ON_THE_ROTA])
    starts_at = MinuteField(label="From")
    ends_at = MinuteField(label="Until")
    turn = forms.IntegerField(
        label="Turn",
        min_value=1,
        max_value=LONGEST_TURNS,
        initial=1,
        help_text="1 is paged at once, 2 when 1 does not have it, and so on.",
    )
    reach = forms.CharField(
        label="Number or address to page",
        max_length=80,
        required=False,
        help_text="What the pager command is given. Empty: the work e-mail address.",
    )

    def __init__(self, *args: object, people: Sequence[Staff], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        named = [(one.pk, f"{one.name}, {one.get_role_display()}") for one in people]
        self.fields["staff"].choices = [("", "Choose"), *named]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, object]:
        """Refuse a turn that ends before it begins."""
        cleaned: dict[str, object] = super().clean() or {}
        starts, ends = self.cleaned_data.get("starts_at"), self.cleaned_data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It must end after it begins.")
        return cleaned

    def duty(self) -> Duty:
        """Return the turn of duty, not kept yet."""
        values = self.cleaned_data
        return Duty(
            staff_id=values["staff"],
            kind=values["kind"],
            starts_at=values["starts_at"],
            ends_at=values["ends_at"],
            turn=values["turn"],
            reach=values["reach"],
        )
