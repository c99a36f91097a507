"""Files that somebody hands over at the bus or in a school: sealed a chunk at a time as they come, as the front does.

Nothing of them is whole in memory or readable on a disk. What is not saved with a report is named by none, and the
collector deletes it after a week like any other part that nobody named.
"""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from lastpiece.site.desk.records.actions.auditing import Actor
from lastpiece.site.desk.records.actions.files import receive_chunk
from lastpiece.tell.attachment import Attachment, clean_name
from lastpiece.tell.chunk import FILE_ID_BYTES, LONGEST_CONTENT, LONGEST_FILE, MOST_FILES, Chunk, chunks_of

TOO_MANY = f"{MOST_FILES} files fit. The others were left out: record them in a second report."
TOO_LARGE = "A file is larger than 20 MB and was left out."
EMPTY = "A file has nothing in it and was left out."
FROM_ELSEWHERE = (
    "The files were left out: your browser did not say which page they come from. Nothing was saved. Take another "
    "browser, or turn off what hides it, and choose them again."
)
CUT = "A file did not arrive whole and was left out. Choose it again."
UNSAVED = "Choose the files again: they are kept only when the page is saved without a mistake."


class Taking(FileUploadHandler):
    """Seals each file while it comes in; at most one chunk is in memory.

    Of a page that is not known to be ours (`ours` is false) it keeps no byte, and says so.
    """

    chunk_size = 64 * 1024

    def __init__(self, actor: Actor, now: datetime) -> None:
        super().__init__()
        self.actor, self.now = actor, now
        self.ours = False
        self.files: list[Attachment] = []
        self.problems: list[str] = []
        self._begin("")

    def new_file(self, *arguments: object, **more: object) -> None:  # noqa: ARG002 - Django's signature is longer
        """Begin a file; one too many is read past."""
        self._begin(clean_name(str(arguments[1])) or "file")
        if not self.ours:
            self._leave_out(FROM_ELSEWHERE)
        if len(self.files) == MOST_FILES:
            self._leave_out(TOO_MANY)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Take the next bytes of it."""
        self._size += len(raw_data)
        if self._size > LONGEST_FILE:
            self._leave_out(TOO_LARGE)
        self._digest.update(raw_data)
        self._rest += raw_data
        while len(self._rest) >= LONGEST_CONTENT:
            self._keep(LONGEST_CONTENT)

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - Django's signature
        """Keep the rest of it, and list it."""
        if not self._size:
            self._note(EMPTY)
            return
        if self._rest:
            self._keep(len(self._rest))
        digest, chunks = self._digest.digest(), chunks_of(self._size)
        self.files.append(Attachment(self._id, self._name, self._size, digest, chunks))
        self._begin("")

    def upload_interrupted(self) -> None:
        """Leave out a file of which only a part came."""
        if self._size:
            self._note(CUT)

    def _begin(self, name: str) -> None:
        self._name, self._id = name, secrets.token_bytes(FILE_ID_BYTES)
        self._size, self._place = 0, 0
        self._digest, self._rest = hashlib.sha256(), bytearray()

    def _keep(self, length: int) -> None:
        receive_chunk(self.actor, Chunk(self._id, self._place, bytes(self._rest[:length])), now=self.now)
        self._place += 1
        del self._rest[:length]

    def _leave_out(self, problem: str) -> None:
        self._begin("")
        self._note(problem)
        raise SkipFile

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def by_content(files: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """Return the files under ids that follow from what is in them: a page sent twice is then known as the same."""
    return tuple(replace(file, id=file.sha256[:FILE_ID_BYTES]) for file in files)
