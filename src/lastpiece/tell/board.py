"""The hatch outwards: what the desk publishes, signed, for the front to show.

Documents lie under their SHA-256; one signed `manifest.json` names them. Publishing writes the new documents
first and replaces the manifest last, in one rename: a reader sees the old board or the new one, never a mixture.
The serial only grows; a front that has seen serial 9 refuses a board of serial 8.
"""

import base64
import errno
import fcntl
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from lastpiece.tell.certificate import BoardKey, Certificate, CertificateWrong, signed_by, verify
from lastpiece.tell.disk import DISK, PUBLIC, Disk, write_whole

MANIFEST = "manifest.json"
_BEFORE = "manifest-before.json"
_DOCUMENTS = "documents"
_LABEL = b"lastpiece/board/1\x00"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_STORED = re.compile(r"\.?[0-9a-f]{64}(\.[0-9a-f]{16})?")
"""A document's file, or the draft of one."""
LARGEST_DOCUMENT = 1 << 30
_LARGEST_MANIFEST = 1 << 20


class BoardMissing(ValueError):
    """Nothing has been published."""

    def __init__(self) -> None:
        super().__init__("Nothing has been published on the board yet.")


class BoardDamaged(ValueError):
    """The board, or a document on it, is cut short or altered."""

    def __init__(self) -> None:
        super().__init__("The board is damaged: what lies there is not what the desk published.")


class BoardNotSigned(ValueError):
    """The board is not signed by a key that our root certified for this site."""

    def __init__(self, why: str = "its signature is wrong") -> None:
        super().__init__(f"The board is not signed by this site's desk: {why}.")


class BoardRolledBack(ValueError):
    """The board is older than one that was seen before."""

    def __init__(self, serial: int, seen: int) -> None:
        super().__init__(f"The board is an old one: number {serial}, though number {seen} was seen before.")


class DocumentNameWrong(ValueError):
    """A document's name is not of the plain kind the board uses."""

    def __init__(self) -> None:
        super().__init__("A document's name may hold small letters, digits, dots, hyphens and underscores only.")


class BoardSigner(Protocol):
    """What signs a board: `tell.opening.Signer`, or any pair of a key and its certificate."""

    @property
    def key(self) -> BoardKey:
        """The board's signing key."""

    @property
    def certificate(self) -> Certificate:
        """The root's certificate for it."""


class Documents(Mapping[str, bytes]):
    """The documents of one board, read and checked against the signed manifest when they are asked for."""

    def __init__(self, folder: Path, digests: Mapping[str, str]) -> None:
        self._folder = folder
        self._digests = dict(digests)

    def __getitem__(self, name: str) -> bytes:
        """Return a document.

        Raises:
            KeyError: the board has none of that name.
            BoardDamaged: it is missing or altered.
        """
        digest = self._digests[name]
        try:
            content = DISK.read(self._folder / digest, LARGEST_DOCUMENT)
        except OSError as error:
            raise BoardDamaged from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise BoardDamaged
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


@dataclass(frozen=True, slots=True)
class Board:
    """One published state: its documents, its number and its day."""

    documents: Mapping[str, bytes] = field(repr=False)
    serial: int
    published_on: date


def publish(
    folder: Path, documents: Mapping[str, bytes], signer: BoardSigner, *, serial: int, on: date, disk: Disk = DISK
) -> None:
    """Publish `documents` as board number `serial`, all at once.

    Raises:
        DocumentNameWrong: a name is not a plain one.
        OSError: as the system says; then the board that was there is still there.
    """
    if not all(_NAME.fullmatch(name) for name in documents):
        raise DocumentNameWrong
    store = folder / _DOCUMENTS
    if store.is_symlink():  # the front may be in other hands: nothing of ours is written or pruned somewhere else
        raise NotADirectoryError(errno.ENOTDIR, "its documents folder is a link", str(store))
    disk.make_folder(store, 0o755)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in documents.items()}
    for name, digest in digests.items():
        if not _stands(store / digest, digest):
            write_whole(store / digest, documents[name], mode=PUBLIC, disk=disk)
    body = json.dumps(
        {"site": signer.certificate.site, "serial": serial, "published_on": on.isoformat(), "documents": digests},
        separators=(",", ":"),
        sort_keys=True,
    )
    signed = {
        "body": body,
        "signature": base64.b64encode(signer.key.sign(_LABEL + body.encode())).decode("ascii"),
        "certificate": signer.certificate.to_json(),
    }
    before = _manifest_bytes(folder)
    if before is not None:
        write_whole(folder / _BEFORE, before, mode=PUBLIC, disk=disk)
    write_whole(folder / MANIFEST, json.dumps(signed, separators=(",", ":")).encode() + b"\n", mode=PUBLIC, disk=disk)
    _prune(folder, set(digests.values()) | _named_in(before), disk)


