"""The form that empties the quarantine."""

from django import forms


class EmptyForm(forms.Form):
    """How old what is deleted must be."""

    days = forms.IntegerField(
        label="Delete what was set aside so many days ago or earlier",
        min_value=7,
        max_value=3650,
        help_text="At least 7. It cannot be undone. The log keeps how many there were, and why they were set aside.",
    )
