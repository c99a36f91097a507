"""Days as people say them, in the language of the page: "20 November 2026", "20 listopada 2026"."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language

SMALL_IN_SENTENCE = {"pl", "ro"}
"""Languages that write a month small within a sentence; Django's lists begin some of theirs with a capital."""


def day_in_words(day: date, *, year: bool = True) -> str:
    """Return a day with its month in full, in the case that a language has for it beside a day."""
    return _in_sentence(date_format(day, "j E Y" if year else "j E"))


def month_in_words(month: str) -> str:
    """Return "September 2026" for `2026-09`: the month by itself, not of a day."""
    return _in_sentence(date_format(date.fromisoformat(f"{month}-01"), "F Y"))


def _in_sentence(said: str) -> str:
    language = (get_language() or "").split("-")[0]
    return said.lower() if language in SMALL_IN_SENTENCE else said