def read_board(
    folder: Path, root_public: bytes, *, site: str, now: datetime, floor: int = 0, seen: Path | None = None
) -> Board:
    """Return the board after checking its signature, its certificate, its site and its serial.

    `floor` is the lowest serial to accept. `seen` is a file that remembers the highest serial ever read here.
    Documents are checked one by one as they are asked for.

    Raises:
        BoardMissing: nothing was published.
        BoardDamaged: cut short or altered.
        BoardNotSigned: not by a key that the root certified for this site, or its days are over.
        BoardRolledBack: older than one seen before.
    """
    content = _manifest_bytes(folder)
    if content is None:
        raise BoardMissing
    board = _signed_board(folder, content, root_public, site=site, now=now)
    lowest = max(floor, 0 if seen is None else _remembered(seen))
    if board.serial < lowest:
        raise BoardRolledBack(board.serial, lowest)
    if seen is not None and board.serial > lowest:
        _remember(seen, board.serial)
    return board


def post(
    copy: Path,
    board: Path,
    changes: Mapping[str, bytes | None],
    signer: BoardSigner,
    *,
    root_public: bytes,
    on: date,
    now: datetime,
) -> Board:
    """Change some documents (`None` removes one) in the desk's own copy, then push that copy to the front's board.

    The desk's copy is the truth, so whatever happened to the front's folder is put right by the next posting.
    One posting at a time: a lock in the copy's folder makes others wait.

    Raises:
        BoardDamaged: the desk's own copy is damaged.
        BoardNotSigned: the desk's own copy is not signed by the desk.
        DocumentNameWrong: a name is not a plain one.
        OSError: as the system says.
    """
    site = signer.certificate.site
    with _alone(copy):
        old = _own_board(copy, root_public, site=site)
        documents = {} if old is None else dict(old.documents)
        serial = max(_serial(old), _serial(_front_board(board, root_public, site=site)))
        for name, content in changes.items():
            documents.pop(name, None)
            if content is not None:
                documents[name] = content
        for folder in (copy, board):
            publish(folder, documents, signer, serial=serial + 1, on=on)
        return read_board(copy, root_public, site=site, now=now)


def _own_board(folder: Path, root_public: bytes, *, site: str) -> Board | None:
    """Return the board that lies in `folder`, even if the key that signed it has had its days.

    A desk that slept for a year must recover.
    """
    manifest = _manifest_bytes(folder)
    return None if manifest is None else _signed_board(folder, manifest, root_public, site=site, now=None)


def _front_board(folder: Path, root_public: bytes, *, site: str) -> Board | None:
    """Return what lies at the front if this site's desk signed it: a desk made anew goes on from its number."""
    try:
        return _own_board(folder, root_public, site=site)
    except (BoardDamaged, BoardNotSigned):
        return None


def _serial(board: Board | None) -> int:
    return 0 if board is None else board.serial


def _signed_board(folder: Path, manifest: bytes, root_public: bytes, *, site: str, now: datetime | None) -> Board:
    certificate, board = _checked(folder, manifest, root_public, site)
    try:
        verify(certificate, root_public, now or certificate.not_before, site=site, purpose="board")
    except CertificateWrong as error:
        raise BoardNotSigned(str(error).rstrip(".")) from error
    return board


@lru_cache(maxsize=8)  # the front's children inherit what their parent has checked, byte for byte
def _checked(folder: Path, manifest: bytes, root_public: bytes, site: str) -> tuple[Certificate, Board]:
    """Return the signer's certificate and the board of a manifest that is signed; all but whether it is so now."""
    try:
        signed = json.loads(manifest)
        certificate = Certificate.from_json(signed["certificate"])
        text, signature = signed["body"].encode(), base64.b64decode(signed["signature"], validate=True)
    except (CertificateWrong, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BoardDamaged from None
    try:
        verify(certificate, root_public, certificate.not_before, site=site, purpose="board")
    except CertificateWrong as error:
        raise BoardNotSigned(str(error).rstrip(".")) from error
    if not signed_by(certificate.public_key, _LABEL + text, signature):
        raise BoardNotSigned
    body = json.loads(text)
    if body["site"] != site:
        raise BoardNotSigned
    documents = Documents(folder / _DOCUMENTS, body["documents"])
    return certificate, Board(documents, body["serial"], date.fromisoformat(body["published_on"]))


def _manifest_bytes(folder: Path) -> bytes | None:
    try:
        return DISK.read(folder / MANIFEST, _LARGEST_MANIFEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BoardDamaged from error


def _named_in(manifest: bytes | None) -> set[str]:
    try:
        return set(json.loads(json.loads(manifest or b"")["body"])["documents"].values())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()


def _stands(path: Path, digest: str) -> bool:
    try:
        return hashlib.sha256(DISK.read(path, LARGEST_DOCUMENT)).hexdigest() == digest
    except OSError:
        return False


def _prune(folder: Path, keep: set[str], disk: Disk) -> None:
    """Remove documents that neither this board nor the one before names; a reader may still hold the one before.

    Whatever else lies there is not ours to remove.
    """
    for name in disk.names(folder / _DOCUMENTS):
        if name not in keep and _STORED.fullmatch(name):
            disk.remove(folder / _DOCUMENTS / name)


def _remembered(seen: Path) -> int:
    try:
        return int(seen.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def _remember(seen: Path, serial: int) -> None:
    with _alone(seen.parent):
        if serial > _remembered(seen):
            write_whole(seen, f"{serial}\n".encode())


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    DISK.make_folder(folder)
    with (folder / ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
