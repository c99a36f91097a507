"""Handing in what was captured without a network: the file is read as it comes, every envelope goes to the spool.

Nothing of it can be opened here, so it asks nobody who they are: whoever wants to bring us envelopes may.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from lastpiece.site.front import hatch, holding
from lastpiece.site.front.forms.hand_in import HandInForm
from lastpiece.site.front.languages import choosing
from lastpiece.site.front.pages import errors
from lastpiece.tell.carried import HandIn, KeyGone, NotCarried
from lastpiece.tell.spool import SpoolRefused

NO_FILE = gettext_lazy("Choose the file that the tablet saved")
NOT_CARRIED = gettext_lazy("This is not a file of locked reports for this site. We took nothing from it.")
KEY_GONE = gettext_lazy(
    "These reports were locked too long ago. The key that opens them may be gone, so we took none of them. Keep the "
    "file and the tablet as they are, and ring the people who look after the keys. If you can, ask the person to tell "
    "us again."
)
REFUSED = gettext_lazy("We could not keep all of it just now. Hand it in again later. Nothing is taken twice.")


@dataclass(frozen=True, slots=True)
class Handed:
    """What the page says of a file that was handed in."""

    title: str
    damaged: str


class Carrying(FileUploadHandler):
    """Stores each envelope as soon as it is here; nothing is kept of the file itself."""

    chunk_size = 64 * 1024

    def __init__(self, hand_in: HandIn) -> None:
        super().__init__()
        self.hand_in = hand_in
        self.problem = str(NO_FILE)

    def new_file(self, *arguments: object, **more: object) -> None:
        """Begin the file; its name is not looked at."""
        super().new_file(*arguments, **more)  # type: ignore[arg-type] # Django's own
        self.problem = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Take the next bytes of it, unless they would crowd out what people write now: these are kept elsewhere."""
        if not self.problem and not holding.room_for_files():
            self.problem = str(REFUSED)
        self._take(lambda: self.hand_in.add(raw_data))

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - Django's signature
        """Take what is left."""
        self._take(self.hand_in.end)

    def _take(self, doing: Callable[[], None]) -> None:
        if self.problem:
            return  # the rest is read past
        try:
            doing()
        except KeyGone:
            self.problem = str(KEY_GONE)
        except NotCarried:
            self.problem = str(NOT_CARRIED)
        except SpoolRefused:
            self.problem = str(REFUSED)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """Ask for the file, or take it and say how many reports are safe and which were damaged."""
    if request.method != "POST":
        return render(request, "front/hand_in.html", {"form": HandInForm()})
    try:
        taking = Carrying(hatch.hand_in(timezone.now()))  # noqa: TID251 - a page reads the clock
    except hatch.FrontClosed:
        return errors.closed(request)
    request.upload_handlers = [taking]
    try:
        if choosing(request):
            return render(request, "front/hand_in.html", {"form": HandInForm()})
    except UnreadablePostError:
        raise BadRequest from None
    context = {"form": HandInForm(taking.problem), "handed": None if taking.problem else said(taking.hand_in)}
    return render(request, "front/hand_in.html", context)


def said(done: HandIn) -> Handed:
    """Return what became of the file, in words."""
    title = ngettext("{count} report is safe", "{count} reports are safe", done.stored).format(count=done.stored)
    return Handed(title, ", ".join(map(str, done.damaged)))
