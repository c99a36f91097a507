"""The form of *Record for someone*: the public door's own questions, all on one page."""

import unicodedata
from collections.abc import Mapping
from typing import cast

from django import forms

from lastpiece.site.desk.slips import ENGLISH, SLIPS, UNKNOWN
from lastpiece.site.parts.doors import ADULT, YOUNG, Door, Question
from lastpiece.site.parts.uploads import ManyFiles
from lastpiece.tell.seed import SEED_BYTES, new_seed

WAYS = (("phone", "By phone, 101"), ("outreach", "In person: at the bus, a school, an event"))
TELLERS = {"adult": ADULT, "young": YOUNG}
"""Whose questions are asked, by what the page's buttons say."""


class AnswerField(forms.CharField):
    """An answer as it was said; control characters go, nothing is cut."""

    def __init__(self, question: Question) -> None:
        longest = question.longest
        super().__init__(
            label=str(question.heading),
            help_text=str(question.hint),
            required=bool(question.empty),
            max_length=longest,
            widget=forms.Textarea,
            error_messages={
                "required": "Write down what they know, even if it is only a little.",
                "max_length": f"This is too long: {longest:,} characters fit. Split it into two reports.",
            },
        )
        self.rows = question.rows
        self.widget.attrs.pop("maxlength", None)  # what is too long is refused with a sentence, never cut

    def to_python(self, value: object) -> str:
        """Return the text without control characters, line ends made plain."""
        text = str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs"}).strip()


class RecordForm(forms.Form):
    """What one person tells, as somebody else writes it down. `offered` are the languages the public site speaks."""

    reads = forms.ChoiceField(
        label="Which language do they read best?",
        help_text="The slip is in it, and our site tells them in it what to do with the words.",
        required=False,
        error_messages={"invalid_choice": "Choose a language of the list."},
    )
    written = forms.ChoiceField(
        label="In which language do you write it down?",
        help_text="Write it in English if you can. If not, write it as it is said.",
        choices=[*((code, slip.name) for code, slip in SLIPS.items()), (UNKNOWN, "Another language")],
        required=False,
        error_messages={"invalid_choice": "Choose a language of the list."},
    )
    brought = forms.FileField(
        label="Photos or files they have already",
        help_text="Up to 10, each up to 20 MB. Never ask for more. Choose them last: they are kept only when you save.",
        required=False,
        widget=ManyFiles,
    )
    use_places = forms.BooleanField(
        label="They say that you may use the place stored in a photo",
        required=False,
    )

    way = forms.ChoiceField(
        label="How do they tell you?",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they tell you."},
    )
    agreed = forms.BooleanField(
        label="They know that I write this down, that they need not say who they are, and they agree",
        error_messages={"required": "Tell them, and go on when they agree. Nothing is kept before."},
    )

    def __init__(self, door: Door, *args: object, offered: tuple[str, ...] = (ENGLISH,), **options: object) -> None:
        options["initial"] = {
            "reads": ENGLISH,
            "written": ENGLISH,
            **cast("dict[str, str]", options.get("initial", {})),
        }
        super().__init__(*args, **options)  # type: ignore[arg-type]  # Django's own options
        self.door = door
        reads = cast("forms.ChoiceField", self.fields["reads"])
        reads.choices = [(code, slip.name) for code, slip in SLIPS.items() if code in offered]
        if not door.asks_places:
            del self.fields["use_places"]
        for question in door.questions:
            self.fields[question.key] = AnswerField(question)

    def asked(self) -> list[tuple[forms.BoundField, int]]:
        """Return each question's field with the rows of its box."""
        return [(self[question.key], question.rows) for question in self.door.questions]

    def clean_reads(self) -> str:
        """Return the language, English where none was chosen."""
        return str(self.cleaned_data["reads"]) or ENGLISH

    def clean_written(self) -> str:
        """Return the language, English where none was chosen."""
        return str(self.cleaned_data["written"]) or ENGLISH

    def uses_places(self) -> bool:
        """Return whether the place stored in a photo may be used: never a child's."""
        return bool(self.cleaned_data.get("use_places"))

    def answers(self) -> dict[str, str]:
        """Return the answers that were given."""
        given = {question.key: self.cleaned_data[question.key] for question in self.door.questions}
        return {key: text for key, text in given.items() if text}


def door_of(posted: Mapping[str, str]) -> str:
    """Return whose questions are asked: a key of `TELLERS`."""
    teller = posted.get("teller", "adult")
    return teller if teller in TELLERS else "adult"


def seed_in(posted: Mapping[str, str]) -> bytes:
    """Return the page's seed, or a new one when the page's is none."""
    try:
        seed = bytes.fromhex(posted.get("seed", ""))
    except ValueError:
        return new_seed()
    return seed if len(seed) == SEED_BYTES else new_seed()
