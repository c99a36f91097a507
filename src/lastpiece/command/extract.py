"""`lastpiece extract`: the mentions of many texts, line by line, in flat memory."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from lastpiece.command.places import why_not_written
from lastpiece.command.speaking import errors, fail

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes of a line; longer ones are rejected, so that one cannot fill the memory."""

INTERRUPTED = 130


class LineRejectedError(ValueError):
    """A line cannot be read; the sentence says why and quotes none of it."""


@dataclass(slots=True)
class Tally:
    """What became of the lines."""

    read: int = 0
    written: int = 0
    rejected: int = 0
    mentions: int = 0


def extract(
    file: Annotated[
        Path | None, typer.Argument(help="JSON Lines with `id` and `text`; standard input if left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write here instead of standard output.")] = None,
    *,
    json_: Annotated[
        bool, typer.Option("--json", help="Sum up in one JSON object (on standard error without --out).")
    ] = False,
) -> None:
    """Find people, phones, plates, places, drugs and more in texts (JSON Lines in, JSON Lines out)."""
    _check_target(file, out)
    tally = Tally()
    try:
        with _source(file) as source, _target(out) as target:
            _extract(source, target, tally)
    except BrokenPipeError:
        # The reader went away (`| head`): that is no fault; keep Python from complaining as it leaves.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        fail(f"Stopped after {tally.read} lines.", code=INTERRUPTED)
    except OSError as error:
        fail(f"The output could not be written: {error.strerror}.")
    if json_:
        summary = {"read": tally.read, "written": tally.written, "rejected": tally.rejected, "mentions": tally.mentions}
        print(json.dumps(summary), file=sys.stdout if out else sys.stderr)
    if not tally.read:
        errors.print("There was no line to read: the input is empty.", markup=False)
    if tally.rejected:
        lines = "line was" if tally.rejected == 1 else "lines were"
        fail(f"{tally.rejected} of {tally.read} {lines} left out; the rest was written.")


def _extract(source: BinaryIO, target: BinaryIO, tally: Tally) -> None:
    for number, line in _lines(source):
        if line is not None and not line.strip():
            continue
        tally.read += 1
        try:
            answer = _answer(line)
        except LineRejectedError as rejected:
            tally.rejected += 1
            errors.print(f"Line {number}: {rejected}", markup=False)
            continue
        tally.written += 1
        tally.mentions += len(answer["mentions"]) if isinstance(answer["mentions"], list) else 0
        target.write(_encoded(answer))
    target.flush()


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number; None for one that is too long, whose rest is skipped unread."""
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = source.readline(LONGEST_LINE)
        yield number, None


def _answer(line: bytes | None) -> dict[str, object]:
    """Return the output object for one input line.

    Raises:
        LineRejectedError: the line is too long, no UTF-8, no JSON object, or lacks `id` or `text`.
    """
    if line is None:
        raise LineRejectedError(f"longer than {LONGEST_LINE // 1024 // 1024} MiB.")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise LineRejectedError("not UTF-8.") from None
    except (ValueError, RecursionError):
        raise LineRejectedError("not JSON.") from None
    if not isinstance(row, dict) or "id" not in row or "text" not in row:
        raise LineRejectedError("not an object with `id` and `text`.")
    if not isinstance(row["text"], str) or isinstance(row["id"], dict | list):
        raise LineRejectedError("`text` must be a string, and `id` a string or a number.")
    return {"id": row["id"], "mentions": _mentions(row["text"])}


def _mentions(text: str) -> list[dict[str, object]]:
    from lastpiece.fit.mentions.recognising import recognise

    return [
        {
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "kind": m.kind,
            "value": m.value,
            "partial": m.partial,
            "confidence": round(m.confidence, 3),
        }
        for m in recognise(text)
    ]


def _encoded(answer: dict[str, object]) -> bytes:
    try:
        return (json.dumps(answer, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:  # half of a surrogate pair in the input: keep it escaped
        return (json.dumps(answer) + "\n").encode()


@contextmanager
def _source(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    with opened:
        yield opened


def _check_target(file: Path | None, out: Path | None) -> None:
    """Say before the work that the answer has no place to go, or that it would take the place of the texts."""
    if out is None:
        return
    if (why := why_not_written(out)) is not None:
        fail(f"{out} cannot be written: {why}.")
    if file is not None and out.exists() and file.exists() and out.samefile(file):
        fail(f"{out} is the file to read; give the answer a name of its own.")


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """Give where to write; a file appears under its name only when it is complete."""
    if out is None:
        yield sys.stdout.buffer
        return
    out = out.resolve()  # what a link leads to is written, not the link
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as opened:
            yield opened
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
