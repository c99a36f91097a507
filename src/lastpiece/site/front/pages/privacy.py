"""What we keep, what we cannot read, and what we cannot protect from."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lastpiece.site.front import hatch
from lastpiece.tell.certificate import fingerprint

GROUPS_A_LINE = 4
"""As `lastpiece keys poster` prints the mark, so that a person can go down both with a finger."""


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show the page, with the mark of the key that the posters carry."""
    return render(request, "front/privacy.html", {"mark": mark()})


def mark() -> list[str]:
    """Return the fingerprint of the root, a line of the poster each; none when nothing could be sealed under it."""
    try:
        outside = hatch.look_outside(timezone.now())  # noqa: TID251 - a page reads the clock
        outside.certificate()
    except hatch.FrontClosed:
        return []
    groups = fingerprint(outside.root_public).split()
    return [" ".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)]
