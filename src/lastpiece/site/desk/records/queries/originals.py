"""The teller's own words: readable only for the person who opened that report, while it is open."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lastpiece.site.desk.records.models import DataKey, Opening, Report, SealedOriginal
from lastpiece.site.desk.storage import open_text, open_under, seal_under, unwrap

OPEN_FOR = timedelta(minutes=60)
"""How long an opening lasts; after it the original must be opened again, with a reason."""


class OriginalClosed(Exception):
    """The original is not open for this person."""

    def __init__(self) -> None:
        super().__init__("This original is not open for you. Open it with a reason first.")


class OriginalDeleted(Exception):
    """The key of the text has been deleted, and with it the text."""

    def __init__(self) -> None:
        super().__init__("The words of this report have been deleted. Its items of information are kept.")


@dataclass(frozen=True, slots=True)
class Original:
    """An opened report: its row, and what was answered to each question."""

    report: Report
    answers: Mapping[str, str] = field(repr=False)
    closes_at: datetime


def opened_original(staff_id: int, report_id: int, *, now: datetime) -> Original:
    """Return the original that this person has open.

    Raises:
        OriginalClosed: it is not open for them, or no longer.
        OriginalDeleted: its key has been deleted.
    """
    opening = (
        Opening.objects.filter(
            staff_id=staff_id, report_id=report_id, closed_at__isnull=True, opened_at__gt=now - OPEN_FOR
        )
        .select_related("report")
        .first()
    )
    if opening is None:
        raise OriginalClosed
    return Original(opening.report, answers_of(report_id), opening.opened_at + OPEN_FOR)


def answers_of(report_id: int) -> dict[str, str]:
    """Return the answers of a report; for actions, which check and log who asks.

    Raises:
        OriginalDeleted: the key has been deleted.
    """
    original = SealedOriginal.objects.select_related("report").get(pk=report_id)
    text = open_text(bytes(original.sealed), _wrapped(report_id), about=bytes(original.report.nonce))
    answers: dict[str, str] = json.loads(text)
    return answers


def seal_beside(report: Report, text: str) -> bytes:
    """Return `text` enciphered with the report's own data key, so that both are deleted together."""
    key = unwrap(_wrapped(report.pk), about=bytes(report.nonce))
    return seal_under(key, text.encode(), about=bytes(report.nonce))


def open_beside(report: Report, sealed: bytes) -> str:
    """Return the text that `seal_beside` enciphered."""
    key = unwrap(_wrapped(report.pk), about=bytes(report.nonce))
    return open_under(key, bytes(sealed), about=bytes(report.nonce)).decode()


def _wrapped(report_id: int) -> bytes:
    wrapped = DataKey.objects.filter(pk=report_id).values_list("wrapped", flat=True).first()
    if wrapped is None:
        raise OriginalDeleted
    return bytes(wrapped)
