"""What a person decides about a proposed link, and where they go on from there."""

from dataclasses import dataclass, field

from django import forms

from lastpiece.fit.judgement import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its reason; `then` and `arguments` name the page that comes next."""

    verdict: str
    reason: str = field(repr=False)
    then: str = "judging"
    arguments: tuple[int, ...] = ()


class JudgeForm(forms.Form):
    """Same, different or not sure; a reason is welcome and never required."""

    verdict = forms.ChoiceField(choices=[(verdict.value, verdict.value) for verdict in Verdict])
    reason = forms.CharField(
        label="Why (optional)",
        required=False,
        max_length=300,
        help_text="Kept with the judgement under your name.",
    )
    item = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def decision(self) -> Decision:
        """Return what was decided; call it after `is_valid`."""
        item = self.cleaned_data["item"]
        verdict, reason = self.cleaned_data["verdict"], self.cleaned_data["reason"].strip()
        return Decision(verdict, reason, "item_fit", (item,)) if item else Decision(verdict, reason)
