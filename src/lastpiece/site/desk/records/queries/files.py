"""Files of reports: listed and read only while the report's original is open for the person who asks."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce, Length

from lastpiece.site.desk.records.models import Attachment, DataKey, FileChunk, StoredFile
from lastpiece.site.desk.records.queries.originals import OriginalDeleted, open_beside, opened_original
from lastpiece.site.desk.storage import open_under, unwrap
from lastpiece.tell.chunk import FileIncomplete, assembled

KEPT_UNNAMED = timedelta(days=7)
"""How long chunks wait for the report that names them."""
ROW_SIZE = 512
"""Bytes that a chunk takes beside its content, so that a flood of tiny ones counts for what it is."""


class FileMissing(LookupError):
    """The report has no file of that number."""

    def __init__(self) -> None:
        super().__init__("This report has no such file.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the open original lists it; `arrived` of its `chunks` are here."""

    number: int
    name: str = field(repr=False)
    size: int
    chunks: int
    arrived: int
    use_place: bool

    @property
    def whole(self) -> bool:
        """Whether all of it is here."""
        return self.arrived == self.chunks


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes: for the sandbox, and for evidence that is taken out. Nothing else may read or serve them."""

    listed: Listed
    content: bytes = field(repr=False)


def files_of(report_id: int) -> tuple[Listed, ...]:
    """Return the files of a report; for pages that show its original.

    Raises:
        OriginalDeleted: the report's key has been deleted, and its files with it.
    """
    rows = Attachment.objects.filter(report_id=report_id).select_related("report").annotate(_arrived())
    return tuple(_listed(row) for row in rows)


def opened_file(staff_id: int, report_id: int, number: int, *, now: datetime) -> Opened:
    """Return a file of the report this person has open.

    Raises:
        OriginalClosed: the report is not open for them.
        OriginalDeleted: its words and files have been deleted.
        FileMissing: it has no such file.
        FileIncomplete: parts of it have not arrived.
        FileAltered: it is not the file that the report names.
    """
    opened_original(staff_id, report_id, now=now)
    return file_of(report_id, number)


def file_of(report_id: int, number: int) -> Opened:
    """Return a file of a report; for actions, which check and log who asks.

    Raises:
        OriginalDeleted, FileMissing, FileIncomplete, FileAltered: as `opened_file` says.
    """
    rows = Attachment.objects.filter(report_id=report_id, number=number).select_related("report", "file")
    row = rows.annotate(_arrived()).first()
    if row is None:
        raise FileMissing
    listed = _listed(row)
    if not listed.whole:
        raise FileIncomplete
    said = json.loads(open_beside(row.report, bytes(row.sealed)))
    contents = chunk_contents(row.file, bytes.fromhex(said["key"]))
    return Opened(listed, assembled(contents, size=row.size, sha256=bytes.fromhex(said["sha256"])))


def key_of(file: StoredFile) -> bytes:
    """Return the key of a file: the storage key's until a report has named it, then under that report's data key.

    Raises:
        OriginalDeleted: every report that named it has had its key deleted.
    """
    if file.wrapped is not None:
        return unwrap(bytes(file.wrapped), about=about(file))
    keys = DataKey.objects.values("report_id")
    row = Attachment.objects.filter(file=file, report_id__in=keys).select_related("report").first()
    if row is None:
        raise OriginalDeleted
    return bytes.fromhex(json.loads(open_beside(row.report, bytes(row.sealed)))["key"])


def chunk_contents(file: StoredFile, key: bytes) -> Iterator[bytes]:
    """Yield the chunks of a file in order, deciphered one at a time."""
    for row in FileChunk.objects.filter(file=file).order_by("place").iterator(chunk_size=1):
        yield open_under(key, bytes(row.sealed), about=about(file, row.place))


def about(file: StoredFile, place: int | None = None) -> bytes:
    """Return what a file's key, or its chunk at `place`, is bound to."""
    return b"file " + bytes(file.file_id) + (b"" if place is None else b" %d" % place)


def unnamed(today: date) -> QuerySet[StoredFile]:
    """Return the files that no report has named for a week."""
    return StoredFile.objects.filter(wrapped__isnull=False, received_on__lt=today - KEPT_UNNAMED)


def is_named(file_id: bytes) -> bool:
    """Return whether a report has named this file."""
    return StoredFile.objects.filter(file_id=file_id, wrapped__isnull=True).exists()


def unnamed_size() -> int:
    """Return about how many bytes the chunks of files take that no report has named."""
    chunks = FileChunk.objects.filter(file__wrapped__isnull=False)
    taken = chunks.aggregate(size=Sum(Length("sealed")), count=Count("pk"))
    return int(taken["size"] or 0) + int(taken["count"]) * ROW_SIZE


def oldest_unnamed(size: int, most: int = 1000) -> list[int]:
    """Return the unnamed files that came first, as many as take `size` bytes, at most `most`."""
    rows = StoredFile.objects.filter(wrapped__isnull=False).order_by("pk")
    rows = rows.annotate(size=Coalesce(Sum(Length("chunks__sealed")), 0), count=Count("chunks"))
    found, left = [], size
    for pk, taken, count in rows.values_list("pk", "size", "count")[:most]:
        if left <= 0:
            break
        found.append(pk)
        left -= taken + count * ROW_SIZE
    return found


def _arrived() -> Count:
    return Count("file__chunks")


def _listed(row: Attachment) -> Listed:
    name = json.loads(open_beside(row.report, bytes(row.sealed)))["name"]
    arrived: int = row.file__chunks__count  # type: ignore[attr-defined]  # annotated by the query
    return Listed(row.number, name, row.size, row.chunks, arrived, row.use_place)
