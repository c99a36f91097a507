"""What stands around every page: the pack's words, the navigation, the languages, and if this is the demonstration."""

from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from lastpiece.site.front.current import current_pack
from lastpiece.site.front.languages import ENGLISH, direction, languages, spoken
from lastpiece.site.front.pages.brand import sheet
from lastpiece.site.parts.assets import integrity
from lastpiece.site.settings import env

NAVIGATION = (
    ("home", _("Home")),
    ("tell", _("Tell us")),
    ("signs", _("Signs")),
    ("results", _("Results")),
    ("mailbox", _("Messages")),
)
IN_ENGLISH = mark_safe(' lang="en-GB" dir="ltr"')
"""The attributes of what the desk published, on a page in another language."""
WITHIN = {"sign": "signs"}
"""Which entry of the navigation a page that is not in it belongs to."""


def around(request: HttpRequest) -> dict[str, object]:
    """Return the context of every template."""
    pack, language = current_pack(), spoken()
    here = request.resolver_match.url_name if request.resolver_match else ""
    return {
        "pack": pack,
        "navigation": [(name, text, name == WITHIN.get(here or "", here)) for name, text in NAVIGATION],
        "brand_integrity": integrity(sheet(pack).encode()),
        "demo": env.DEMO,
        "mailbox_days": env.MAILBOX_DAYS,
        "language": language,
        "lang": "en-GB" if language == ENGLISH else language,
        "direction": direction(language),
        "languages": languages(request),
        "draft": pack.draft,
        "foreign": language != ENGLISH,
        "english": "" if language == ENGLISH else IN_ENGLISH,
    }
