"""What every page must have so that its reader can leave at once and nothing of theirs comes back."""

import re

from tests.factories.public_pages import public_pages
from tests.factories.sealed_front import Desk

OFFLINE = "capture"
"""The one file outreach staff carry: it stands on no site, so there is nothing to leave and nothing to post to."""
STAFF = (OFFLINE, "hand-in")
"""Pages of staff: their titles may say what they are for."""


def test_every_page_in_every_state_has_the_button_the_hidden_link_and_what_the_scripts_say(desk: Desk) -> None:
    for name, page in public_pages(desk):
        if "<html" not in page or name.startswith(OFFLINE):
            continue
        assert page.count('data-leave="https://') >= 2, name
        assert page.index('class="leave__first"') < page.index('class="leave__button"') < page.index("<main"), name
        assert page.index('class="leave"') < page.index('class="danger"'), name
        for said in ("home", "two-more", "one-more", "too-late", "leaving"):
            assert re.search(rf'data-{said}="[^"]+"', page), (name, said)


def test_no_browser_completes_restores_or_sends_off_what_is_typed(desk: Desk) -> None:
    for name, page in public_pages(desk):
        for form in re.findall(r"<form\b[^>]*>", page):
            assert 'autocomplete="off"' in form, (name, form)
            assert 'method="post"' in form or name.startswith(OFFLINE), (name, form)
        for area in re.findall(r"<textarea\b[^>]*>", page):
            assert 'autocomplete="off"' in area, (name, area)
            assert 'spellcheck="false"' in area, (name, area)


def test_no_page_has_a_title_that_says_what_it_is_about(desk: Desk) -> None:
    for name, page in public_pages(desk):
        title = "".join(re.findall(r"<title>([^<]*)</title>", page)).casefold()
        assert name.startswith(STAFF) or not [
            word for word in ("police", "crime", "report", "drug", "nenshire") if word in title
        ], (name, title)
