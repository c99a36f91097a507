"""Reading reports: the queue, the filtered list, one report with what belongs to it."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from lastpiece.site.desk.records.models import Alert, AuditRow, Item, Message, Report
from lastpiece.site.desk.records.queries.alike import alike_to, collapsed
from lastpiece.site.desk.records.queries.mailboxes import why_unanswerable

PAGE_ROWS = 40


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports to list; an empty part leaves everything in."""

    state: str = ""
    kind: str = ""
    channel: str = ""
    priority: int | None = None
    told_from: date | None = None
    told_to: date | None = None
    mine: int | None = None
    """Staff number of the assessor."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """One report with its items, messages and history; never its words."""

    report: Report
    items: list[Item]
    messages: list[Message]
    same_source: list[Report]
    alike: int
    """How many reports look like this one, itself counted."""
    alerts: list[Alert]
    history: list[AuditRow]
    why_unanswerable: str
    """Why nobody can write to the teller; empty when somebody can."""


def list_reports(wanted: ReportFilter, page: int = 1) -> Page[Report]:
    """Return a page of reports in the queue's order: threat to life first, then the oldest; look-alikes in one row."""
    rows = collapsed(filtered(wanted)).select_related("assessor")
    return Paginator(rows, PAGE_ROWS).get_page(page)


def filtered(wanted: ReportFilter) -> QuerySet[Report]:
    """Return the reports that match."""
    rows = Report.objects.all()
    exact = {
        "state": wanted.state,
        "kind": wanted.kind,
        "channel": wanted.channel,
        "priority": wanted.priority,
        "told_on__gte": wanted.told_from,
        "told_on__lte": wanted.told_to,
        "assessor_id": wanted.mine,
    }
    return rows.filter(**{name: value for name, value in exact.items() if value})


def channels() -> list[str]:
    """Return the channels that reports have come through."""
    return sorted(set(Report.objects.order_by().values_list("channel", flat=True).distinct()))


def report_page(report_id: int) -> ReportPage | None:
    """Return one report, or None when there is none."""
    report = Report.objects.select_related("assessor", "mailbox").filter(pk=report_id).first()
    if report is None:
        return None
    others = Report.objects.filter(source_key=report.source_key).exclude(pk=report.pk)
    history = AuditRow.objects.filter(kind="report", object_id=str(report.pk))
    return ReportPage(
        report=report,
        items=list(report.items.all()),
        messages=list(report.messages.select_related("drafted_by", "released_by", "told_in")),
        alike=alike_to(report.pk).count(),
        alerts=list(report.alerts.select_related("acknowledged_by")),
        same_source=list(others.order_by("-told_on", "-id")[:20]),
        history=list(history[:30]),
        why_unanswerable=why_unanswerable(report),
    )


def next_waiting() -> Report | None:
    """Return the report at the top of the queue."""
    return Report.objects.filter(kind=Report.Kind.REPORT, state=Report.State.WAITING).first()
