"""The desk's side of the sandbox: start the child, give it one file, take one answer of limited length, and no more.

Originals are never rendered and never served by the desk itself: what a person sees was made anew in the child.
"""

import json
import math
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any

PROGRAM = (sys.executable, "-I", "-B", "-m", "lastpiece.site.desk.remaking.child")
SURROUNDINGS = {"MALLOC_ARENA_MAX": "1"}
"""All the child is told: its threads share one heap, because a heap each would take 64 MiB of what it may address."""
WAIT_S = 30
"""How long the child may take by the clock; by its own processor time it has ten seconds."""
LONGEST_ANSWER = 24 * 1024 * 1024
LENGTH_BYTES = 4
SIDES = range(1, 10_000)


class NoCopy(Exception):
    """No copy of a file can be made. `why` is a code; the sentence for it is on the page."""

    def __init__(self, why: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__("No copy of this file can be made.")
        self.why = why
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy made anew: a picture (one page of `pages`) or a text.

    `place` is latitude and longitude, only when the teller said that it may be used. `missing` names the walls of the
    sandbox that this machine's kernel refused. `seconds` is the child's processor time, `peak_kib` its memory.
    """

    kind: str
    image: bytes = field(default=b"", repr=False)
    format: str = ""
    width: int = 0
    height: int = 0
    pages: int = 1
    several: bool = False
    cut_off: bool = False
    text: str = field(default="", repr=False)
    place: tuple[float, float] | None = field(default=None, repr=False)
    missing: tuple[str, ...] = ()
    seconds: float = 0
    peak_kib: int = 0


def remake(content: bytes, *, page: int = 1, use_place: bool = False) -> Copy:
    """Make a copy of a stranger's file in a process that can do nothing else.

    Args:
        content: The file.
        page: Which page of a PDF, from 1.
        use_place: Whether the place in a photo's metadata may be read.

    Raises:
        NoCopy: it cannot be shown, or the child failed, was killed for what it used, or said too much.
    """
    head = json.dumps({"size": len(content), "page": page, "use_place": use_place}).encode("ascii")
    child = subprocess.Popen(  # noqa: S603 - our own program, with nothing of the file in its arguments
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=SURROUNDINGS,
        cwd="/",
        close_fds=True,
        start_new_session=True,
    )
    assert child.stdin is not None  # noqa: S101 - says it to the type checker
    assert child.stdout is not None  # noqa: S101 - says it to the type checker
    giving = threading.Thread(target=_give, args=(child.stdin, len(head).to_bytes(LENGTH_BYTES) + head, content))
    giving.start()
    try:
        answer = _take(child.stdout)
    finally:
        os.kill(child.pid, signal.SIGKILL)  # not `child.kill()`, which would wait for it and lose what it used
        child.stdout.close()
        giving.join()
        _, _, used = os.wait4(child.pid, 0)
        child.returncode = 0  # it was waited for here, to learn what it used
    return _read(answer, seconds=used.ru_utime + used.ru_stime)


def _give(pipe: IO[bytes], head: bytes, content: bytes) -> None:
    try:
        with pipe:
            pipe.write(head)
            pipe.write(content)
    except OSError:
        return  # the child ended early: its answer, or its silence, says enough


def _take(pipe: IO[bytes]) -> bytes:
    """Return what the child writes until it closes its end, is too slow, or writes too much."""
    until, answer = time.monotonic() + WAIT_S, bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(pipe, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0 and waiting.select(left):
            part = os.read(pipe.fileno(), 1024 * 1024)
            answer += part
            if not part:
                return bytes(answer)
            if len(answer) > LONGEST_ANSWER:
                raise NoCopy("too_large")
    raise NoCopy("too_slow")


def _read(answer: bytes, *, seconds: float) -> Copy:
    """Believe only an answer of the right shape: the child that wrote it may have been taken over."""
    length = int.from_bytes(answer[:LENGTH_BYTES])
    try:
        said = json.loads(answer[LENGTH_BYTES : LENGTH_BYTES + length])
        missing = tuple(str(name)[:60] for name in said["missing"])[:10]
        if "why" in said:
            raise NoCopy(str(said["why"])[:20], missing)
        return _checked(said, answer[LENGTH_BYTES + length :], missing, seconds)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError):
        raise NoCopy("stopped") from None


def _checked(said: Mapping[str, Any], image: bytes, missing: tuple[str, ...], seconds: float) -> Copy:
    peak = int(said["peak_kib"])
    if said["kind"] == "text":
        text, cut_off = str(said["text"]), bool(said["cut_off"])
        return Copy("text", text=text, cut_off=cut_off, missing=missing, seconds=seconds, peak_kib=peak)
    marks = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
    if not image.startswith(marks[said["format"]]) or said["width"] not in SIDES or said["height"] not in SIDES:
        raise ValueError
    place = None if said["place"] is None else (float(said["place"][0]), float(said["place"][1]))
    if place is not None and not all(map(math.isfinite, place)):
        raise ValueError
    return Copy(
        kind="pdf" if said["kind"] == "pdf" else "picture",
        image=image,
        format=said["format"],
        width=said["width"],
        height=said["height"],
        pages=int(said["pages"]),
        several=bool(said["several"]),
        cut_off=bool(said["cut_off"]),
        place=place,
        missing=missing,
        seconds=seconds,
        peak_kib=peak,
    )
