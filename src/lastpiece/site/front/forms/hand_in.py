"""The field by which a carried file of locked reports is handed in."""

from django import forms
from django.utils.translation import gettext as _


class HandInForm(forms.Form):
    """One file; what went wrong with it is said at the field."""

    file = forms.FileField(required=False)

    def __init__(self, problem: str = "") -> None:
        super().__init__({} if problem else None)
        self.fields["file"].label = _("The file from the tablet")
        self.fields["file"].help_text = _("Its name ends in .lastpiece")
        if problem:
            self.add_error("file", problem)
