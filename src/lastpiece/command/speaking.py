"""How a verb talks: one clear sentence on failure, one JSON object for machines, a bar on a terminal."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(sentence: str, *, code: int = 1) -> NoReturn:
    """Print one sentence on standard error and leave with a non-zero code."""
    errors.print(sentence, markup=False)
    raise typer.Exit(code)


def print_json(answer: object) -> None:
    """Print one JSON object on standard output."""
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def bar() -> Progress:
    """Return a progress bar on standard error that shows itself on a terminal only."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=errors,
        disable=not errors.is_terminal,
    )


def watched(rows: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield `rows` while a bar named `label` moves on a terminal."""
    with bar() as progress:
        yield from progress.track(rows, description=label, total=total)
