"""What a file is, by its first bytes: the name and what the browser said of it count for nothing."""

from typing import Literal

Kind = Literal["picture", "pdf", "text", "video", "sound", "archive", "office", "drawing", "empty", "unknown"]

_FIRST: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "office"),
    (b"ID3", "sound"),
    (b"\xff\xfb", "sound"),
    (b"\xff\xf1", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"#!AMR", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"FLV", "video"),
)
_BRANDS: dict[bytes, Kind] = {
    b"avif": "picture",
    b"avis": "picture",
    b"heic": "picture",
    b"heix": "picture",
    b"heim": "picture",
    b"heis": "picture",
    b"mif1": "picture",
    b"msf1": "picture",
    b"M4A ": "sound",
}
_RIFF: dict[bytes, Kind] = {b"WEBP": "picture", b"WAVE": "sound", b"AVI ": "video"}
_DRAWN = (b"<svg", b"<!doctype", b"<html", b"<?xml", b"<script")
LOOKED_AT = 1024
PDF_WITHIN = 1024
"""Readers take a PDF whose first kilobyte holds its mark; so do we, after every other kind."""


def kind_of(content: bytes) -> Kind:
    """Return what a file is."""
    known = next((kind for first, kind in _FIRST if content.startswith(first)), None)
    if known is None and content[4:8] == b"ftyp":
        known = _BRANDS.get(content[8:12], "video")
    if known is None and content.startswith(b"RIFF"):
        known = _RIFF.get(content[8:12], "unknown")
    return known or _kind_within(content)


def _kind_within(content: bytes) -> Kind:
    if b"%PDF-" in content[:PDF_WITHIN]:
        return "pdf"
    if any(mark in content[:LOOKED_AT].lower() for mark in _DRAWN):
        return "drawing"
    if not content:
        return "empty"
    return "text" if is_text(content) else "unknown"


def is_text(content: bytes) -> bool:
    """Tell whether a file is plain text in UTF-8, or in UTF-16 with its mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
