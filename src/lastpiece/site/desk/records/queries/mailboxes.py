"""Reading whether a teller can still be written to."""

from lastpiece.site.desk.records.models import ClosedMailbox, Report


def why_unanswerable(report: Report) -> str:
    """Return why nobody can write to the teller of a report; an empty string when somebody can."""
    if report.mailbox_id is not None:
        return ""
    if ClosedMailbox.objects.filter(source_key=report.source_key).exists():
        return "The teller deleted the mailbox."
    return "There was no mailbox, or it ended because nothing went through it for long."
