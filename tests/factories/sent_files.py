"""Files as a teller sends them: the entry in the report, and the sealed chunks."""

import hashlib
import io
from dataclasses import dataclass, field

from tests.factories.sealing_keys import CERTIFICATE, SITE

from lastpiece.tell.attachment import Attachment
from lastpiece.tell.chunk import Chunk, chunks_of, split
from lastpiece.tell.sealing import seal
from lastpiece.tell.spool import Spool


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file cut into chunks, and what its report says of it."""

    entry: Attachment
    chunks: tuple[Chunk, ...] = field(repr=False)

    def put(self, spool: Spool, *places: int) -> None:
        """Leave its chunks in the spool, or those at some places."""
        for chunk in self.chunks:
            if not places or chunk.index in places:
                spool.put(seal(chunk.encode(), CERTIFICATE, site=SITE))


def sent_file(content: bytes, *, name: str = "van.jpg", number: int = 1, use_place: bool = False) -> SentFile:
    """Cut `content` into chunks."""
    file_id = number.to_bytes(16)
    digest = hashlib.sha256(content).digest()
    entry = Attachment(file_id, name, len(content), digest, chunks_of(len(content)), use_place)
    return SentFile(entry, tuple(split(io.BytesIO(content), file_id)))
