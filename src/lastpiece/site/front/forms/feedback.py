"""What someone thinks of this site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lastpiece.site.front.forms.telling import AnswerField

LONGEST = 10_000


class FeedbackForm(forms.Form):
    """Feedback in the visitor's own words."""

    feedback = AnswerField(
        longest=LONGEST,
        empty=_("Write what you think of this site"),
        label=_("What do you think of this site?"),
        hint=_("What was hard? What did you miss? Do not tell us about a crime here."),
    )
