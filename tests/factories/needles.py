"""Looking for what was told wherever a front could have left it: folders, logs, and the memory of its processes."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, quote_plus

CHUNK = 8 * 1024 * 1024
OVERLAP = 4096


class MemoryClosed(Exception):
    """This user may not read the memory of that process."""


@dataclass(frozen=True, slots=True)
class Needles:
    """Patterns for some texts in every form in which they could lie about."""

    pattern: re.Pattern[bytes] = field(repr=False)

    @classmethod
    def of(cls, texts: Sequence[str], words: Sequence[str] = (), packed: Sequence[bytes] = ()) -> "Needles":
        """Make patterns: UTF-8, Python's own wide strings, percent and form encoding; neighbouring words of a receipt.

        The words alone are in every front's memory, because the whole list is; two that stand near each other in
        the receipt's order are not. `packed` are bytes that are looked for as they are.
        """
        forms = {
            form
            for text in texts
            for form in (
                text.encode(),
                text.encode("utf-16-le"),
                text.encode("utf-32-le"),
                quote(text).encode(),
                quote_plus(text).encode(),
            )
        }
        patterns = [re.escape(form) for form in (*forms, *packed)]
        for first, second in pairwise(words):
            gap = rb"[^a-zA-Z]{1,3}|</li>\s*<li[^>]*>"
            patterns.append(rb"\b" + first.encode() + rb"(?:" + gap + rb")" + second.encode() + rb"\b")
        return cls(re.compile(b"|".join(patterns)))

    def in_bytes(self, content: bytes) -> bool:
        """Tell whether any needle lies in `content`."""
        return self.pattern.search(content) is not None

    def in_files(self, folder: Path) -> list[Path]:
        """Return the files below `folder` that hold a needle, or have one in their name."""
        return [
            path
            for path in folder.rglob("*")
            if self.in_bytes(str(path.relative_to(folder)).encode())
            or (path.is_file() and self.in_bytes(path.read_bytes()))
        ]

    def in_memory(self, process_id: int) -> int:
        """Return how many regions of a process's memory hold a needle.

        Raises:
            MemoryClosed: this user may not look.
        """
        return sum(self.in_bytes(region) for region in _regions(process_id))


def family(process_id: int) -> list[int]:
    """Return a process and all that it forked and that still live."""
    found = [process_id]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def _regions(process_id: int) -> Iterator[bytes]:
    """Yield a process's readable memory, in chunks that overlap a little."""
    try:
        maps = Path(f"/proc/{process_id}/maps").read_text(encoding="utf-8").splitlines()
        memory = io.FileIO(f"/proc/{process_id}/mem")
    except PermissionError as error:
        raise MemoryClosed from error
    except FileNotFoundError:
        return  # it ended meanwhile, and its memory with it
    with memory:
        for line in maps:
            span, rights, *_ = line.split()
            if "r" in rights and not line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
                start, end = (int(edge, 16) for edge in span.split("-"))
                yield from _chunks(memory, start, end)


def _chunks(memory: io.FileIO, start: int, end: int) -> Iterator[bytes]:
    at = start
    while at < end:
        try:
            memory.seek(at)
            content = memory.read(min(CHUNK, end - at) + OVERLAP)
        except (OSError, OverflowError):
            return  # a device's or a guard page: nothing of ours lies there
        if not content:
            return
        yield content
        at += CHUNK
