"""Files that a stranger might send to do harm or to give themselves away, all made here: none was downloaded.

Every one that carries something beside its picture carries `MARKER`, which must stand nowhere in a copy.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin
from tests.factories import heic

MARKER = b"ZYXOWL-MARKER-7731"
TEXT = MARKER.decode()
LATITUDE, LONGITUDE = ((52, 14, 15.5), (0, 53, 30.25))
PLACE = (round(52 + 14 / 60 + 15.5 / 3600, 5), -round(53 / 60 + 30.25 / 3600, 5))


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file. `outcome` is `picture`, `pdf` or `text` when a copy can be made, else the code that says why not."""

    name: str
    content: bytes = field(repr=False)
    outcome: str


def picture(mode: str = "RGB", size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Return an invented picture: colours that run into each other."""
    across = Image.linear_gradient("L").resize(size)
    down = across.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return Image.merge("RGB", (across, down, Image.new("L", size, 90))).convert(mode)


def sixteen_bits() -> Image.Image:
    return picture("L").convert("I").point(lambda value: value * 200).convert("I;16")


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def exif(*, place: bool = True, turn: int = 1) -> Image.Exif:
    """Return metadata with a maker, a comment, a maker's note and, if asked for, a place."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0131] = TEXT, TEXT, TEXT
    tags[0x0112] = turn
    inner = tags.get_ifd(0x8769)
    inner[0x927C], inner[0x9286], inner[0xA420] = MARKER * 20, b"ASCII\0\0\0" + MARKER, TEXT
    if place:
        tags.get_ifd(0x8825).update({0: b"\x02\x03\x00\x00", 1: "N", 2: LATITUDE, 3: "W", 4: LONGITUDE, 29: TEXT})
    return tags


def exif_block() -> bytes:
    """Return the same metadata as the block that a HEIC photo holds."""
    return exif().tobytes().removeprefix(b"Exif\0\0")


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, rows: bytes, *, depth: int = 8, colour: int = 2) -> bytes:
    """Return a PNG that says it is so wide and high, whatever its rows hold."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def zipped(times: int) -> bytes:
    """Return `times` megabytes of nothing, squeezed."""
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(times)) + squeeze.flush()


def zip_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", MARKER)
    return out.getvalue()


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_with(*segments: bytes) -> bytes:
    plain = saved(picture(), "JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def xmp() -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:li>" + MARKER + b"</rdf:li></x:xmpmeta>")


def iptc() -> bytes:
    record = b"\x1c\x02\x78" + struct.pack(">H", len(MARKER)) + MARKER
    return segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record)


def profile() -> bytes:
    """Return a colour profile with the marker in its place for a copyright."""
    held = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(held) + MARKER


def thumbnail_jpeg() -> bytes:
    """Return a photo whose metadata holds a small picture of its own, as cameras write it."""
    small = saved(picture(size=(64, 48)), "JPEG", comment=MARKER)
    first = struct.pack("<HHHII", 1, 0x010E, 2, 4, 0)[:2] + struct.pack("<HHI4s", 0x010E, 2, 4, b"abc\0")
    second_at = 8 + len(first) + 4
    second = struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, second_at + 2 + 24 + 4)
    second += struct.pack("<HHII", 0x0202, 4, 1, len(small)) + struct.pack("<I", 0)
    body = b"II*\0" + struct.pack("<I", 8) + first + struct.pack("<I", second_at) + second + small
    return jpeg_with(segment(0xE1, b"Exif\0\0" + body))


def pdf(
    *, extra: bytes = b"", page: bytes = b"", stream: bytes = b"0 0 1 rg 20 20 80 60 re f", coded: str = ""
) -> bytes:
    """Return a PDF of one page, its objects in order and its table right."""
    filtered = f"/Filter {coded}".encode() if coded else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R " + extra + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R " + page + b">>",
        b"<</Length %d %s>>stream\n%s\nendstream" % (len(stream), filtered, stream),
        b"<</Title(" + MARKER + b")/Author(" + MARKER + b")>>",
    ]
    out, places = b"%PDF-1.7\n%" + MARKER + b"\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size 6/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out) + MARKER


def flooding_pdf() -> bytes:
    """Return a PDF whose page paints a hundred million rectangles, squeezed into a small file."""
    stroke = b"0 0 m 200 100 l S 0 0 200 100 re f\n"
    squeeze = zlib.compressobj(9)
    return pdf(
        stream=b"".join(squeeze.compress(stroke * 30_000) for _ in range(120)) + squeeze.flush(), coded="/FlateDecode"
    )


def png_text() -> PngImagePlugin.PngInfo:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", TEXT)
    notes.add_itxt("XML:com.adobe.xmp", TEXT, zip=True)
    return notes


def tiff_bomb() -> bytes:
    """Return a TIFF of 60,000 by 60,000 points in a few hundred kilobytes."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[270] = TEXT
    bomb = saved(picture("L", (64, 64)), "TIFF", compression="tiff_adobe_deflate", tiffinfo=tags)
    for tag in (256, 257):
        for kind in (3, 4):
            bomb = bomb.replace(struct.pack("<HHII", tag, kind, 1, 64), struct.pack("<HHII", tag, 4, 1, 60_000))
    return bomb


