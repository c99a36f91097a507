"""The force pack this process shows, read once before the first request."""

from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from lastpiece.site.pack.loading import Pack, load_pack
from lastpiece.site.settings import env


@cache
def whole_pack() -> Pack:
    """Return the pack that LASTPIECE_PACK names, or the invented one, in English; raise `PackWrong`."""
    return load_pack(Path(env.PACK) if env.PACK else None)


def current_pack() -> Pack:
    """Return the pack in the language of the page."""
    pack = whole_pack()
    return pack.translations.get(get_language() or "", pack)


def offered_languages() -> tuple[str, ...]:
    """Return the codes of the languages the pack offers beside English."""
    return tuple(whole_pack().translations)
