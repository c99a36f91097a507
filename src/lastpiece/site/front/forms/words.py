"""The mailbox form: seven words, and something to add."""

from collections.abc import Mapping

from django import forms

from lastpiece.site.front.forms.telling import AnswerField
from lastpiece.tell.words import WordsWrong, parse_words

LONGEST_WORDS = 400
LONGEST_MESSAGE = 10_000


class WordsForm(forms.Form):
    """The seven words that open a mailbox; `clean_words` gives them as a tuple."""

    words = forms.CharField(
        label="Your seven words",
        help_text="Type them in the same order, with a space between. Capital letters do not matter.",
        widget=forms.Textarea,
        error_messages={"required": "Type your seven words"},
    )

    def __init__(self, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.fields["words"].validators = []

    def clean_words(self) -> tuple[str, ...]:
        """Return the words, or refuse what is not seven words of the list."""
        try:
            return parse_words(str(self.cleaned_data["words"])[:LONGEST_WORDS])
        except WordsWrong as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class MessageForm(forms.Form):
    """Something a teller adds to what they told."""

    message = AnswerField(
        required=False,
        label="Is there something you already know that you want to add?",
        help_text="Only what you know, saw or remember already. Do not go and find out more.",
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, label: str = "") -> None:
        super().__init__(data)
        self.fields["message"].validators = []
        if label:
            self.fields["message"].label = label

    def clean_message(self) -> str:
        """Return the text; refuse an empty or a very long one."""
        message = str(self.cleaned_data["message"])
        if not message:
            raise forms.ValidationError("Write what you want to add")
        if len(message) > LONGEST_MESSAGE:
            over = len(message) - LONGEST_MESSAGE
            raise forms.ValidationError(f"This is too long by {over:,} letters. Make it shorter, or send it in parts.")
        return message