def gif_bomb() -> bytes:
    """Return a GIF that says it is 65,535 points wide and high."""
    return b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + saved(picture("P"), "GIF")[10:]


def animation(form: str) -> bytes:
    frames = [Image.new("RGB", (120, 80), (60 * number, 20, 200)) for number in range(4)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def whole_heic() -> bytes:
    """Return a photo as a telephone keeps it: with a place, a maker, XMP and a thumbnail."""
    small = saved(picture(size=(16, 16)), "JPEG", comment=MARKER)
    return heic.photo(exif=exif_block(), xmp=b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>", thumbnail=small)


def moving(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + brand + b"mif1" + MARKER * 40


CORPUS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("plain.jpg", "picture", lambda: saved(picture(), "JPEG")),
    ("place-and-maker.jpg", "picture", lambda: saved(picture(), "JPEG", exif=exif())),
    ("turned.jpg", "picture", lambda: saved(picture(), "JPEG", exif=exif(turn=6))),
    ("thumbnail.jpg", "picture", thumbnail_jpeg),
    ("xmp-iptc-comment.jpg", "picture", lambda: jpeg_with(xmp(), iptc(), segment(0xFE, MARKER))),
    ("profile.jpg", "picture", lambda: saved(picture(), "JPEG", icc_profile=profile())),
    ("trailer.jpg", "picture", lambda: saved(picture(), "JPEG") + MARKER * 1000),
    ("jpeg-and-zip.jpg", "picture", lambda: saved(picture(), "JPEG") + zip_file()),
    ("progressive.jpg", "picture", lambda: saved(picture(size=(1600, 1200)), "JPEG", progressive=True, comment=MARKER)),
    ("cmyk.jpg", "picture", lambda: saved(picture("CMYK"), "JPEG", exif=exif())),
    (
        "two-in-one.mpo",
        "picture",
        lambda: saved(picture(), "MPO", save_all=True, append_images=[picture()]),
    ),
    ("cut-off.jpg", "picture", lambda: saved(picture(size=(1200, 900)), "JPEG", exif=exif())[:18_000]),
    ("huge-photo.jpg", "picture", lambda: saved(Image.new("RGB", (12_000, 9_000), "navy"), "JPEG", exif=exif())),
    ("wrong-ending.png", "picture", lambda: saved(picture(), "JPEG", comment=MARKER)),
    ("text.png", "picture", lambda: saved(picture("RGBA"), "PNG", pnginfo=png_text(), exif=exif())),
    ("png-and-html.png", "picture", lambda: saved(picture(), "PNG") + b"<script>alert('" + MARKER + b"')</script>"),
    (
        "sixteen-bits.png",
        "picture",
        lambda: saved(sixteen_bits(), "PNG"),
    ),
    ("palette.png", "picture", lambda: saved(picture("P"), "PNG", transparency=0, pnginfo=png_text())),
    ("one-bit.png", "picture", lambda: saved(picture("1"), "PNG")),
    ("large-and-clear.png", "picture", lambda: saved(Image.new("RGBA", (6_000, 6_000), (9, 9, 9, 99)), "PNG")),
    ("moving.gif", "picture", lambda: animation("GIF") + MARKER),
    ("moving.png", "picture", lambda: animation("PNG")),
    ("moving.webp", "picture", lambda: animation("WEBP")),
    ("place.webp", "picture", lambda: saved(picture(), "WEBP", exif=exif(), xmp=MARKER)),
    ("place.avif", "picture", lambda: saved(picture(), "AVIF", exif=exif())),
    ("tags.tiff", "picture", lambda: saved(picture(), "TIFF", exif=exif(), compression="tiff_lzw")),
    ("plain.bmp", "picture", lambda: saved(picture(), "BMP") + MARKER),
    ("bomb.png", "too_many_pixels", lambda: png_of(60_000, 60_000, zipped(20))),
    ("bomb-small-head.png", "picture", lambda: png_of(50, 50, zipped(200))),
    ("bomb.gif", "too_many_pixels", gif_bomb),
    ("bomb.tiff", "too_many_pixels", tiff_bomb),
    ("bomb-text.png", "picture", lambda: saved(picture(), "PNG")[:-12] + png_chunk(b"zTXt", b"x\0\0" + zipped(200))),
    ("page.pdf", "pdf", pdf),
    ("script.pdf", "pdf", lambda: pdf(extra=b"/OpenAction<</S/JavaScript/JS(app.alert('" + MARKER + b"'))>>")),
    ("outside.pdf", "pdf", lambda: pdf(extra=b"/OpenAction<</S/URI/URI(http://example.invalid/" + MARKER + b")>>")),
    ("huge-page.pdf", "pdf", lambda: pdf(page=b"/MediaBox[0 0 900000 900000]")),
    ("bomb.pdf", "stopped", flooding_pdf),
    ("cut-off.pdf", "damaged", lambda: pdf()[:-80]),
    ("note.txt", "text", "Der graue Lieferwagen – 20 Uhr.\r\n\u202eevil\x07".encode),
    ("wide.txt", "text", lambda: "\ufeffA grey van".encode("utf-16-le")),
    (
        "script.svg",
        "drawing",
        lambda: b"<svg xmlns='urn:svg'><script>" + MARKER + b"</script></svg>",
    ),
    ("page.html", "drawing", lambda: b"<!DOCTYPE html><script>" + MARKER + b"</script>"),
    ("nothing.jpg", "empty", lambda: b""),
    ("plain.heic", "picture", heic.photo),
    ("place-xmp-thumbnail.heic", "picture", lambda: whole_heic() + MARKER),
    ("turned.heic", "picture", lambda: heic.photo(exif=exif_block(), turned=True)),
    ("tiles.heic", "picture", lambda: heic.grid(6, 8, exif=exif_block())),
    ("heic-and-zip.heic", "picture", lambda: heic.photo(exif=exif_block()) + zip_file()),
    ("cut-off.heic", "damaged", lambda: whole_heic()[:-700]),
    ("cut-off-early.heic", "damaged", lambda: heic.photo()[:300]),
    ("bomb.heic", "too_many_pixels", lambda: heic.grid(2, 2, said=(60_000, 60_000))),
    ("bomb-tiles.heic", "damaged", lambda: heic.grid(255, 255)),
    ("bomb-small-head.heic", "damaged", lambda: heic.grid(30, 30, said=(64, 64))),
    ("says-larger.heic", "damaged", lambda: heic.photo(said=(9_000, 5_000))),
    ("tile-of-itself.heic", "damaged", heic.grid_of_itself),
    ("noise.heic", "damaged", lambda: moving(b"heic")),
    ("film.mp4", "video", lambda: moving(b"isom")),
    ("voice.mp3", "sound", lambda: b"ID3\x04" + MARKER),
    ("papers.docx", "archive", zip_file),
    ("letter.doc", "office", lambda: b"\xd0\xcf\x11\xe0" + MARKER),
    ("noise.jpg", "damaged", lambda: b"\xff\xd8\xff\xe0" + MARKER * 30),
    ("noise.bin", "unknown", lambda: bytes(range(256)) * 4),
)
"""Name, what must come of it, and how it is made."""


def made(name: str, outcome: str, make: Callable[[], bytes]) -> Hostile:
    return Hostile(name, make(), outcome)
