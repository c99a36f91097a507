"""What stands around every page: the pack's words, the navigation and whether this is the demonstration."""

from django.http import HttpRequest

from lastpiece.site.front.current import current_pack
from lastpiece.site.settings import env

NAVIGATION = (
    ("/", "Home"),
    ("/tell", "Tell us"),
    ("/signs", "Signs"),
    ("/results", "Results"),
    ("/mailbox", "Messages"),
)


def around(request: HttpRequest) -> dict[str, object]:
    """Return the context of every template."""
    here = "/" + request.path.split("/")[1]
    return {
        "pack": current_pack(),
        "navigation": [(address, text, address == here) for address, text in NAVIGATION],
        "demo": env.DEMO,
    }
