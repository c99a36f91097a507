"""The page with the seven words. It is the same for everyone but for the words, so the server draws it beforehand.

Drawing it takes a child longer than sealing and storing the report does.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lastpiece.site.parts.doors import Door
from lastpiece.tell.words import HOW_MANY

LETTERS = tuple(chr(0xE000 + number) for number in range(HOW_MANY))
"""Characters that stand in no text: where the words' first letters go in a page that was drawn beforehand."""
PLACES = tuple(letter + chr(0xE100 + number) for number, letter in enumerate(LETTERS))
"""Where the words go. Each begins with its letter's character, so that what draws a first letter leaves that one."""

VISIT = chr(0xE200)
"""Where the visit goes that leaving names."""


DRAWN: dict[tuple[str, str], str] = {}
"""Pages by address (which says the language too) and template, drawn by the server before it listens."""


def keep(request: HttpRequest, door: Door) -> None:
    """Draw the page for an address, its words left out, for all who will be shown it there."""
    DRAWN[request.path_info, door.template("receipt")] = draw(request, door, PLACES, visit=VISIT).content.decode()


def receipt(request: HttpRequest, door: Door, words: Sequence[str], *, visit: str) -> HttpResponse:
    """Return the page with these words; `visit` is what leaving it names (`front/left.py`)."""
    drawn = DRAWN.get((request.path_info, door.template("receipt")))
    if drawn is None:
        return draw(request, door, words, visit=visit)
    for place, letter, word in zip(PLACES, LETTERS, words, strict=True):
        drawn = drawn.replace(place, word).replace(letter, word[0].upper())
    return HttpResponse(drawn.replace(VISIT, visit))


def draw(request: HttpRequest, door: Door, words: Sequence[str], *, visit: str) -> HttpResponse:
    """Return the page by its template."""
    return render(request, door.template("receipt"), {"door": door, "words": words, "held": False, "visit": visit})
