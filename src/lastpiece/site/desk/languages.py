"""The languages of reports by the name that staff know, from the code they came under."""

from django.utils.translation import get_language_info

from lastpiece.site.desk.slips import ENGLISH, UNKNOWN

NOT_ENGLISH = "a language other than English"
"""What is told on an English page and is plainly not English; nobody said what it is."""


def name_of(code: str) -> str:
    """Return the English name of the language with that BCP-47 code, as a sentence goes on after “it is in”."""
    primary = code.partition("-")[0].lower()
    if primary in {ENGLISH, UNKNOWN}:
        return NOT_ENGLISH
    try:
        return str(get_language_info(primary)["name"])
    except KeyError:
        return f"a language with the code {code}"
