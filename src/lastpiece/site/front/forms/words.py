"""The mailbox form: seven words, and something to add."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from lastpiece.site.front.forms.telling import AnswerField
from lastpiece.tell.words import WordsWrong, parse_words

LONGEST_WORDS = 400
LONGEST_MESSAGE = 10_000
EMPTY = _("Type your seven words")
WORDS_WRONG = _("Check your words. There are seven, each from your receipt page, in the same order.")
"""What `WordsWrong` says, in the language of the page."""


class WordsForm(forms.Form):
    """The seven words that open a mailbox; `clean_words` gives them as a tuple."""

    words = forms.CharField(
        label=_("Your seven words"),
        help_text=_("Type them in the same order. Put a space between. Small or big letters are both fine."),
        widget=forms.Textarea(attrs={"data-empty": EMPTY, "data-wrong": WORDS_WRONG}),
        error_messages={"required": EMPTY},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, typed: str = "") -> None:
        super().__init__(data, initial={"words": typed[:LONGEST_WORDS]})
        self.fields["words"].validators = []

    def clean_words(self) -> tuple[str, ...]:
        """Return the words, or refuse what is not seven words of the list."""
        try:
            return parse_words(str(self.cleaned_data["words"])[:LONGEST_WORDS])
        except WordsWrong as wrong:
            raise forms.ValidationError(WORDS_WRONG) from wrong


class MessageForm(forms.Form):
    """Something a teller adds to what they told."""

    message = AnswerField(
        longest=LONGEST_MESSAGE,
        empty=_("Write what you want to add"),
        label=_("Do you want to tell us more?"),
        hint=_("Tell us what you saw, heard or know by now. Do not go and find out more."),
    )
