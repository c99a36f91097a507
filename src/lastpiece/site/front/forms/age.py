"""How old somebody is who comes by the young people's door: asked to show the right page, and kept nowhere."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _

UNDER, YOUNG, OVER = "under", "young", "over"


class AgeForm(forms.Form):
    """Three bands; the ages between them come from the force pack."""

    def __init__(self, data: Mapping[str, str] | None = None, *, from_age: int, to_age: int, chosen: str = "") -> None:
        super().__init__(data, initial={"age": chosen})
        self.fields["age"] = forms.ChoiceField(
            label=_("How old are you?"),
            help_text=_("We ask so that we can show you the right page. We do not keep it."),
            widget=forms.RadioSelect,
            choices=[
                (UNDER, _("{age} or under").format(age=from_age - 1)),
                (YOUNG, _("{first} to {last}").format(first=from_age, last=to_age)),
                (OVER, _("{age} or over").format(age=to_age + 1)),
            ],
            error_messages={
                "required": _("Choose how old you are"),
                "invalid_choice": _("Choose how old you are"),
            },
        )
