"""What is known of where an imported report came from, for the person who assesses it."""

from dataclasses import dataclass

from lastpiece.site.desk.records.models import ImportedReport
from lastpiece.values.grade import Grade


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a report arrived: with which reference, grade and conditions."""

    file_name: str
    line: int
    their_reference: str
    grade: Grade | None
    mapped_from: str
    conditions: tuple[str, ...]


def arrival_of(report_id: int) -> Arrival | None:
    """Return how an imported report arrived, or None for one that was told at the front."""
    found = ImportedReport.objects.filter(pk=report_id).first()
    if found is None:
        return None
    return Arrival(
        found.file_name,
        found.line,
        found.their_reference,
        Grade.parse(found.grade) if found.grade else None,
        found.mapped_from,
        tuple(found.conditions),
    )
