"""Files of reports: taken in a chunk at a time, once however often it comes, and looked at with a row in the audit."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from lastpiece.site.desk.records.actions.auditing import Actor, action, touch
from lastpiece.site.desk.records.models import Attachment, FileChunk, Report, StoredFile
from lastpiece.site.desk.records.queries.files import (
    Opened,
    about,
    key_of,
    oldest_unnamed,
    opened_file,
    unnamed,
    unnamed_size,
)
from lastpiece.site.desk.records.queries.originals import OriginalDeleted, seal_beside
from lastpiece.site.desk.storage import new_key, seal_under
from lastpiece.tell.attachment import Attachment as Named
from lastpiece.tell.chunk import Chunk


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one chunk: whether it was new, and whether it was dropped because its report was deleted."""

    added: bool
    dropped: bool = False


@action("receive file")
def receive_chunk(actor: Actor, chunk: Chunk, *, now: datetime) -> Stored:
    """Keep a chunk, unless it is here already; a file whose report's words were deleted takes no more."""
    file = _file(chunk.file_id, now)
    touch("file", file.pk, place=chunk.index)
    try:
        key = key_of(file)
    except OriginalDeleted:
        touch("file", file.pk, "its report was deleted", place=chunk.index)
        return Stored(added=False, dropped=True)
    sealed = seal_under(key, chunk.content, about=about(file, chunk.index))
    _, added = FileChunk.objects.get_or_create(file=file, place=chunk.index, defaults={"sealed": sealed})
    return Stored(added)


@action("delete unnamed files")
def delete_unnamed(actor: Actor, *, now: datetime) -> int:
    """Delete the files that no report has named for a week, and return how many."""
    due = unnamed(timezone.localdate(now))
    count = due.count()
    due.delete()
    touch("files", count, "no report named them")
    return count


@action("drop unnamed files")
def drop_unnamed(actor: Actor, *, most: int, now: datetime) -> int:
    """Delete the unnamed files that came first until the rest takes at most `most` bytes; return how many.

    Only parts of files that no report names, so that a stranger cannot fill the desk with them; never a report. A
    report that names one of them later says that parts of the file did not arrive.
    """
    dropped, before = 0, unnamed_size()
    size = before
    while size > most and (oldest := oldest_unnamed(size - most)):
        StoredFile.objects.filter(pk__in=oldest, wrapped__isnull=False).delete()
        dropped, size = dropped + len(oldest), unnamed_size()
    touch("files", dropped, "no report named them, and they took more room than they may", before=before, after=size)
    return dropped


@action("look at file")
def look_at_file(actor: Actor, report_id: int, number: int, *, now: datetime) -> Opened:
    """Open a file of the report this person has open, for the sandbox to make a copy of.

    Raises:
        OriginalClosed, OriginalDeleted, FileMissing, FileIncomplete, FileAltered: as `opened_file` says.
    """
    opened = opened_file(actor.person, report_id, number, now=now)
    touch("report", report_id, file=number, size=opened.listed.size, place=opened.listed.use_place)
    return opened


def attach(report: Report, named: tuple[Named, ...], *, now: datetime) -> None:
    """Write down which files belong to a report that was just kept; part of taking the report in.

    The key of each moves under the report's data key. A file that an earlier report names too has one key under both.
    """
    for number, entry in enumerate(named, start=1):
        file = _file(entry.id, now)
        try:
            key = key_of(file)
        except OriginalDeleted:
            continue  # the teller's other report was deleted, and this file with it
        said = {"name": entry.name, "sha256": entry.sha256.hex(), "key": key.hex()}
        Attachment.objects.create(
            report=report,
            file=file,
            number=number,
            size=entry.size,
            chunks=entry.chunks,
            use_place=entry.use_place and report.channel != "young",
            sealed=seal_beside(report, json.dumps(said)),
        )
        StoredFile.objects.filter(pk=file.pk).update(wrapped=None)


def _file(file_id: bytes, now: datetime) -> StoredFile:
    found = StoredFile.objects.select_for_update().filter(file_id=file_id).first()
    if found is not None:
        return found
    blank = StoredFile(file_id=file_id)
    _, wrapped = new_key(about=about(blank))
    defaults = {"wrapped": wrapped, "received_on": timezone.localdate(now)}
    return StoredFile.objects.get_or_create(file_id=file_id, defaults=defaults)[0]
