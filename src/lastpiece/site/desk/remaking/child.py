"""The confined child: `python -I -B -m lastpiece.site.desk.remaking.child`. One file in, one picture or text out.

Everything it will need is loaded before it gives up the disk. It reads the request and the file from its standard
input and writes one answer to its standard output: four bytes of length, a JSON object, the bytes of the new picture.
"""

import codecs
import json
import os
import sys
from typing import Any

from PIL import AvifImagePlugin, Image

from lastpiece.site.desk.remaking import confining, drawing_anew
from lastpiece.site.desk.remaking.drawing_anew import Drawn, NoCopy
from lastpiece.site.desk.remaking.kinds import kind_of

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "ascii", "cp1252")
LENGTH_BYTES = 4


def main() -> None:
    """Load, give up everything, read, make, answer."""
    load()
    refused, figures = confining.confine()
    head = json.loads(_read(int.from_bytes(_read(LENGTH_BYTES))))
    try:
        answer, image = make(_read(head["size"]), page=head["page"], use_place=head["use_place"])
    except NoCopy as problem:
        answer, image = {"why": problem.why}, b""
    except MemoryError:
        answer, image = {"why": "too_large"}, b""
    except Exception:  # noqa: BLE001 - whatever a stranger's bytes did to a decoder, the answer is that there is no copy
        answer, image = {"why": "damaged"}, b""
    said = json.dumps({**answer, "missing": refused, "peak_kib": confining.peak_kib(figures)}).encode("ascii")
    _write(len(said).to_bytes(LENGTH_BYTES) + said + image)


def load() -> None:
    """Load every decoder and encoding: later nothing can be opened any more."""
    Image.init()
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    for name in ENCODINGS:
        codecs.lookup(name)
    for form in ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "AVIF", "BMP"):
        drawing_anew.warm(form)


def make(content: bytes, *, page: int, use_place: bool) -> tuple[dict[str, Any], bytes]:
    """Return what is to be said of the copy, and the copy."""
    kind = kind_of(content)
    if kind == "text":
        text, cut_off = drawing_anew.read_text(content)
        return {"kind": kind, "text": text, "cut_off": cut_off}, b""
    if kind == "picture":
        return _said(kind, drawing_anew.draw_picture(content, use_place=use_place))
    if kind == "pdf":
        return _said(kind, drawing_anew.draw_page(content, page))
    raise NoCopy(kind)


def _said(kind: str, drawn: Drawn) -> tuple[dict[str, Any], bytes]:
    said = {
        "kind": kind,
        "format": drawn.format,
        "width": drawn.width,
        "height": drawn.height,
        "pages": drawn.pages,
        "several": drawn.several,
        "cut_off": drawn.cut_off,
        "place": drawn.place,
    }
    return said, drawn.image


def _read(size: int) -> bytes:
    parts = []
    while size and (part := os.read(sys.stdin.fileno(), min(size, 1024 * 1024))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _write(content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(sys.stdout.fileno(), left) :]


if __name__ == "__main__":
    main()
