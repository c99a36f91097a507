"""Finding a thing in the picture by anything known of it."""

from dataclasses import dataclass, field

from django import forms

from lastpiece.site.desk.records.queries.fitting import NOT_THINGS
from lastpiece.values.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    text: str = field(default="", repr=False)
    kind: str = ""


class FindForm(forms.Form):
    """One box that takes whole and partial values, and a kind to narrow it down."""

    q = forms.CharField(
        label="Find a person, phone, plate, place or name",
        required=False,
        max_length=100,
        help_text="Partial is fine: ? is one unknown character, * any number – K?19*, 07700 9?? 321, lil t",
    )
    kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[("", "All kinds"), *((kind, kind.capitalize()) for kind in KINDS if kind not in NOT_THINGS)],
    )

    def wanted(self) -> Wanted:
        """Return what is looked for; what cannot be read is left out."""
        self.is_valid()
        return Wanted(self.cleaned_data.get("q", ""), self.cleaned_data.get("kind", ""))
