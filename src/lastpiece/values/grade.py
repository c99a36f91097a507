"""3x5x2 grades: how far a source and an item of information can be trusted, and who may share it.

One grade belongs to one item of information, never to a report. An anonymous source is `2 Untested`
until a person says otherwise. Source: College of Policing, Authorised Professional Practice on
intelligence management (the 3x5x2 report).
"""

import enum
from dataclasses import dataclass


class Source(enum.StrEnum):
    """How the source of the item is evaluated."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Information(enum.StrEnum):
    """How the information is known to the source."""

    DIRECT = "A"
    INDIRECT_CORROBORATED = "B"
    INDIRECT = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


class Handling(enum.StrEnum):
    """Whether the item may be shared, and how."""

    SHARE = "P"
    CONDITIONS = "C"


@dataclass(frozen=True, slots=True)
class Grade:
    """A 3x5x2 grade; the defaults are those of an anonymous tip."""

    source: Source = Source.UNTESTED
    information: Information = Information.NOT_KNOWN
    handling: Handling = Handling.CONDITIONS

    def __str__(self) -> str:
        return f"{self.source}{self.information}{self.handling}"

    @classmethod
    def parse(cls, text: str) -> "Grade":
        """Read `2DC`, `2 D C` or `2/D/C`.

        Raises:
            ValueError: the text is not a 3x5x2 grade.
        """
        marks = [mark for mark in text.upper() if mark.isalnum()]
        if len(marks) != 3:  # noqa: PLR2004 - three parts, as the name says
            raise ValueError(f"“{text}” is not a 3x5x2 grade; write it like 2DC.")
        try:
            return cls(Source(marks[0]), Information(marks[1]), Handling(marks[2]))
        except ValueError as error:
            raise ValueError(f"“{text}” is not a 3x5x2 grade; write it like 2DC.") from error
