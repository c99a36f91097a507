"""The verbs at the root's own machine: make the root, answer a desk's request, and give the root back from its shares.

None of them needs a desk, a front or a network.
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command.key_places import FileThere, now_utc, pinned, places, said_plainly, say
from lastpiece.command.places import FileUnwritten, given, why_not_written, writing
from lastpiece.command.speaking import fail
from lastpiece.tell import offline, shares
from lastpiece.tell.certificate import Certificate, Root, certify, fingerprint, verify
from lastpiece.tell.disk import DISK, PRIVATE, PUBLIC, drop, write_all
from lastpiece.tell.root_key import PINNED_FILE, RootMissing, read_root, write_root, write_root_public

Shares = Annotated[bool, typer.Option("--shares", help="Also split the root into shares, one sheet each.")]
Into = Annotated[
    Path | None,
    typer.Option(help="Write each share to a file in this folder instead of the screen.", readable=False),
]
Needed = Annotated[int, typer.Option(help="How many shares give the root back.")]
Of = Annotated[int, typer.Option(help="How many shares there are.")]
Asked = Annotated[
    Path, typer.Argument(metavar="REQUEST", help="What `keys rotate --request` wrote at the desk.", readable=False)
]
Answered = Annotated[
    Path, typer.Argument(metavar="CERTIFICATES", help="The file to write for the desk.", readable=False)
]
Sheets = Annotated[
    list[Path] | None, typer.Argument(metavar="[SHARE]...", help="Files with a share each.", readable=False)
]
Drill = Annotated[bool, typer.Option("--drill", help="Prove that the shares work, and write nothing.")]


def root(*, split: Shares = False, into: Into = None, needed: Needed = shares.NEEDED, of: Of = shares.SHARES) -> None:
    """Make the offline root, or with --shares split it (or the one that is there) into five, of which three suffice."""
    if into is not None and into.exists() and not into.is_dir():
        fail(f"{into} is not a folder, so no shares can be put into it. Nothing was written.")
    with said_plainly():
        file = places().root_file
        try:
            made = read_root(file)
        except RootMissing:
            made = Root.make()
            parts = shares.split(made, needed=needed, shares=of) if split else ()
            write_root(file, made)
        else:
            if not split:
                raise FileThere(file)
            parts = shares.split(made, needed=needed, shares=of)
        write_root_public(file.with_name(PINNED_FILE), made.public)
        say(f"Root   {fingerprint(made.public)}")
        _hand_out(parts, into, needed=needed)


def epoch(request: Asked, certificates: Answered) -> None:
    """Sign what a desk asks for; carry the answer back for `lastpiece keys rotate --certificates`."""
    with said_plainly():
        asked = offline.Request.decode(given(request))
        if certificates.exists():
            raise FileThere(certificates)
        if (why := why_not_written(certificates)) is not None:
            raise FileUnwritten(certificates, why)
        signer = read_root(places().root_file)
        say(f"Root   {fingerprint(signer.public)}")
        say(f"Site   {asked.site}")
        for each in asked.unsigned:
            last = each.not_after - timedelta(days=1)
            say(f"{each.purpose.capitalize():6} {each.id.hex()}  {each.not_before:%Y-%m-%d} to {last:%Y-%m-%d}")
        _write_new(certificates, offline.answer(asked, signer), PUBLIC)


def recover(sheets: Sheets = None, *, drill: Drill = False) -> None:
    """Give the root back from three shares: files, or lines typed in. With --drill prove it and write nothing."""
    with said_plainly():
        typed = (
            [given(path).decode("utf-8", errors="replace") for path in sheets]
            if sheets
            else sys.stdin.read().splitlines()
        )
        found = shares.join([share for share in typed if share.strip()])
        known = pinned()
        if known is not None and found.public != known[1]:
            fail(f"These shares give another root than the one in {known[0]}. Nothing was written.")
        say(f"Root   {fingerprint(found.public)}")
        if drill:
            _prove(found)
            say("The shares work. Nothing was written." if known else "The shares work. Compare the line above.")
            return
        file = places().root_file
        if DISK.exists(file):
            raise FileThere(file)
        write_root(file, found)
        write_root_public(file.with_name(PINNED_FILE), found.public)


def _hand_out(parts: tuple[str, ...], into: Path | None, *, needed: int) -> None:
    for number, share in enumerate(parts, 1):
        heading = f"Share {number} of {len(parts)}. Any {needed} give the root back. Keep them with different people."
        if into is None:
            say(f"\n{heading}\n{share}")
        else:
            with writing(into):
                DISK.make_folder(into)
            _write_new(into / f"share-{number}.txt", f"{share}\n".encode("ascii"), PRIVATE)
            say(f"{into / f'share-{number}.txt'}")


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """Write a file that must not be there yet, whole or not at all."""
    with writing(path):
        try:
            descriptor = DISK.create(path, mode)
        except FileExistsError:
            raise FileThere(path) from None
        try:
            write_all(DISK, descriptor, content)
            DISK.sync(descriptor)
        except OSError:
            drop(DISK, path)  # half a file would stand in the way of the next try
            raise
        finally:
            DISK.close(descriptor)


def _prove(found: Root) -> None:
    """Sign something and check it, as the next rotation will."""
    now = now_utc()
    unsigned = Certificate("board", "drill", found.public, now, now + timedelta(days=1), b"")
    request = offline.Request((unsigned,))
    for signed in offline.Request.decode(request.encode()).unsigned:
        verify(certify(found, signed), found.public, now, site="drill", purpose="board")
