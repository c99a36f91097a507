"""What stands around every page: the pack's words, the navigation, the languages and whether this is the demonstration."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lastpiece.site.front.current import current_pack
from lastpiece.site.front.languages import ENGLISH, direction, languages
from lastpiece.site.settings import env

NAVIGATION = (
    ("home", _("Home")),
    ("tell", _("Tell us")),
    ("signs", _("Signs")),
    ("results", _("Results")),
    ("mailbox", _("Messages")),
)
WITHIN = {"sign": "signs"}
"""Which entry of the navigation a page that is not in it belongs to."""


def around(request: HttpRequest) -> dict[str, object]:
    """Return the context of every template."""
    pack, language = current_pack(), get_language() or ENGLISH
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "pack": pack,
        "navigation": [(reverse(name), text, name == WITHIN.get(here or "", here)) for name, text in NAVIGATION],
        "demo": env.DEMO,
        "language": language,
        "direction": direction(language),
        "languages": languages(request),
        "draft": pack.draft,
        "foreign": language != ENGLISH,
    }
