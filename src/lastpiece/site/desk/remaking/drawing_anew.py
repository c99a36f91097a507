"""New pixels out of old ones: decoded, made small enough to look at, and written without anything else.

Runs in the confined child only. Whatever Pillow or pdfium raises means that no copy can be made, and nothing more.
"""

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pi_heif
import pypdfium2
from PIL import Image, ImageFile, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "HEIF")
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2_400
PAGE_SIDE = 1_800
MOST_PAGES = 20
LONGEST_PNG = 8 * 1024 * 1024
QUALITY = 88
LONGEST_TEXT = 200_000
GPS = 0x8825
TURN = 0x0112
EIGHT_BITS = 255
PDF_PASSWORD = 4
SHRINKABLE = frozenset({"RGB", "L", "RGBA", "LA", "CMYK", "YCbCr", "I", "F"})
PHOTOS = ("JPEG", "MPO", "WEBP", "AVIF", "HEIF")
WHITE = (255, 255, 255)
T = TypeVar("T")

Image.MAX_IMAGE_PIXELS = None  # we have a limit of our own, and it is an error, not a warning
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=0)


class NoCopy(Exception):
    """No copy can be made; `why` is a code that the page turns into a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Drawn:
    """New pixels, as the bytes of a PNG or JPEG file that holds nothing else."""

    image: bytes
    format: str
    width: int
    height: int
    pages: int = 1
    several: bool = False
    cut_off: bool = False
    place: tuple[float, float] | None = None


def warm(form: str) -> None:
    """Write and read a picture of two pixels, so that everything a format needs is loaded."""
    out = io.BytesIO()
    Image.new("RGB", (2, 1)).save(out, form)
    picture = Image.open(io.BytesIO(out.getvalue()), formats=FORMATS)
    picture.getexif().get_ifd(GPS)
    picture.load()


def draw_picture(content: bytes, *, use_place: bool) -> Drawn:
    """Make a picture anew; of an animation, its first picture.

    Args:
        content: The file.
        use_place: Whether the place in its metadata may be read at all.

    Raises:
        NoCopy: too large, or it cannot be decoded.
    """
    picture = _opened(content)
    photo = picture.format in PHOTOS
    several = bool(getattr(picture, "is_animated", False))
    place = _place(picture) if use_place else None
    loaded, cut_off = _loaded(picture, content)
    turned = _reading(lambda: ImageOps.exif_transpose(_small(loaded)))
    image, form = _written(_pixels(turned), photo=photo)
    return Drawn(image, form, turned.width, turned.height, several=several, cut_off=cut_off, place=place)


def draw_page(content: bytes, number: int) -> Drawn:
    """Make a picture of one page of a PDF, counted from 1; nothing in it is run.

    Raises:
        NoCopy: it cannot be read, is locked, or has no such page.
    """
    try:
        document = pypdfium2.PdfDocument(content)
        pages = len(document)
        if not 1 <= number <= min(pages, MOST_PAGES):
            raise NoCopy("no_page")
        page = document[number - 1]
        width, height = page.get_size()
        scale = PAGE_SIDE / max(width, height, 1)
        picture = page.render(scale=min(scale, 3), may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise NoCopy("locked" if getattr(error, "err_code", 0) == PDF_PASSWORD else "damaged") from None
    image, form = _written(_pixels(picture), photo=False)
    return Drawn(image, form, picture.width, picture.height, pages=pages)


def read_text(content: bytes) -> tuple[str, bool]:
    """Return a text without control characters, and whether it was too long to be shown whole."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    text = content.decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(letter for letter in text[:LONGEST_TEXT] if letter in "\n\t" or letter.isprintable())
    return shown, len(text) > LONGEST_TEXT


def _opened(content: bytes) -> ImageFile.ImageFile:
    picture = _reading(lambda: Image.open(io.BytesIO(content), formats=FORMATS))
    if picture.format in {"JPEG", "MPO"}:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large photo is decoded at a half, a quarter or an eighth
    if picture.width * picture.height > MOST_PIXELS:
        raise NoCopy("too_many_pixels")
    return picture


def _loaded(picture: ImageFile.ImageFile, content: bytes) -> tuple[Image.Image, bool]:
    """Decode; of a file that was cut off or is damaged in a part, as much as can be had."""
    try:
        picture.load()
    except (OSError, ValueError, SyntaxError):
        if picture.format == "HEIF":  # its decoder gives all or nothing: what would be shown is an empty sheet
            raise NoCopy("damaged") from None
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        again = _opened(content)
        _reading(again.load)
        return again, True
    except MemoryError:
        raise NoCopy("too_large") from None
    except Exception:  # noqa: BLE001 - a decoder may raise anything over a stranger's bytes
        raise NoCopy("damaged") from None
    return picture, False


def _small(picture: Image.Image) -> Image.Image:
    """Return the picture in eight bits, at most `LONGEST_SIDE` high and wide; of its metadata only its turn is kept."""
    turn = picture.getexif().get(TURN)
    if picture.mode not in SHRINKABLE:
        transparent = "transparency" in picture.info or picture.mode in {"PA", "La", "RGBa"}
        picture = picture.convert("I" if picture.mode.startswith("I") else "RGBA" if transparent else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small = _eight_bits(picture)
    small.info.clear()
    if turn in range(2, 9):
        small.getexif()[TURN] = turn
    return small


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode in {"I", "F"}:
        high = max(float(str(edge)) for edge in picture.getextrema())
        scale = 1 if high <= EIGHT_BITS else EIGHT_BITS / high
        return picture.point(lambda value: value * scale).convert("L")
    return picture.copy() if picture.mode in {"RGB", "L", "RGBA", "LA"} else picture.convert("RGB")


def _pixels(picture: Image.Image) -> Image.Image:
    """Return an image that has pixels and nothing else: no profile, comment, thumbnail or palette of the old one."""
    if picture.mode in {"RGBA", "LA"}:
        ground = Image.new("RGB", picture.size, WHITE)
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if picture.mode not in {"RGB", "L"}:
        picture = picture.convert("RGB")
    return Image.frombytes(picture.mode, picture.size, picture.tobytes())


def _written(pixels: Image.Image, *, photo: bool) -> tuple[bytes, str]:
    if not photo:
        out = io.BytesIO()
        pixels.save(out, "PNG")
        if out.tell() <= LONGEST_PNG:
            return out.getvalue(), "png"
    out = io.BytesIO()
    pixels.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), "jpeg"


def _place(picture: Image.Image) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees out of a photo's metadata, when they are there and possible."""
    try:
        tags = picture.getexif().get_ifd(GPS)
        latitude = _degrees(tags[2]) * (-1 if str(tags.get(1, "N")).startswith("S") else 1)
        longitude = _degrees(tags[4]) * (-1 if str(tags.get(3, "E")).startswith("W") else 1)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, struct.error, SyntaxError, OSError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # noqa: PLR2004 - degrees on the Earth
        return None
    return round(latitude, 5), round(longitude, 5)


def _degrees(parts: Any) -> float:  # noqa: ANN401 - whatever the metadata held
    degrees, minutes, seconds = (float(part) for part in parts)
    return degrees + minutes / 60 + seconds / 3600


def _reading(read: Callable[[], T]) -> T:
    """Read a stranger's bytes: whatever goes wrong means that no copy can be made."""
    try:
        return read()
    except NoCopy:
        raise
    except MemoryError:
        raise NoCopy("too_large") from None
    except Exception:  # noqa: BLE001 - a decoder may raise anything over a stranger's bytes
        raise NoCopy("damaged") from None
