"""Old 5x5x5 grades, as other people's files still carry them, read as 3x5x2.

The mapping is approximate, so whatever is mapped says so (`mapped_from`), and a person decides. Source:
College of Policing, 3x5x2 reference material on reading old grades; the table is in
`docs/how-to/import-reports.md`.
"""

from dataclasses import dataclass

from lastpiece.values.grade import Grade, Handling, Information, Source

_SOURCE = {
    "A": Source.RELIABLE,
    "B": Source.RELIABLE,
    "C": Source.UNTESTED,
    "D": Source.NOT_RELIABLE,
    "E": Source.UNTESTED,
}
_INFORMATION = {
    "1": Information.DIRECT,
    "2": Information.DIRECT,
    "3": Information.INDIRECT_CORROBORATED,
    "4": Information.NOT_KNOWN,
    "5": Information.SUSPECTED_FALSE,
}
_FREE = "1"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class ArrivedGrade:
    """A grade that came with a row.

    Attributes:
        mapped_from: The old grade, such as `E41`; empty when the row was graded 3x5x2.
        conditions: Handling conditions that the mapping asks for, each a sentence.
        flagged: True when the old grade says something that the new ones cannot (source C, sometimes reliable).
    """

    grade: Grade
    mapped_from: str = ""
    conditions: tuple[str, ...] = ()
    flagged: bool = False


def read_grade(text: str, *, hearsay: bool = False) -> ArrivedGrade:
    """Read `2DC` as it stands, or an old `E41`, `E 4 1` or `E/4/1` by the mapping.

    `hearsay` says that the text shows it was heard from somebody else: then an old 4 becomes C, not D.

    Raises:
        ValueError: the text is a grade of neither kind.
    """
    marks = [mark for mark in text.upper() if mark.isalnum()]
    if len(marks) == _PARTS and marks[0] in _SOURCE and marks[1] in _INFORMATION and marks[2] in "12345":
        return _mapped("".join(marks), hearsay=hearsay)
    try:
        return ArrivedGrade(Grade.parse(text))
    except ValueError as error:
        raise ValueError("The grade is neither 3x5x2, like 2DC, nor 5x5x5, like E41.") from error


def _mapped(old: str, *, hearsay: bool) -> ArrivedGrade:
    source, information, handling = tuple(old)
    free = handling == _FREE
    known = Information.INDIRECT if hearsay and information == "4" else _INFORMATION[information]
    return ArrivedGrade(
        Grade(_SOURCE[source], known, Handling.SHARE if free else Handling.CONDITIONS),
        mapped_from=old,
        conditions=()
        if free
        else (f"Old handling code {handling}: keep to its conditions until a person has looked.",),
        flagged=source == "C",
    )
