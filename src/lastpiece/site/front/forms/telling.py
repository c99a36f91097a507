"""What one visitor types, one question a page: its state is in hidden fields of the page, nothing on the server.

What was typed is kept until it is sent or left, whatever goes wrong; an answer that is too long is refused where it
is asked for and before it is sent, and never cut.
"""

import binascii
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lastpiece.site.front.forms import files as entries
from lastpiece.site.parts.doors import ADULT, CHECK, Door, Question
from lastpiece.tell.attachment import Attachment
from lastpiece.tell.seed import SEED_BYTES, new_seed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORM_VERSION = ADULT.form_version
HELD = "held"
"""The field by which a script says that the answers stay on the device; then nothing typed is in the post at all."""
TOO_LONG = _("This is too long. Letters over the limit: {over}. Make it shorter, or tell us the rest another time.")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one visitor has told so far: it lives in their page alone. `answers` holds only what is not empty.

    `held` means that the answers, and the seed, stay on the device: here they are empty.
    """

    door: Door
    seed: bytes = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    held: bool = False
    files: tuple[Attachment, ...] = ()

    @classmethod
    def start(cls, door: Door) -> "Telling":
        """Return an empty one with a seed of its own."""
        return cls(door, new_seed(), {})

    @classmethod
    def read(cls, door: Door, posted: Mapping[str, str]) -> "Telling":
        """Read the fields of a page, hidden and shown; a seed that was altered is replaced."""
        if posted.get(HELD) == "yes":
            return cls(door, b"", {}, held=True)
        answers = {key: clean(posted.get(key, "")) for key in door.by_key}
        given = {key: text for key, text in answers.items() if text}
        return cls(door, read_seed(posted.get("seed", "")), given, files=entries.read(posted.get(entries.FIELD, "")))

    def without(self, key: str) -> "Telling":
        """Return a copy in which one answer is taken out."""
        return replace(self, answers={known: text for known, text in self.answers.items() if known != key})

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """Return the hidden fields of the page that shows the questions `shown`."""
        if self.held:
            return []
        held = [(entries.FIELD, entries.written(self.files))] if self.files else []
        answers = ((key, text) for key, text in self.answers.items() if key not in shown)
        return [("seed", self.seed.hex()), *held, *answers]

    def with_files(self, held: tuple[Attachment, ...]) -> "Telling":
        """Return a copy with these files."""
        return replace(self, files=held)

    def rows(self) -> list[tuple[Question, str]]:
        """Return every question with its answer, for checking."""
        return [(question, self.answers.get(question.key, "")) for question in self.door.questions]

    def complete(self) -> bool:
        """Tell whether every answer is as its question wants it.

        This is the rule of the form without the form: making one takes a fifth of what Python does to send a report.
        """
        return not any(wrong_with(text, longest=asked.longest, empty=asked.empty) for asked, text in self.rows())

    def kept(self, step: str = CHECK) -> list[tuple[str, str]]:
        """Return the hidden fields from which the whole can be sent again."""
        return [("step", step), *self.hidden()]


def read_seed(text: str) -> bytes:
    """Return the seed in a hidden field, or a new one when it is not one."""
    try:
        seed = binascii.unhexlify(text)
    except (ValueError, binascii.Error):
        return new_seed()
    return seed if len(seed) == SEED_BYTES else new_seed()


def clean(text: str) -> str:
    """Return text without control characters, its line ends unified and its ends trimmed; nothing else is changed."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (
        character for character in unified if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return "".join(kept).strip()


def wrong_with(text: str, *, longest: int, empty: "StrOrPromise") -> str:
    """Return what is wrong with clean text, as a sentence: it is empty where it must not be, or too long; else ""."""
    if not text:
        return str(empty)
    over = len(text) - longest
    return str(TOO_LONG).format(over=f"{over:,}") if over > 0 else ""


class AnswerField(forms.CharField):
    """Text of any kind; control characters are dropped rather than complained about.

    Its limits also stand on the page, as `data-longest`, `data-too-long` (with `{over}` for how many characters are
    over) and `data-empty`, so that a script that holds the answer on the device can say the same sentences.
    """

    def __init__(
        self, *, longest: int, empty: "StrOrPromise" = "", label: "StrOrPromise" = "", hint: "StrOrPromise" = ""
    ) -> None:
        self.longest, self.empty = longest, empty
        attributes: dict[str, object] = {"data-longest": longest, "data-too-long": TOO_LONG}
        if empty:
            attributes["data-empty"] = empty
        # what is refused for its length must come back as it was typed, so Django sets no limit of its own
        super().__init__(
            required=False, label=label, help_text=hint, strip=False, widget=forms.Textarea(attrs=attributes)
        )
        self.validators = []

    def to_python(self, value: object) -> str:
        """Return clean text."""
        return clean(value) if isinstance(value, str) else ""

    def validate(self, value: str) -> None:
        """Refuse an answer that is empty where one is needed, or too long."""
        if sentence := wrong_with(value, longest=self.longest, empty=self.empty):
            raise forms.ValidationError(sentence)


class AnswerForm(forms.Form):
    """The answers to one question or to several; each field is named by the key of its question."""

    def __init__(
        self, *questions: Question, data: Mapping[str, str] | None = None, kept: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(kept or {}))
        for question in questions:
            self.fields[question.key] = AnswerField(
                longest=question.longest, empty=question.empty, label=question.heading, hint=said_before(question)
            )


def said_before(question: Question) -> "StrOrPromise":
    """Return what stands before a box: the hint, and who reads it where that must be said at each box."""
    if not question.notice:
        return question.hint
    return format_html('{}<span class="notice">{}</span>', question.hint, question.notice)
