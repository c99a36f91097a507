"""Reading the audit."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from lastpiece.site.desk.records.models import AuditRow

PAGE_ROWS = 60


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which rows to list; an empty part leaves everything in."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    object_id: str = ""
    from_day: date | None = None
    to_day: date | None = None


def list_rows(wanted: AuditFilter, page: int = 1) -> Page[AuditRow]:
    """Return a page of audit rows, the newest first."""
    exact = {
        "actor_name__icontains": wanted.actor,
        "verb": wanted.verb,
        "kind": wanted.kind,
        "object_id": wanted.object_id,
        "at__date__gte": wanted.from_day,
        "at__date__lte": wanted.to_day,
    }
    rows = AuditRow.objects.filter(**{name: value for name, value in exact.items() if value})
    return Paginator(rows, PAGE_ROWS).get_page(page)


def verbs() -> list[str]:
    """Return every verb that has been done."""
    return sorted(set(AuditRow.objects.order_by().values_list("verb", flat=True).distinct()))


def kinds() -> list[str]:
    """Return every kind of record that has been touched."""
    return sorted(set(AuditRow.objects.order_by().values_list("kind", flat=True).distinct()))
