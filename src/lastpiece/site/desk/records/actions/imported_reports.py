"""Taking in reports that others wrote down – 101, Crimestoppers, partners – into the same queue as told ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.actions.intake import receive
from lastpiece.site.desk.records.models import ImportedReport
from lastpiece.site.desk.storage import keyed_digest
from lastpiece.tell.report import Report as Told
from lastpiece.values.old_grade import ArrivedGrade

FORM_VERSION = "import-1"


@dataclass(frozen=True, slots=True)
class Arrived:
    """One row of somebody's file.

    Attributes:
        reference: Their own number for it; empty when they have none. Then the row is known by its words.
        dated: False when the row had no day, so that `told_on` is the day of the import.
        grade: The grade it came with, or None.
        conditions: Handling conditions it came with, each a sentence.
    """

    line: int
    reference: str
    answers: Mapping[str, str] = field(repr=False)
    told_on: date
    dated: bool = True
    grade: ArrivedGrade | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What one batch did. `changed` counts references that were here already with other words."""

    added: int
    already: int
    changed: int


@action("import reports")
def add_reports(actor: Actor, rows: Sequence[Arrived], channel: str, *, file_name: str, now: datetime) -> Taken:
    """Add the rows that are not there yet to the queue; their words are sealed as a told report's are.

    A row that is there already is left as it is: somebody may have assessed it. When its words differ, that
    is counted, so that a person can ask.
    """
    added = changed = 0
    for row in rows:
        content = _content(row)
        told = Told(
            nonce=_nonce(row, channel, content),
            kind="report",
            channel=channel,
            form_version=FORM_VERSION,
            answers=row.answers,
            mailbox=None,
            told_on=row.told_on,
        )
        received = receive(actor, told, now=now)
        if received.added:
            added += 1
            _remember(received.report_id, row, content, file_name=file_name, now=now)
        else:
            changed += _differs(received.report_id, content)
    touch("reports", file_name[:64], channel=channel, added=added, already=len(rows) - added, changed=changed)
    return Taken(added, len(rows) - added, changed)


def _content(row: Arrived) -> bytes:
    said = "\x1e".join(f"{name}\x1f{text}" for name, text in sorted(row.answers.items()) if text)
    day = row.told_on.isoformat() if row.dated else ""  # the day of the import would make the same row another one
    return keyed_digest(b"imported content", f"{day}\x1e{said}".encode("utf-8", "replace"))


def _nonce(row: Arrived, channel: str, content: bytes) -> bytes:
    known_by = b"reference\x1f" + row.reference.encode() if row.reference else b"content\x1f" + content
    return keyed_digest(b"imported nonce", channel.encode() + b"\x1f" + known_by)


def _remember(report_id: int, row: Arrived, content: bytes, *, file_name: str, now: datetime) -> None:
    grade = row.grade
    ImportedReport.objects.create(
        report_id=report_id,
        file_name=file_name[:200],
        line=row.line,
        their_reference=row.reference,
        content_digest=content,
        grade=str(grade.grade) if grade else "",
        mapped_from=grade.mapped_from if grade else "",
        conditions=[*row.conditions, *(grade.conditions if grade else ())],
        imported_at=now,
    )


def _differs(report_id: int, content: bytes) -> bool:
    digest = ImportedReport.objects.filter(pk=report_id).values_list("content_digest", flat=True).first()
    return digest is not None and bytes(digest) != content
