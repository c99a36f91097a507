"""The languages of the public site: the address alone says which one a page is in.

English stands at the root, every other language behind its code: `/tell`, `/cy/tell`. No cookie remembers a choice and
no header of the browser makes one, so a page says the same to everyone and a device keeps nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from lastpiece.site.front.current import offered_languages
from lastpiece.site.parts.assets import AssetMissing

ENGLISH = settings.LANGUAGE_CODE
NAMES: Mapping[str, str] = dict(settings.LANGUAGES)
"""Each language the site knows, by its own name; a force pack says which of them it offers."""

CHOSEN = "language"
"""The name of the buttons that post a page of the form to itself in another language."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One language a page can be had in, and where."""

    code: str
    name: str
    direction: str
    address: str
    here: bool


def spoken() -> str:
    """Return the language of the page that is being made."""
    return get_language() or ENGLISH


def language_of(path: str) -> str:
    """Return the language that the first part of an address names, or English."""
    first = path.removeprefix("/").split("/", 1)[0]
    return first if first != ENGLISH and first in offered_languages() else ENGLISH


def without_language(path: str) -> str:
    """Return an address as it is in English."""
    language = language_of(path)
    return path if language == ENGLISH else path.removeprefix(f"/{language}") or "/"


def in_language(path: str, code: str) -> str:
    """Return the address of the same page in another language."""
    bare = without_language(path)
    return bare if code == ENGLISH else f"/{code}{bare}"


def direction(code: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr"."""
    return "rtl" if code in settings.LANGUAGES_BIDI else "ltr"


def languages(request: HttpRequest) -> list[Offered]:
    """Return every language the pack offers, each with the address of this page; empty when there is only one."""
    here = spoken()
    codes = (ENGLISH, *offered_languages())
    if len(codes) == 1:
        return []
    return [
        Offered(code, NAMES[code], direction(code), in_language(request.path_info, code), code == here)
        for code in codes
    ]


def check_catalogues() -> None:
    """Raise `AssetMissing` when an offered language was not compiled: its pages would silently be in English."""
    for code in offered_languages():
        compiled = Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.mo"
        if not compiled.is_file():
            raise AssetMissing(f"{code}/LC_MESSAGES/django.mo")


def choosing(request: HttpRequest) -> bool:
    """Tell whether a posted page only asks to be shown again in another language, with all that was typed in it."""
    return request.POST.get(CHOSEN, "") in NAMES
