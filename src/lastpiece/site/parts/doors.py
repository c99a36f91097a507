"""The doors a teller may come in by: adults', and the one for young people. A door is its questions and their words.

The front asks these questions, and so does the desk when somebody records for another (`desk/pages/recording.py`), so
that a report told by phone is the same report. Only *what* must be answered at any of them. The keys of the questions
are those of `lastpiece.tell.report.ANSWERS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CHANGE = "change:"
START, FILES, CHECK = "start", "files", "check"


@dataclass(frozen=True, slots=True)
class Question:
    """One page of a form. `longest` is in characters; `notice` is said at the box itself, before anything is typed."""

    key: str
    heading: "StrOrPromise"
    short: "StrOrPromise"
    hint: "StrOrPromise"
    rows: int = 4
    longest: int = 4_000
    empty: "StrOrPromise" = ""
    notice: "StrOrPromise" = ""

    @property
    def change(self) -> str:
        """Return what the check page posts to come back to this question."""
        return CHANGE + self.key


@dataclass(frozen=True, slots=True)
class Door:
    """One way in.

    Attributes:
        address: The name of its address in `urls.py`; its templates begin with the same word.
        channel: What a report that came in by it says of that.
        form_version: Which questions were asked, in which words.
        questions: The questions in the order in which they are asked.
    """

    address: str
    channel: str
    form_version: str
    questions: tuple[Question, ...]

    @property
    def by_key(self) -> Mapping[str, Question]:
        """Return the questions by their keys, in order."""
        return {question.key: question for question in self.questions}

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the pages of the form in order, by what their hidden field `step` says."""
        asked = [question.key for question in self.questions]
        asked.insert(asked.index("contact") if "contact" in asked else len(asked), FILES)
        return (START, *asked, CHECK)

    @property
    def asks_places(self) -> bool:
        """Whether a teller may say that the place stored in a photo is to be used: only where places are asked for."""
        return "where" in self.by_key

    def template(self, page: str) -> str:
        """Return the name of the template of one of its pages."""
        return f"front/{self.address}_{page}.html"


ADULT = Door(
    address="tell",
    channel="online",
    form_version="tell-2",
    questions=(
        Question(
            "what",
            _("What do you know?"),
            _("What you know"),
            _("Tell us what you saw, heard or know already. A little is enough. Do not go and find out more."),
            rows=8,
            longest=20_000,
            empty=_("Tell us what you know, even if it is only a little"),
        ),
        Question(
            "where",
            _("Where is it?"),
            _("Where"),
            _("A street, a shop, a park, a train. “Behind the shops on Mill Road” is fine."),
        ),
        Question(
            "when",
            _("When did it happen?"),
            _("When"),
            _("A day, a time, or how often. “Most Fridays, after school” is fine."),
        ),
        Question(
            "who",
            _("Who is it about?"),
            _("Who"),
            _("Names, nicknames, how they look. “A tall man they call Duke” is fine."),
        ),
        Question(
            "vehicles",
            _("Did you see a car, van or bike?"),
            _("Cars, vans, bikes"),
            _("Even half a number plate helps. “A blue car, something like KV19” is fine."),
        ),
        Question(
            "phones",
            _("Do you know a phone number or a name they use online?"),
            _("Phone numbers and names online"),
            _("Some of the digits help. So does the app they use."),
        ),
        Question(
            "how",
            _("How do you know this?"),
            _("How you know"),
            _("“I saw it”, “someone told me”, “I heard it through the wall”. You do not have to say who you are."),
        ),
        Question(
            "at_risk",
            _("Is anyone being hurt, or in danger?"),
            _("Anyone in danger"),
            _("A child, an older person, someone who cannot say no. If it is happening now, call 999."),
        ),
        Question(
            "contact",
            _("Do you want us to be able to reach you?"),
            _("How to reach you"),
            _(
                "You can leave this empty. At the end you get seven words. With them you can read a message from us "
                "and give no name. If you do want a call or an email, tell us how. Say when it is safe, and who "
                "else may see your phone."
            ),
        ),
    ),
)
"""The front door."""

YOUNG_NOTICE = _(
    "Who reads this? A few trained people with the police. If a child is in danger, they have to act to keep "
    "them safe. You do not have to give your name."
)

YOUNG = Door(
    address="young",
    channel="young",
    form_version="young-1",
    questions=(
        Question(
            "what",
            _("What is going on?"),
            _("What is going on"),
            _("Use your own words. Say as much or as little as you like. You are not in trouble for telling us."),
            rows=8,
            longest=20_000,
            empty=_("Write what is going on. A few words are fine"),
            notice=YOUNG_NOTICE,
        ),
        Question(
            "who",
            _("Who is it about?"),
            _("Who it is about"),
            _("A name, a nickname, or how they look. You can leave this out."),
            notice=YOUNG_NOTICE,
        ),
        Question(
            "when",
            _("When does it happen?"),
            _("When it happens"),
            _("A day, a time, or “all the time”. You can leave this out."),
            notice=YOUNG_NOTICE,
        ),
        Question(
            "at_risk",
            _("Is anyone hurt or scared?"),
            _("Anyone hurt or scared"),
            _("It can be you, or a friend. If someone is in danger right now, call 999."),
            notice=YOUNG_NOTICE,
        ),
    ),
)
"""The door for young people: no way to be reached, no place and no *how do you know* is asked for."""

DOORS: Mapping[str, Door] = {door.address: door for door in (ADULT, YOUNG)}
"""Every door by its address name."""
