"""A file that belongs to a report, as the report names it; the file itself travels in chunks of its own."""

import unicodedata
from dataclasses import dataclass, field

LONGEST_NAME = 120
"""Characters of a file's name that are kept."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One entry of a report's `attachments`.

    `id` is 16 random bytes, the `file_id` of the file's chunks. `size` is in bytes, `sha256` the whole file's digest
    (32 bytes), `chunks` their number. `use_place` is the teller's leave to read the place in a photo's metadata.
    """

    id: bytes = field(repr=False)
    name: str = field(repr=False)
    size: int
    sha256: bytes = field(repr=False)
    chunks: int
    use_place: bool = False


def clean_name(name: str) -> str:
    """Return a name without folders, control characters and marks that turn text round; its end is kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return kept.strip()[-LONGEST_NAME:]
