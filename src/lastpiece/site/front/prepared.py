"""Pages that are the same for everyone, made before anybody asks, so that a child only sends them.

A page that is asked for with GET depends on its address, on what the desk published, on the day, and on nothing of
the asker but a random seed in its form. The parent, which reads no request, makes each of them twice: what differs
must be the seed, and a child puts a new one in its place. A page that differs in more is never kept.
"""

import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.utils import timezone

from lastpiece.site.front import hatch
from lastpiece.site.front.exchange import Site, run
from lastpiece.site.front.incoming import Head
from lastpiece.site.settings import env
from lastpiece.tell import board, root_key
from lastpiece.tell.certificate import Certificate, CertificateWrong
from lastpiece.tell.seed import SEED_BYTES, new_seed
from lastpiece.tell.spool import STOPPED

LOOK_S = 1.0
"""How often the parent looks whether the desk has published something."""
_SEED = re.compile(rb"[0-9a-f]{%d}" % (2 * SEED_BYTES))
_HTML = b"Content-Type: text/html"
"""Only pages for people are kept: what scripts read may say the minute."""
_FINE = f"HTTP/1.1 {HTTPStatus.OK.value} ".encode()


@dataclass(frozen=True, slots=True)
class Basis:
    """What pages were made from: while it is the same, so are they. Times are aware."""

    manifest: bytes = field(repr=False)
    root: bytes = field(repr=False)
    day: str
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Tell whether a page made from this is still what it would be now."""
        if not self.since <= now < self.until or timezone.localdate(now).isoformat() != self.day:
            return False
        try:
            return (
                (env.BOARD / board.MANIFEST).read_bytes() == self.manifest
                and (env.FRONT_FOLDER / root_key.PINNED_FILE).read_bytes() == self.root
                and not (env.SPOOL / STOPPED).exists()
            )
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Page:
    """A whole answer, cut where seeds stand; `places` says which of its seeds stands after each piece but the last."""

    pieces: tuple[bytes, ...] = field(repr=False)
    places: tuple[int, ...]

    def filled(self) -> bytes:
        """Return the answer with new seeds."""
        seeds = [new_seed().hex().encode() for _ in set(self.places)]
        after = [*(seeds[place] for place in self.places), b""]
        return b"".join(part for pair in zip(self.pieces, after, strict=True) for part in pair)


class PreparedPages:
    """The pages of some addresses, made again when what they are made from changes."""

    def __init__(self, site: Site, addresses: Iterable[str]) -> None:
        self._site, self._addresses = site, tuple(addresses)
        self._pages: dict[str, Page] = {}
        self._basis: Basis | None = None
        self._pending: list[str] = []
        self._looked = 0.0

    def __len__(self) -> int:
        return len(self._pages)

    def renew(self) -> bool:
        """Make one page, if one is to be made, and tell whether there are more."""
        if not self._pending and time.monotonic() < self._looked + LOOK_S:
            return False
        now = timezone.now()  # noqa: TID251 - the server reads the clock for its pages
        if not self._pending:
            self._looked = time.monotonic()
            if self._basis is not None and self._basis.holds(now):
                return False
            self._pages, self._basis = {}, basis(now)
            self._pending = list(self._addresses) if self._basis else []
        if self._pending:
            self._make(self._pending.pop())
        return bool(self._pending)

    def answer(self, head: Head) -> bytes | None:
        """Return the whole answer to a request, or None when it must be made."""
        if head.method not in ("GET", "HEAD") or head.query or self._basis is None:
            return None
        page = self._pages.get(head.path)
        if page is None or not ours(head.headers.get("HOST", "")):
            return None
        now = timezone.now()  # noqa: TID251 - the server reads the clock for its pages
        return page.filled() if self._basis.holds(now) else None

    def _make(self, address: str) -> None:
        first, second = (run(self._site, asked(address)) for _ in range(2))
        page = cut(first, second) if first.startswith(_FINE) and _HTML in first.partition(b"\r\n\r\n")[0] else None
        if page is not None:
            self._pages[address] = page


def asked(address: str, form: bytes = b"") -> Head:
    """Return a request for an address that nobody sent, or for a form that nobody filled in."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    kind = {"CONTENT-TYPE": "application/x-www-form-urlencoded"} if form else {}
    return Head("POST" if form else "GET", address, "", "HTTP/1.1", {"HOST": host, **kind}, len(form))


def ours(host: str) -> bool:
    """Tell whether a request's Host names this site, as Django would."""
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def basis(now: datetime) -> Basis | None:
    """Return what pages are made from now, or None when the site is closed for reports."""
    try:
        manifest = (env.BOARD / board.MANIFEST).read_bytes()
        root = (env.FRONT_FOLDER / root_key.PINNED_FILE).read_bytes()
        report_key = hatch.ready(now)  # which checks the manifest, and with it the key that signed it
        board_key = Certificate.from_json(json.loads(manifest)["certificate"])
    except (hatch.FrontClosed, CertificateWrong, ValueError, OSError):
        return None
    until = min(report_key.not_after, board_key.not_after)
    return Basis(manifest, root, timezone.localdate(now).isoformat(), now, until)


def cut(first: bytes, second: bytes) -> Page | None:
    """Return a page of which two makings differ in nothing but seeds; None when they differ in more."""
    if len(first) != len(second):
        return None
    pieces, known, places, at = [], dict[bytes, int](), [], 0
    for found in _SEED.finditer(first):
        if second[found.start() : found.end()] != found[0]:
            pieces.append(first[at : found.start()])
            if second[at : found.start()] != pieces[-1] or not _SEED.fullmatch(second[found.start() : found.end()]):
                return None
            places.append(known.setdefault(found[0], len(known)))
            at = found.end()
    if first[at:] != second[at:]:
        return None
    return Page((*pieces, first[at:]), tuple(places))
