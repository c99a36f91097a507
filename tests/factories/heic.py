"""HEIC photos as phones write them, made here box by box around one coded square of 64 by 64 points.

The square is a gradient of our own (`hostile_files.picture`), coded once with HEVC; everything around it – metadata,
tiles, turns, lies about sizes – is written by the functions below (ISO/IEC 14496-12 and 23008-12).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

SIDE = 64
_SETTINGS = bytes.fromhex(
    "0103700000009000000000001ef000fcfdf8f800000f03600001001840010c01ffff037000000300900000030000"
    "03001eba0240610001002b42010103700000030090000003000003001ea020810596ea4929ae6e021a0c08000003"
    "00c800000300084062000100074401c172b02240"
)
_CODED = bytes.fromhex(
    "0000003a2801af13809d82a0857b7bc02cb7b6e8f9777332cb8920787c1b46907373ba2c05b0a598b48b4344acb6"
    "e4273512daf7f20622f56514180661fc"
)
_QUARTERS_LEFT = 3
_HIDDEN = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the file: its kind, its bytes, its properties (from 1) and what it refers to."""

    kind: bytes
    content: bytes = field(repr=False)
    properties: tuple[int, ...] = ()
    refers: tuple[tuple[bytes, tuple[int, ...]], ...] = ()
    name: bytes = b"\0"
    hidden: bool = False


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def full(kind: bytes, content: bytes, *, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags) + content)


def size(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">II", width, height))


def photo(
    *,
    exif: bytes = b"",
    xmp: bytes = b"",
    thumbnail: bytes = b"",
    turned: bool = False,
    said: tuple[int, int] = (SIDE, SIDE),
) -> bytes:
    """Return a photo of one square; `exif` is a TIFF block, `thumbnail` a JPEG, `said` the size that it claims."""
    properties = [box(b"hvcC", _SETTINGS), size(*said), box(b"irot", bytes([_QUARTERS_LEFT])), size(16, 16)]
    entries = [Entry(b"hvc1", _CODED, (1, 2, 3) if turned else (1, 2))]
    return file(properties, [*entries, *_beside(exif, xmp, thumbnail)])


def grid(rows: int, columns: int, *, said: tuple[int, int] | None = None, exif: bytes = b"") -> bytes:
    """Return a photo of `rows` by `columns` tiles, as telephones write large ones; every tile is the same square."""
    width, height = columns * SIDE, rows * SIDE
    layout = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    tiles = tuple(range(2, 2 + rows * columns))
    whole = Entry(b"grid", layout, (3,), ((b"dimg", tiles),))
    entries = [whole, *(Entry(b"hvc1", _CODED, (1, 2), hidden=True) for _ in tiles)]
    return file(
        [box(b"hvcC", _SETTINGS), size(SIDE, SIDE), size(*(said or (width, height)))], [*entries, *_beside(exif)]
    )


def grid_of_itself() -> bytes:
    """Return a photo whose one tile is the photo."""
    layout = struct.pack(">BBBBII", 0, 1, 0, 0, SIDE, SIDE)
    return file([size(SIDE, SIDE)], [Entry(b"grid", layout, (1,), ((b"dimg", (1,)),))])


def _beside(exif: bytes, xmp: bytes = b"", thumbnail: bytes = b"") -> list[Entry]:
    entries = []
    if exif:
        entries.append(Entry(b"Exif", struct.pack(">I", 6) + b"Exif\0\0" + exif, refers=((b"cdsc", (1,)),)))
    if xmp:
        entries.append(Entry(b"mime", xmp, refers=((b"cdsc", (1,)),), name=b"\0application/rdf+xml\0\0"))
    if thumbnail:
        entries.append(Entry(b"jpeg", thumbnail, (4,), ((b"thmb", (1,)),), hidden=True))
    return entries


def file(properties: Sequence[bytes], entries: Sequence[Entry], *, brand: bytes = b"heic") -> bytes:
    """Return the file of these items; the first is what is shown."""
    head = box(b"ftyp", brand + bytes(4) + b"mif1" + brand)
    at = len(head) + len(_meta(properties, entries, 0)) + 8
    return head + _meta(properties, entries, at) + box(b"mdat", b"".join(entry.content for entry in entries))


def _meta(properties: Sequence[bytes], entries: Sequence[Entry], at: int) -> bytes:
    places, named, tied, refers = b"", b"", b"", b""
    for number, entry in enumerate(entries, start=1):
        places += struct.pack(">HHHII", number, 0, 1, at, len(entry.content))
        at += len(entry.content)
        flags = _HIDDEN if entry.hidden else 0
        named += full(b"infe", struct.pack(">HH", number, 0) + entry.kind + entry.name, version=2, flags=flags)
        if entry.properties:
            tied += struct.pack(">HB", number, len(entry.properties)) + bytes(entry.properties)
        for kind, others in entry.refers:
            refers += box(kind, struct.pack(f">HH{len(others)}H", number, len(others), *others))
    count = struct.pack(">H", len(entries))
    ties = struct.pack(">I", sum(bool(entry.properties) for entry in entries)) + tied
    return full(
        b"meta",
        full(b"hdlr", bytes(4) + b"pict" + bytes(13))
        + full(b"pitm", struct.pack(">H", 1))
        + full(b"iloc", b"\x44\x00" + count + places)
        + full(b"iinf", count + named)
        + full(b"iref", refers)
        + box(b"iprp", box(b"ipco", b"".join(properties)) + full(b"ipma", ties)),
    )
