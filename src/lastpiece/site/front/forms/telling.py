"""The report form: one question a page, its state in hidden fields of the page, nothing on the server.

Only *what* must be answered. What was typed is kept until it is sent or left, whatever goes wrong.
"""

import binascii
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django import forms

from lastpiece.tell.seed import SEED_BYTES, new_seed

FORM_VERSION = "tell-1"
CHANGE = "change:"


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the form. `longest` is in characters."""

    key: str
    heading: str
    short: str
    hint: str
    rows: int = 4
    longest: int = 4_000
    empty: str = ""

    @property
    def change(self) -> str:
        """Return what the check page posts to come back to this question."""
        return CHANGE + self.key


QUESTIONS: tuple[Question, ...] = (
    Question(
        "what",
        "What do you know?",
        "What you know",
        "Tell us what you saw, heard or know already. A little is enough. Do not go and find out more.",
        rows=8,
        longest=20_000,
        empty="Tell us what you know, even if it is only a little",
    ),
    Question(
        "where",
        "Where is it?",
        "Where",
        "A street, a shop, a park, a train. “Behind the shops on Mill Road” is fine.",
    ),
    Question(
        "when",
        "When did it happen?",
        "When",
        "A day, a time, or how often. “Most Fridays, after school” is fine.",
    ),
    Question(
        "who",
        "Who is it about?",
        "Who",
        "Names, nicknames, how they look. “A tall man they call Duke” is fine.",
    ),
    Question(
        "vehicles",
        "Did you see a car, van or bike?",
        "Cars, vans, bikes",
        "Even half a number plate helps. “A blue car, something like KV19” is fine.",
    ),
    Question(
        "phones",
        "Do you know a phone number or a name they use online?",
        "Phone numbers and names online",
        "Some of the digits help. So does the app they use.",
    ),
    Question(
        "how",
        "How do you know this?",
        "How you know",
        "“I saw it”, “someone told me”, “I heard it through the wall”. You do not have to say who you are.",
    ),
    Question(
        "at_risk",
        "Is anyone being hurt, or in danger?",
        "Anyone in danger",
        "A child, an older person, someone who cannot say no. If it is happening now, call 999.",
    ),
    Question(
        "contact",
        "Do you want us to be able to reach you?",
        "How to reach you",
        "You can leave this empty. After you send, you get seven words that let you read a message from us without "
        "giving a name. If you do want a call or an email, say how, when it is safe, and who else may see your phone.",
    ),
)
BY_KEY: Mapping[str, Question] = {question.key: question for question in QUESTIONS}
START, CHECK = "start", "check"
STEPS = (START, *BY_KEY, CHECK)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one visitor has told so far: it lives in their page alone. `answers` holds only what is not empty."""

    seed: bytes = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)

    @classmethod
    def start(cls) -> "Telling":
        """Return an empty one with a seed of its own."""
        return cls(new_seed(), {})

    @classmethod
    def read(cls, posted: Mapping[str, str]) -> "Telling":
        """Read the hidden fields; a seed that was altered is replaced, and an answer is never longer than asked."""
        answers = {key: clean(posted.get(key, ""))[: question.longest].strip() for key, question in BY_KEY.items()}
        return cls(read_seed(posted.get("seed", "")), {key: text for key, text in answers.items() if text})

    @property
    def seed_text(self) -> str:
        """Return the seed as the hidden field holds it."""
        return self.seed.hex()

    def with_answer(self, key: str, text: str) -> "Telling":
        """Return a copy in which one answer is `text`; an empty one is taken out."""
        others = {known: self.answers[known] for known in BY_KEY if known in self.answers and known != key}
        return replace(self, answers={**others, key: text} if text else others)

    def hidden(self, shown: str) -> list[tuple[str, str]]:
        """Return the hidden fields of the page that shows the question `shown`."""
        kept = [(key, self.answers[key]) for key in BY_KEY if key in self.answers and key != shown]
        return [("seed", self.seed_text), *kept]

    def rows(self) -> list[tuple[Question, str]]:
        """Return every question with its answer, for checking."""
        return [(question, self.answers.get(question.key, "")) for question in QUESTIONS]


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


class AnswerField(forms.CharField):
    """Text of any kind; control characters are dropped rather than complained about."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        """Return clean text."""
        return clean(value) if isinstance(value, str) else ""


class AnswerForm(forms.Form):
    """One question's answer."""

    answer = AnswerField(required=False)

    def __init__(self, question: Question, data: Mapping[str, str] | None = None, *, kept: str = "") -> None:
        super().__init__(data, initial={"answer": kept})
        self.question = question
        self.fields["answer"].label = question.heading
        self.fields["answer"].help_text = question.hint
        # a page that is refused for its length must show what was typed, so the field has no limit of its own
        self.fields["answer"].validators = []

    def clean_answer(self) -> str:
        """Return the answer; refuse one that is empty where one is needed, or too long."""
        answer = str(self.cleaned_data["answer"])
        if not answer and self.question.empty:
            raise forms.ValidationError(self.question.empty)
        over = len(answer) - self.question.longest
        if over > 0:
            raise forms.ValidationError(
                f"Your answer is too long by {over:,} letters. Make it shorter, or send the rest in a second report."
            )
        return answer
