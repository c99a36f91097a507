"""Forms that ask why."""

from django import forms

from lastpiece.site.desk.records.models import Report


class ReasonForm(forms.Form):
    """A typed reason, kept in the audit."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        error_messages={"required": "Write why. The reason is kept in the audit."},
        help_text="Kept in the audit. Do not write anything from the report here.",
    )


class GroupReasonForm(ReasonForm):
    """Why a group is set aside, and the newest of its reports that the page showed."""

    newest = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)


class PriorityForm(ReasonForm):
    """Another place in the queue, and why."""

    priority = forms.TypedChoiceField(choices=Report.Priority.choices, coerce=lambda value: Report.Priority(int(value)))
    field_order = ("priority", "reason")
