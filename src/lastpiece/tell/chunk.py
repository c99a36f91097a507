"""A file is sent as chunks, each an envelope of its own, so that no envelope is larger than the largest report.

Byte layout in `docs/reference/envelope.md`. The report that names the file is sent last; a chunk alone says
neither what the file is called nor how many chunks it has.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from lastpiece.tell.sealing import BUCKETS, LENGTH_BYTES

MAGIC = b"LPCHUNK\x01"
FILE_ID_BYTES = 16
INDEX_BYTES = 4
HEADER_BYTES = len(MAGIC) + FILE_ID_BYTES + INDEX_BYTES
LONGEST_CONTENT = max(BUCKETS) - LENGTH_BYTES - HEADER_BYTES
"""Bytes of the file in one chunk: every chunk but the last is full."""
LONGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 10
MOST_CHUNKS = -(-LONGEST_FILE // LONGEST_CONTENT)


class ChunkDamaged(ValueError):
    """The opened bytes are not a chunk of a layout this version reads."""

    def __init__(self) -> None:
        super().__init__("This was opened, but what is inside is not a part of a file this version can read.")


class FileIncomplete(ValueError):
    """Chunks are missing, doubled or in the wrong order."""

    def __init__(self) -> None:
        super().__init__("Some parts of this file have not arrived.")


class FileAltered(ValueError):
    """The chunks are all there, but they are not the file that was named."""

    def __init__(self) -> None:
        super().__init__("This file is not the one that was sent: its digest differs.")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of a file: the file's random 16-byte id, its place counted from 0, and 1 to 1,048,544 bytes."""

    file_id: bytes = field(repr=False)
    index: int
    content: bytes = field(repr=False)

    def encode(self) -> bytes:
        """Return what goes inside the seal."""
        return MAGIC + self.file_id + self.index.to_bytes(INDEX_BYTES) + self.content

    @classmethod
    def decode(cls, plain: bytes) -> "Chunk":
        """Read what `encode` wrote.

        Raises:
            ChunkDamaged: it is not a chunk, is empty, too long, or further on than a file can reach.
        """
        content = plain[HEADER_BYTES:]
        if not is_chunk(plain) or not 1 <= len(content) <= LONGEST_CONTENT:
            raise ChunkDamaged
        index = int.from_bytes(plain[HEADER_BYTES - INDEX_BYTES : HEADER_BYTES])
        if index >= MOST_CHUNKS:
            raise ChunkDamaged
        return cls(plain[len(MAGIC) : len(MAGIC) + FILE_ID_BYTES], index, content)


def is_chunk(plain: bytes) -> bool:
    """Tell whether what was opened says that it is a chunk; a report, which is JSON, never does."""
    return plain.startswith(MAGIC)


def chunks_of(size: int) -> int:
    """Return how many chunks a file of `size` bytes has."""
    return -(-size // LONGEST_CONTENT)


def split(file: IO[bytes], file_id: bytes) -> Iterator[Chunk]:
    """Yield a file's chunks in order, holding one in memory at a time; an empty file has none."""
    index, content = 0, _filled(file)
    while content:
        yield Chunk(file_id, index, content)
        index, content = index + 1, _filled(file)


def assembled(contents: Iterable[bytes], *, size: int, sha256: bytes) -> bytes:
    """Return the file whose chunks' contents come in order.

    Raises:
        FileIncomplete: they are fewer or more bytes than `size`.
        FileAltered: their SHA-256 is another.
    """
    whole = b"".join(contents)
    if len(whole) != size:
        raise FileIncomplete
    if hashlib.sha256(whole).digest() != sha256:
        raise FileAltered
    return whole


def _filled(file: IO[bytes]) -> bytes:
    """Read one chunk's worth: a stream may give less at a time than it was asked for."""
    parts, left = [], LONGEST_CONTENT
    while left and (part := file.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
