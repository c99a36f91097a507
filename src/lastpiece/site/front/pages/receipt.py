"""The page with the seven words. It is the same for everyone but for the words, so the server draws it beforehand.

Drawing it takes a child longer than sealing and storing the report does.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lastpiece.site.parts.doors import Door
from lastpiece.tell.words import HOW_MANY

PLACES = tuple(chr(0xE000 + number) for number in range(HOW_MANY))
"""Characters that stand in no text: where the words go in a page that was drawn beforehand."""


class Drawn:
    """Pages by address (which says the language too) and template; kept only while `keeping`, never of a real one."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], str] = {}
        self.keeping = False


DRAWN = Drawn()


@contextmanager
def keeping() -> Iterator[None]:
    """Keep each receipt that is shown inside the `with`, its words left out, for those to come."""
    DRAWN.keeping = True
    try:
        yield
    finally:
        DRAWN.keeping = False


def receipt(request: HttpRequest, door: Door, words: Sequence[str]) -> HttpResponse:
    """Return the page with these words."""
    place = request.path_info, door.template("receipt")
    if DRAWN.keeping:
        DRAWN.pages[place] = draw(request, door, PLACES).content.decode()
    drawn = DRAWN.pages.get(place)
    if drawn is None:
        return draw(request, door, words)
    for mark, word in zip(PLACES, words, strict=True):
        drawn = drawn.replace(mark, word)
    return HttpResponse(drawn)


def draw(request: HttpRequest, door: Door, words: Sequence[str]) -> HttpResponse:
    """Return the page by its template."""
    return render(request, door.template("receipt"), {"door": door, "words": words, "held": False})
