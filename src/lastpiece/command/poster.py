"""`lastpiece keys poster`: one plain A4 sheet with the root's fingerprint, so that a false site can be told from ours.

Black on white, no crest, no picture of a crime: a sheet that can hang in a library, a bus or a school.
"""

import io
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import segno
import typer
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from lastpiece.command.key_places import now_utc, pack, pinned, pinned_places, said_plainly, say
from lastpiece.command.places import why_not_written, writing
from lastpiece.command.speaking import fail
from lastpiece.site.pack.loading import Pack
from lastpiece.tell.certificate import fingerprint
from lastpiece.tell.disk import PUBLIC, write_whole
from lastpiece.tell.root_key import PinnedMissing

PLAIN, BOLD = "Vera", "VeraBd"
"""Bitstream Vera comes with reportlab under a permissive licence; it is put into the file."""
MARGIN: float = 22 * mm
WIDTH, HEIGHT = A4
LONGEST_ADDRESS = 80
GROUPS_A_LINE = 4

Out = Annotated[Path, typer.Argument(metavar="OUT.pdf", help="The file to write.", readable=False)]
Address = Annotated[
    str, typer.Option(help="The public site's address, https://…; without it only the key's mark stands.")
]


def print_poster(out: Out, *, address: Address = "") -> None:
    """Write an A4 sheet to print: the site's address, its key's fingerprint, and both as QR codes."""
    parts = urlsplit(address)
    if address and (parts.scheme != "https" or not parts.netloc or len(address) > LONGEST_ADDRESS):
        fail(f"An address begins with https:// and has at most {LONGEST_ADDRESS} characters.")
    if (why := why_not_written(out)) is not None:
        fail(f"{out} cannot be written: {why}.")
    with said_plainly():
        content = poster(pack(), _root_public(), address=address, on=now_utc().astimezone().date())
        with writing(out):
            write_whole(out, content, mode=PUBLIC)
        say(str(out))


def poster(force: Pack, root_public: bytes, *, address: str, on: date) -> bytes:
    """Return the sheet as a PDF of one page."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, lang="en-GB", invariant=1)
    canvas.setTitle(f"Tell us what you know – {force.force}")
    canvas.setAuthor(force.force)
    y = _heading(canvas, force)
    if address:
        y = _site(canvas, y, address)
    y = _mark(canvas, y, root_public, site=force.site_id)
    _numbers(canvas, y, force)
    _foot(canvas, force, on)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _root_public() -> bytes:
    known = pinned()
    if known is None:
        raise PinnedMissing(*pinned_places())
    return known[1]


def _heading(canvas: Canvas, force: Pack) -> float:
    y = HEIGHT - MARGIN
    y = _write(canvas, force.force, y, font=BOLD, size=13)
    y = _write(canvas, "Tell us what you know", y - 9 * mm, font=BOLD, size=34)
    return _write(canvas, "You do not give your name. You can stop at any time.", y - 2 * mm, size=15) - float(8 * mm)


def _site(canvas: Canvas, y: float, address: str) -> float:
    side = float(46 * mm)
    _code(canvas, address, MARGIN, y - side, side=side)
    beside = MARGIN + side + 9 * mm
    shown = address.removeprefix("https://").rstrip("/")
    below = _write(canvas, "Go to", y - 8 * mm, left=beside, size=15)
    below = _write(canvas, shown, below - 2 * mm, left=beside, font=BOLD, size=19)
    _write(
        canvas, "Not on a phone that someone checks. Use one that is not yours.", below - 3 * mm, left=beside, size=13
    )
    return y - side - float(10 * mm)


def _mark(canvas: Canvas, y: float, root_public: bytes, *, site: str) -> float:
    """Draw the fingerprint as four lines of four groups, as the site shows it, and as a code to read by machine."""
    side = float(34 * mm)
    y = _write(canvas, "Is it really us?", y, font=BOLD, size=17)
    about = (
        "Anyone can make a site that looks like ours. Below is the mark of our key. The site shows its own on the page "
        "“What we keep”. If that is another, do not use it. Ring 101 and tell us. Who knows about computers can check "
        "the key too."
    )
    y = _write(canvas, about, y - 1 * mm, size=12) - 5 * mm
    groups = fingerprint(root_public).split()
    canvas.setFont("Courier-Bold", 21)
    for line, start in enumerate(range(0, len(groups), GROUPS_A_LINE)):
        canvas.drawString(MARGIN, y - 5 * mm - line * 9.2 * mm, "  ".join(groups[start : start + GROUPS_A_LINE]))
    _code(canvas, f"lastpiece:{site}:{''.join(groups)}", WIDTH - MARGIN - side, y - side, side=side)
    return y - side - float(10 * mm)


def _numbers(canvas: Canvas, y: float, force: Pack) -> None:
    y = _write(canvas, "Or ring", y, font=BOLD, size=17) - 1 * mm
    for name in ("emergency", "non_emergency", "anonymous", "children"):
        number = force.numbers[name]
        canvas.setFont(BOLD, 15)
        canvas.drawString(MARGIN, y - 15, number.number)
        y = _write(canvas, number.about, y - 3, left=MARGIN + 44 * mm, size=10.5) - 2.5 * mm


def _foot(canvas: Canvas, force: Pack, on: date) -> None:
    canvas.setFont(PLAIN, 8)
    canvas.drawString(MARGIN, 12 * mm, f"{force.site_id} · printed {on.day} {on:%B %Y}")


def _write(canvas: Canvas, text: str, y: float, *, left: float = MARGIN, font: str = PLAIN, size: float = 12) -> float:
    """Draw a text below `y`, broken to the margin, and return where it ends."""
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, WIDTH - MARGIN - left):
        y -= size * 1.3
        canvas.drawString(left, y, line)
    return y


def _code(canvas: Canvas, content: str, left: float, bottom: float, *, side: float) -> None:
    """Draw a QR code of error level M as squares, with the four modules of white that readers want."""
    rows = list(segno.make_qr(content, error="m").matrix_iter(border=4))
    module = side / len(rows)
    for row, line in enumerate(rows):
        for column, dark in enumerate(line):
            if dark:
                canvas.rect(
                    left + column * module, bottom + side - (row + 1) * module, module, module, stroke=0, fill=1
                )
