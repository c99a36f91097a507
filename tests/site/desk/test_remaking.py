"""A copy of a stranger's file is made where it can do no harm, and carries nothing of it but what is seen."""

import io
import json
import struct
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable

import pytest
from PIL import Image, ImageStat
from tests.factories import heic
from tests.factories.hostile_files import CORPUS, MARKER, PLACE, exif, exif_block, made, pdf, picture, saved

from lastpiece.site.desk.remaking import confining, sandbox
from lastpiece.site.desk.remaking.sandbox import Copy, NoCopy, remake

JPEG_MARKERS = {0xD8, 0xD9, 0xDA, 0xDB, 0xC0, 0xC4, 0xE0}
LIMIT_KIB = confining.MEMORY_BYTES // 1024


def jpeg_markers(image: bytes) -> set[int]:
    """Return the markers of a JPEG up to its end, and fail if anything follows or a comment hides in its header."""
    found, at = {image[1]}, 2
    while image[at + 1] != 0xDA:
        found.add(image[at + 1])
        at += 2 + struct.unpack(">H", image[at + 2 : at + 4])[0]
    assert image.find(b"\xff\xd9", at) == len(image) - 2, "bytes follow the picture"
    return found


def png_chunks(image: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(image):
        found.add(image[at + 4 : at + 8])
        at += 12 + struct.unpack(">I", image[at : at + 4])[0]
    return found


def copy_of(content: bytes) -> Copy | str:
    """Return the copy, or why there is none."""
    try:
        return remake(content)
    except NoCopy as refused:
        return refused.why


@pytest.mark.parametrize(("name", "outcome", "make"), CORPUS, ids=[row[0] for row in CORPUS])
def test_what_comes_of_a_strangers_file_holds_nothing_of_it_but_what_is_seen(
    name: str, outcome: str, make: Callable[[], bytes]
) -> None:
    file = made(name, outcome, make)
    copy = copy_of(file.content)
    if isinstance(copy, str):
        assert copy == outcome
        return
    assert copy.kind == outcome
    assert MARKER not in copy.image
    assert MARKER.decode() not in copy.text
    assert copy.place is None, "nobody said that the place may be read"
    assert copy.peak_kib <= LIMIT_KIB
    assert copy.seconds <= confining.CPU_S
    if copy.format == "jpeg":
        assert jpeg_markers(copy.image) <= JPEG_MARKERS
    elif copy.format == "png":
        assert png_chunks(copy.image) == {b"IHDR", b"IDAT", b"IEND"}
    if copy.image:
        again = Image.open(io.BytesIO(copy.image))
        assert again.size == (copy.width, copy.height)
        assert not set(again.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not again.getexif()


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
def test_the_place_of_a_photo_is_read_only_when_its_teller_said_so(form: str) -> None:
    photo = saved(picture(), form, exif=exif())
    assert remake(photo, use_place=True).place == pytest.approx(PLACE, abs=1e-4)
    assert remake(photo).place is None
    assert remake(saved(picture(), form, exif=exif(place=False)), use_place=True).place is None


def test_a_telephones_photo_is_the_same_picture_and_its_place_is_read_only_when_its_teller_said_so() -> None:
    photo = heic.grid(2, 3, exif=exif_block())
    assert remake(photo).place is None
    copy = remake(photo, use_place=True)
    assert copy.place == pytest.approx(PLACE, abs=1e-4)
    assert (copy.width, copy.height, copy.several) == (192, 128, False)
    tile = Image.open(io.BytesIO(copy.image)).crop((64, 64, 128, 128))
    assert ImageStat.Stat(tile).mean == pytest.approx(ImageStat.Stat(picture(size=(64, 64))).mean, abs=6)


def test_a_telephones_photo_taken_sideways_stands_upright() -> None:
    turned, straight = (remake(heic.photo(turned=turned)).image for turned in (True, False))
    upright = Image.open(io.BytesIO(straight)).transpose(Image.Transpose.ROTATE_270)
    assert ImageStat.Stat(Image.open(io.BytesIO(turned)).resize((2, 2))).mean == pytest.approx(
        ImageStat.Stat(upright.resize((2, 2))).mean, abs=6
    )
    assert Image.open(io.BytesIO(turned)).getpixel((5, 60)) == pytest.approx(upright.getpixel((5, 60)), abs=12)


def test_an_impossible_place_is_none() -> None:
    tags = exif()
    tags.get_ifd(0x8825)[2] = (95.0, 0.0, 0.0)
    assert remake(saved(picture(), "JPEG", exif=tags), use_place=True).place is None


def test_a_photo_taken_sideways_stands_upright() -> None:
    copy = remake(saved(picture(size=(300, 200)), "JPEG", exif=exif(turn=6)))
    assert (copy.width, copy.height) == (200, 300)


def test_the_picture_is_the_same_picture() -> None:
    before = picture()
    after = Image.open(io.BytesIO(remake(saved(before, "PNG")).image))
    assert after.tobytes() == before.tobytes()


def test_of_an_animation_the_first_picture_is_shown_and_said_to_be_one_of_several() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "green", "blue")]
    copy = remake(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert copy.several
    assert Image.open(io.BytesIO(copy.image)).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_of_a_photo_that_was_cut_off_what_is_there_is_shown() -> None:
    whole = saved(picture(size=(1200, 900)), "JPEG")
    assert remake(whole[: len(whole) // 2]).cut_off
    assert not remake(whole).cut_off


def test_each_page_of_a_document_is_a_picture_of_its_own_and_there_is_no_page_beyond() -> None:
    pages = [picture(size=(200, 100 + 50 * number)) for number in range(3)]
    document = saved(pages[0], "PDF", save_all=True, append_images=pages[1:])
    copies = [remake(document, page=number) for number in (1, 2, 3)]
    assert {copy.pages for copy in copies} == {3}
    assert len({copy.height / copy.width for copy in copies}) == 3
    for number in (0, 4):
        with pytest.raises(NoCopy) as refused:
            remake(document, page=number)
        assert refused.value.why == "no_page"


def test_a_note_is_shown_without_its_control_characters() -> None:
    assert remake("a\u202e\x07b\r\nc – ł".encode()).text == "ab\nc – ł"
    assert remake("\ufeffwide".encode("utf-16")).text.endswith("wide")


def test_no_repr_shows_what_was_made() -> None:
    shown = repr(remake(b"a secret note")) + repr(Copy("picture", image=b"secret", place=(52.1, -0.9)))
    assert "secret" not in shown
    assert "52.1" not in shown


TRIES = """
import json, os, socket, sys, threading
from lastpiece.site.desk.remaking import child, confining
child.load()
refused, _ = confining.confine()
def tried(act):
    try:
        act()
    except (OSError, MemoryError, PermissionError) as error:
        return type(error).__name__
    return "done"
acts = {
    "open a file": lambda: open("/etc/passwd").read(),
    "open its own program": lambda: open(sys.executable, "rb").read(1),
    "list a folder": lambda: os.listdir("/"),
    "write a file": lambda: open("/tmp/x", "w"),
    "reach out": lambda: socket.socket(),
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "start a child": os.fork,
    "send a signal": lambda: os.kill(os.getppid(), 0),
    "look at a process": lambda: os.open("/proc/1/status", os.O_RDONLY),
    "become root": lambda: os.setuid(0),
    "take much memory": lambda: bytearray(600 * 1024 * 1024),
}
inside = []
thread = threading.Thread(target=lambda: inside.extend(tried(act) for act in acts.values()))
thread.start()
thread.join()
outcomes = {name: tried(act) for name, act in acts.items()}
thread_outcomes = {name + " in a thread": outcome for name, outcome in zip(acts, inside, strict=True)}
os.write(1, json.dumps({"refused": refused, **outcomes, **thread_outcomes}).encode())
os._exit(0)
"""


def test_behind_its_walls_nothing_can_be_opened_reached_or_started() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", TRIES], capture_output=True, check=False, env={}, cwd="/", timeout=60
    )
    tried = json.loads(done.stdout)
    refused = tried.pop("refused")
    assert len(tried) == 22, "a thread stands behind the same walls"
    if "few system calls" in refused:
        pytest.skip(f"this machine's kernel refuses: {', '.join(refused)}")
    assert {act for act, outcome in tried.items() if outcome == "done"} == set()


PNG_SAID = (
    b'{"missing": [], "peak_kib": 1, "kind": "picture", "format": "png", "width": 9, "height": 9, '
    b'"several": false, "cut_off": false, %b}'
)


def said(head: bytes) -> bytes:
    return len(head).to_bytes(4) + head


def squeezed(content: bytes) -> str:
    return f"__import__('zlib').decompress({zlib.compress(content)!r})"


def test_a_child_that_answers_with_rubbish_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in (
        b"",
        b"x" * 9,
        said(b"{}"),
        said(b'{"missing": [], "peak_kib": 1, "kind": 7}'),
        said(b'{"missing": [], "peak_kib": Infinity, "kind": "text", "text": ""}'),
        said(b"[" * 100_000),
        said(PNG_SAID % b'"place": null, "pages": Infinity') + b"\x89PNG\r\n\x1a\n",
        said(PNG_SAID % b'"place": [NaN, 0], "pages": 1') + b"\x89PNG\r\n\x1a\n",
        said(PNG_SAID % b'"place": [1e999, 0], "pages": 1') + b"\x89PNG\r\n\x1a\n",
        said(PNG_SAID % b'"place": null, "pages": 1') + b"GIF89a",
    ):
        program = (sys.executable, "-I", "-c", f"import sys; sys.stdout.buffer.write({squeezed(answer)})")
        monkeypatch.setattr(sandbox, "PROGRAM", program)
        with pytest.raises(NoCopy) as refused:
            remake(b"x")
        assert refused.value.why == "stopped"


def test_a_child_that_never_stops_talking_or_never_begins_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LONGEST_ANSWER", 100_000)
    monkeypatch.setattr(sandbox, "WAIT_S", 2)
    for act, why in (("while True: os.write(1, b'x' * 9999)", "too_large"), ("time.sleep(60)", "too_slow")):
        monkeypatch.setattr(sandbox, "PROGRAM", (sys.executable, "-I", "-c", f"import os, time\n{act}"))
        with pytest.raises(NoCopy) as refused:
            remake(b"x" * 5_000_000)
        assert refused.value.why == why
    assert threading.active_count() < 50


def test_a_page_that_would_take_for_ever_is_ended_by_its_own_limits() -> None:
    squares = b"q 0.5 0 0 0.5 0 0 cm 0 0 200 100 re 10 10 100 80 re W n\n" * 50_000
    copy = copy_of(pdf(stream=squares))
    assert copy in {"stopped", "too_slow", "damaged"} if isinstance(copy, str) else copy.seconds <= confining.CPU_S + 1
