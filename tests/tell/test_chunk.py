"""A file cut into chunks is the same file again, and nothing else passes for one."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastpiece.tell.chunk import (
    HEADER_BYTES,
    LONGEST_CONTENT,
    LONGEST_FILE,
    MAGIC,
    MOST_CHUNKS,
    Chunk,
    ChunkDamaged,
    FileAltered,
    FileIncomplete,
    assembled,
    chunks_of,
    is_chunk,
    split,
)
from lastpiece.tell.sealing import BUCKETS, LENGTH_BYTES, padded

ID = bytes(range(16))


class Dripping(io.BytesIO):
    """A stream that gives at most 7,000 bytes at a time."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(7_000 if size is None or size < 0 else min(size, 7_000))


@given(st.binary(min_size=1, max_size=5_000), st.integers(0, MOST_CHUNKS - 1))
def test_a_chunk_is_read_as_it_was_written(content: bytes, index: int) -> None:
    chunk = Chunk(ID, index, content)
    assert Chunk.decode(chunk.encode()) == chunk


@given(st.sampled_from([1, LONGEST_CONTENT - 1, LONGEST_CONTENT, LONGEST_CONTENT + 1, 2 * LONGEST_CONTENT, 3_000_000]))
def test_the_chunks_of_a_file_are_the_file(size: int) -> None:
    whole = hashlib.shake_256(str(size).encode()).digest(size)
    chunks = list(split(Dripping(whole), ID))
    assert [chunk.index for chunk in chunks] == list(range(chunks_of(size)))
    assert all(len(chunk.content) == LONGEST_CONTENT for chunk in chunks[:-1])
    contents = [chunk.content for chunk in chunks]
    assert assembled(contents, size=size, sha256=hashlib.sha256(whole).digest()) == whole


@given(st.binary(max_size=200))
def test_what_is_no_chunk_is_refused(plain: bytes) -> None:
    if is_chunk(plain) and len(plain) > HEADER_BYTES:
        return
    with pytest.raises(ChunkDamaged):
        Chunk.decode(plain)


def test_a_full_chunk_fills_the_largest_envelope_exactly() -> None:
    assert len(padded(Chunk(ID, 0, bytes(LONGEST_CONTENT)).encode())) == max(BUCKETS)
    assert max(BUCKETS) == LENGTH_BYTES + HEADER_BYTES + LONGEST_CONTENT
    assert chunks_of(LONGEST_FILE) == MOST_CHUNKS


@pytest.mark.parametrize(
    "plain",
    [
        MAGIC + ID + (0).to_bytes(4),
        MAGIC + ID + MOST_CHUNKS.to_bytes(4) + b"x",
        MAGIC + ID + (0).to_bytes(4) + bytes(LONGEST_CONTENT + 1),
        b"LPCHUNK\x02" + ID + (0).to_bytes(4) + b"x",
    ],
    ids=["empty", "too far on", "too long", "of another version"],
)
def test_a_chunk_is_refused_that_is(plain: bytes) -> None:
    with pytest.raises(ChunkDamaged):
        Chunk.decode(plain)


def test_missing_doubled_and_swapped_chunks_do_not_make_a_file() -> None:
    digest = hashlib.sha256(b"onetwo").digest()
    assert assembled([b"one", b"two"], size=6, sha256=digest) == b"onetwo"
    for contents in ([b"one"], [b"one", b"one", b"two"]):
        with pytest.raises(FileIncomplete):
            assembled(contents, size=6, sha256=digest)
    with pytest.raises(FileAltered):
        assembled([b"two", b"one"], size=6, sha256=digest)


def test_an_empty_file_has_no_chunk() -> None:
    assert list(split(io.BytesIO(), ID)) == []


def test_no_repr_shows_what_was_sent() -> None:
    assert "secret" not in repr(Chunk(ID, 0, b"secret"))
