"""Loading everything a child needs before the first fork, by answering each page once to nobody."""

import gc
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from lastpiece.site.front.exchange import Site, environment, run
from lastpiece.site.front.prepared import PreparedPages, asked
from lastpiece.site.settings import env
from lastpiece.tell.seed import new_seed

NOWHERE = "/nowhere"
"""An address that is none: its page is shown to whoever mistypes."""


def load(name: str = "localhost", port: int = 80) -> tuple[Site, PreparedPages]:
    """Load the site, with every page that can be ready before it is asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "lastpiece.site.settings.front"
    django.setup(set_prefix=False)
    application = get_wsgi_application()
    from lastpiece.site.front.languages import check_catalogues  # noqa: PLC0415 - needs Django's settings

    check_catalogues()
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
    else:
        rehearse(bare)
    gc.collect()
    gc.freeze()
    return Site(application, pages.answer, name, port), pages


def rehearse(site: Site) -> None:
    """Tell an invented report through each form, into a folder that is thrown away, and draw what is shown then.

    The children inherit the code that has run, and the page with the words in every language.
    """
    from lastpiece.site.front.pages import receipt, tell  # noqa: PLC0415 - needs Django's settings
    from lastpiece.site.parts.doors import ADULT, CHECK, DOORS  # noqa: PLC0415 - the same

    forms = [*((door.address, CHECK, door) for door in DOORS.values()), ("tell_page", tell.ONE_PAGE, ADULT)]
    told = {"what": "An invented report, to warm up.", "go": "send"}
    with elsewhere():
        for name, step, _ in forms:
            body = urlencode(told | {"seed": new_seed().hex(), "step": step}).encode()
            run(site, asked(reverse(name), body), io.BytesIO(body))
    for language in (settings.LANGUAGE_CODE, *offered()):
        with translation.override(language):
            for name, _, door in forms:
                request = WSGIRequest(environment(site, asked(reverse(name))))
                request.resolver_match = resolve(request.path_info)
                receipt.keep(request, door)


@contextmanager
def elsewhere() -> Iterator[None]:
    """Store what is sent in a folder that is thrown away."""
    spool = env.SPOOL
    with tempfile.TemporaryDirectory() as folder:
        env.SPOOL = Path(folder)
        try:
            yield
        finally:
            env.SPOOL = spool


def offered() -> tuple[str, ...]:
    """Return the languages that the pack offers beside English."""
    from lastpiece.site.front.current import offered_languages  # noqa: PLC0415 - needs Django's settings

    return offered_languages()


def addresses() -> list[str]:
    """Return every address of the site that takes no argument, in every language the pack offers."""
    found = set[str]()
    for language in (settings.LANGUAGE_CODE, *offered()):
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
