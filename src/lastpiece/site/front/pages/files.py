"""Photos and files, without a script: what comes in is sealed as it comes, listed, and can be taken back.

A post that carries files is read from the connection a little at a time; its other fields are as in any other post.
With `held=yes` files are sealed on the device and none comes here.
"""

import functools
from collections.abc import Callable, Iterable
from datetime import datetime

from django import forms
from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lastpiece.site.front import hatch, holding
from lastpiece.site.front.forms import files as entries
from lastpiece.site.parts.doors import Door
from lastpiece.site.parts.uploads import ManyFiles
from lastpiece.tell.attachment import Attachment, clean_name
from lastpiece.tell.chunk import LONGEST_FILE, MOST_FILES
from lastpiece.tell.held import FileGone

Page = Callable[[HttpRequest], HttpResponse]

TOO_MANY = gettext_lazy("You can add {most} files. We left out the rest. Send them in a second report.")
TOO_LARGE = gettext_lazy("{name} is too big. A file can have up to 20 MB. What you wrote is still here.")
EMPTY = gettext_lazy("{name} has nothing in it, so we left it out.")
CUT = gettext_lazy("A file did not get to us whole, so we left it out. What you wrote is still here. Add it again.")
NO_ROOM = gettext_lazy("We cannot take files just now. You can send what you wrote without them.")
GONE = gettext_lazy(
    "{name} is no longer here. A file that is not sent is deleted after a day. Remove it, or add it again."
)


class FilesForm(forms.Form):
    """The field that files are added with; its errors are what went wrong with the last ones."""

    file = forms.FileField(required=False, widget=ManyFiles)

    def __init__(self, problems: tuple[str, ...] = ()) -> None:
        super().__init__({})
        self.fields["file"].label = _("Add a photo or a file")
        for problem in problems:
            self.add_error("file", problem)


class Taking(FileUploadHandler):
    """Seals each file while it comes in, a chunk at a time."""

    chunk_size = 64 * 1024

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.added: list[Attachment] = []
        self.problems: list[str] = []
        self.name = ""
        self.sealing: holding.Sealing | None = None

    def new_file(self, *arguments: object, **more: object) -> None:  # noqa: ARG002 - Django's signature is longer
        """Begin a file; one that cannot be taken is read past."""
        self.name = clean_name(str(arguments[1])) or _("The file")
        if len(self.added) == MOST_FILES:
            self._leave_out(str(TOO_MANY).format(most=MOST_FILES))
        try:
            self.sealing = holding.Sealing(holding.held(self.now), hatch.ready(self.now))
        except hatch.FrontClosed:
            self._leave_out(str(NO_ROOM))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Take the next bytes of it."""
        assert self.sealing is not None  # noqa: S101 - says it to the type checker
        try:
            self.sealing.add(raw_data)
        except holding.TooLarge:
            self._leave_out(str(TOO_LARGE).format(name=self.name))
        except holding.NoRoom:
            self._leave_out(str(NO_ROOM))

    def file_complete(self, file_size: int) -> None:
        """Hold the rest of it, and list it."""
        sealing, self.sealing = self.sealing, None
        assert sealing is not None  # noqa: S101 - says it to the type checker
        if not file_size:
            self._note(str(EMPTY).format(name=self.name))
            return
        try:
            self.added.append(sealing.end(self.name))
        except holding.NoRoom:
            sealing.drop()
            self._note(str(NO_ROOM))

    def upload_interrupted(self) -> None:
        """Leave out a file of which only a part came."""
        if self.sealing is not None:
            self.sealing.drop()
            self.sealing = None
            self._note(str(CUT))

    def give_up(self) -> None:
        """Delete whatever was held: no page will ever name it."""
        self.upload_interrupted()
        _delete(self.added, self.now)

    def _leave_out(self, problem: str) -> None:
        if self.sealing is not None:
            self.sealing.drop()
            self.sealing = None
        self._note(problem)
        raise SkipFile

    def _note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def taking_files(page: Page) -> Page:
    """Let a page take files: a decorator, because they must be taken before anything asks for the post's fields."""

    @functools.wraps(page)
    def take(request: HttpRequest) -> HttpResponse:
        if request.content_type != "multipart/form-data":
            return page(request)
        taking = Taking(timezone.now())  # noqa: TID251 - a page reads the clock
        holding.sweep(taking.now)
        request.upload_handlers = [taking]
        try:
            return page(request)
        except UnreadablePostError:
            taking.give_up()
            raise BadRequest from None
        except Exception:
            taking.give_up()
            raise

    return take


def taken(
    request: HttpRequest, files: tuple[Attachment, ...], *, places: bool
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """Return the files as the posted page leaves them, at most ten, and what went wrong with any.

    `places` says whether this door asks for the place in a photo at all.
    """
    now = timezone.now()  # noqa: TID251 - a page reads the clock
    go = request.POST.get("go", "")
    chosen = entries.with_places(files, request.POST.getlist(entries.PLACE) if places else ())
    if go.startswith(entries.REMOVE):
        removed, chosen = entries.parted(chosen, go.removeprefix(entries.REMOVE))
        _delete(removed, now)
    added, problems = brought(request)
    room = MOST_FILES - len(chosen)
    _delete(added[room:], now)
    too_many = str(TOO_MANY).format(most=MOST_FILES)
    if len(added) > room and too_many not in problems:
        problems = (*problems, too_many)
    return (*chosen, *added[:room]), problems


def brought(request: HttpRequest) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """Return the files that came with a post, sealed and held, and what went wrong with others."""
    request.POST  # noqa: B018 - reading it takes the files in
    taking = next((one for one in request.upload_handlers if isinstance(one, Taking)), None)
    return (tuple(taking.added), tuple(taking.problems)) if taking else ((), ())


def context(files: tuple[Attachment, ...], problems: tuple[str, ...], door: Door) -> dict[str, object]:
    """Return what a page that takes files shows of them."""
    return {
        "adding": FilesForm(problems),
        "files": entries.shown(files),
        "places": door.asks_places,
        "most": MOST_FILES,
        "room": MOST_FILES - len(files),
        "longest": LONGEST_FILE,
        "sentences": {"too_many": str(TOO_MANY).format(most=MOST_FILES), "too_large": TOO_LARGE, "empty": EMPTY},
    }


def release(files: tuple[Attachment, ...], now: datetime) -> tuple[str, ...]:
    """Hand the files over to the desk, and return a sentence for each that is no longer there.

    Raises:
        FrontClosed: the disk refused.
    """
    gone = []
    for file in files:
        try:
            holding.release((file,), now)
        except FileGone:
            gone.append(str(GONE).format(name=file.name))
    return tuple(gone)


def _delete(files: Iterable[Attachment], now: datetime) -> None:
    for file in files:
        holding.held(now).drop(file.id, file.chunks)
