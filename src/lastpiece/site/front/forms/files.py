"""The files of one telling, as the page remembers them: entries in a hidden field, the bytes held sealed.

What stands in the field is the teller's own and is read as a stranger's: an entry that is none is left out.
"""

import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from lastpiece.tell.attachment import Attachment, clean_name
from lastpiece.tell.chunk import FILE_ID_BYTES, LONGEST_FILE, MOST_FILES, chunks_of

FIELD = "files"
REMOVE = "remove:"
PLACE = "place"
LONGEST_FIELD = 20_000
SHA256_BYTES = 32
PICTURES = frozenset({".avif", ".dng", ".heic", ".heif", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
"""Endings of names of files that may hold a place; the files themselves are never looked into here."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as a page lists it."""

    number: int
    key: str
    name: str = field(repr=False)
    size: str
    may_hold_place: bool
    use_place: bool


def read(text: str) -> tuple[Attachment, ...]:
    """Return the entries in a hidden field, at most ten, each once."""
    try:
        entries = json.loads(text[:LONGEST_FIELD])
    except (ValueError, RecursionError):
        return ()
    if not isinstance(entries, list):
        return ()
    found = {file.id: file for file in map(_entry, entries[:MOST_FILES]) if file is not None}
    return tuple(found.values())


def written(files: Iterable[Attachment]) -> str:
    """Return the hidden field's text."""
    entries = [[file.id.hex(), file.name, file.size, file.sha256.hex(), int(file.use_place)] for file in files]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":"))


def parted(files: tuple[Attachment, ...], key: str) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    """Return the file of that key, if it is there, and the others."""
    return (
        tuple(file for file in files if file.id.hex() == key),
        tuple(file for file in files if file.id.hex() != key),
    )


def with_places(files: tuple[Attachment, ...], keys: Iterable[str]) -> tuple[Attachment, ...]:
    """Return the files, the place of those whose keys are given to be used and of no other."""
    wanted = set(keys)
    return tuple(replace(file, use_place=file.id.hex() in wanted) for file in files)


def shown(files: Iterable[Attachment]) -> list[Shown]:
    """Return the files as a page lists them."""
    return [
        Shown(number, file.id.hex(), file.name, size_in_words(file.size), may_hold_place(file.name), file.use_place)
        for number, file in enumerate(files, start=1)
    ]


def may_hold_place(name: str) -> bool:
    """Tell by the name alone whether a file may be a photo."""
    return PurePosixPath(name).suffix.lower() in PICTURES


def size_in_words(size: int) -> str:
    """Return e.g. `2.4 MB` or `12 kB`; a file is never 0 kB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"  # noqa: PLR2004 - a megabyte


def _entry(entry: Any) -> Attachment | None:  # noqa: ANN401 - parsed JSON, not yet checked
    try:
        key, name, size, digest, place = entry
        file_id, sha256 = binascii.unhexlify(key), binascii.unhexlify(digest)
        cleaned = clean_name(name)
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return None
    lengths = len(file_id) == FILE_ID_BYTES and len(sha256) == SHA256_BYTES
    if not lengths or type(size) is not int or not 0 < size <= LONGEST_FILE:
        return None
    return Attachment(file_id, cleaned, size, sha256, chunks_of(size), use_place=place == 1)
