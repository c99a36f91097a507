"""Loading everything a child needs before the first fork, by answering each page once to nobody."""

import gc
import os
from collections.abc import Iterator

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from lastpiece.site.front.exchange import Site, environment, run
from lastpiece.site.front.prepared import PreparedPages, asked

NOWHERE = "/nowhere"
"""An address that is none: its page is shown to whoever mistypes."""


def load(name: str = "localhost", port: int = 80) -> tuple[Site, PreparedPages]:
    """Load the site, with every page that can be ready before it is asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lastpiece.site.settings.front"
    django.setup(set_prefix=False)
    application = get_wsgi_application()
    bare = Site(application, lambda _head: None, name, port)
    for address in ("/", NOWHERE):  # not by `run`, which would hide why the site cannot start
        for _ in application(environment(bare, asked(address)), lambda *_answer: lambda _chunk: None):
            pass
    pages = PreparedPages(bare, addresses())
    while pages.renew():
        pass
    if not len(pages):  # closed for reports: what can be shown then is what must be loaded
        for address in addresses():
            run(bare, asked(address))
    gc.collect()
    gc.freeze()
    return Site(application, pages.answer, name, port), pages


def addresses() -> list[str]:
    """Return every address of the site that takes no argument, in every language the pack offers."""
    from lastpiece.site.front.current import offered_languages  # noqa: PLC0415 - needs Django's settings

    found = set[str]()
    for language in (settings.LANGUAGE_CODE, *offered_languages()):
        with translation.override(language):
            found.update("/" + address for address in _below(get_resolver().url_patterns))
    return sorted(found)


def _below(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, here)
        elif not pattern.pattern.converters:
            yield here
