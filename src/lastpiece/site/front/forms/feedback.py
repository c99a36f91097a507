"""What someone thinks of this site."""

from collections.abc import Mapping

from django import forms

from lastpiece.site.front.forms.telling import AnswerField

LONGEST = 10_000


class FeedbackForm(forms.Form):
    """Feedback in the visitor's own words."""

    feedback = AnswerField(
        required=False,
        label="What do you think of this site?",
        help_text="What was hard? What was missing? Do not tell us about a crime here.",
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["feedback"].validators = []

    def clean_feedback(self) -> str:
        """Return the text; refuse an empty or a very long one."""
        feedback = str(self.cleaned_data["feedback"])
        if not feedback:
            raise forms.ValidationError("Write what you think of this site")
        if len(feedback) > LONGEST:
            raise forms.ValidationError(f"This is too long by {len(feedback) - LONGEST:,} letters. Make it shorter.")
        return feedback
