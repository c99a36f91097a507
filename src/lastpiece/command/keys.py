"""`lastpiece keys`: make, show and rotate the keys that seal reports and sign the board, and look after their root."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command import poster, root_keys
from lastpiece.command.key_places import now_utc, pack, places, said_plainly, say
from lastpiece.command.places import given, why_not_written, writing
from lastpiece.command.speaking import fail, print_json
from lastpiece.tell import offline, rotation
from lastpiece.tell.board import read_board
from lastpiece.tell.certificate import Certificate, CertificateWrong, fingerprint, verify
from lastpiece.tell.disk import PUBLIC, write_whole
from lastpiece.tell.opening import Epoch, Keyring, Signer
from lastpiece.tell.root_key import read_root_public

app = typer.Typer(
    name="keys", help="Make, show and rotate the keys that seal reports and sign the board.", no_args_is_help=True
)
app.command()(root_keys.root)
app.command()(root_keys.epoch)
app.command()(root_keys.recover)
app.command("poster")(poster.print_poster)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
Days = Annotated[int, typer.Option(min=1, max=366, help="How many days the new epoch key is used.")]
KeepDays = Annotated[
    int, typer.Option(min=30, help="Destroy a private epoch key this long after its end, once its spool is empty.")
]
RootPublic = Annotated[
    Path | None,
    typer.Option(help="The root.pub of a root that stays on its own machine; needs --request.", readable=False),
]
RequestTo = Annotated[
    Path | None,
    typer.Option("--request", help="Ask a root on its own machine: write the request to this file.", readable=False),
]
Certificates = Annotated[
    Path | None, typer.Option(help="Take in what `keys epoch` answered to the last request.", readable=False)
]


@app.command()
def make(*, days: Days = 14, root_public: RootPublic = None, request: RequestTo = None, json: Json = False) -> None:
    """Make the root, the first epoch key, the board key and the storage key. Never overwrites.

    With --root-public and --request the root stays on its own machine, and the first certificates are asked of it.
    """
    if (root_public is None) != (request is None):
        fail("Give --root-public and --request together, or neither.")
    _refuse_unwritable(request)
    with said_plainly():
        if root_public is not None and request is not None:
            pinned = read_root_public(root_public)
            _ask(offline.begin(places(), pinned, site=pack().site_id, now=now_utc(), days=days), request)
            return
        rotation.make(places(), site=pack().site_id, now=now_utc(), days=days)
        _show(json=json)


@app.command()
def show(*, json: Json = False) -> None:
    """Show key ids, their days and the root's fingerprint; fails when no key is valid today."""
    _show(json=json)


@app.command()
def rotate(
    *,
    days: Days = 14,
    keep_days: KeepDays = 30,
    request: RequestTo = None,
    certificates: Certificates = None,
    json: Json = False,
) -> None:
    """Make and publish the next epoch key, and destroy those that nothing needs any more.

    With --request it only asks a root that stays on its own machine; --certificates takes in what that root answered.
    """
    if request is not None and certificates is not None:
        fail("Give --request first, and --certificates when the root has answered.")
    _refuse_unwritable(request)
    with said_plainly():
        if request is not None:
            _ask(offline.ask(places(), site=pack().site_id, now=now_utc(), days=days), request)
            return
        if certificates is not None:
            rotated = offline.take_in(places(), given(certificates), now=now_utc(), keep_days=keep_days)
        else:
            rotated = rotation.rotate(places(), site=pack().site_id, now=now_utc(), days=days, keep_days=keep_days)
        _show(json=json, forgotten=rotated.forgotten)


def _refuse_unwritable(request: Path | None) -> None:
    """Say before keys are made that the request has no place to go."""
    if request is not None and (why := why_not_written(request)) is not None:
        fail(f"{request} cannot be written: {why}.")


def _ask(asked: offline.Request, file: Path) -> None:
    with writing(file):
        write_whole(file, asked.encode(), mode=PUBLIC)
    say(f"Take {file} to the root's machine, run `lastpiece keys epoch` there, and bring the certificates back.")


def _show(*, json: bool, forgotten: tuple[bytes, ...] = ()) -> None:
    folders, now = places(), now_utc()
    keyring = Keyring(folders.keys)
    with said_plainly(only_reading=True):
        root_public = keyring.root_public()
        board_certificate = _own_signer(keyring, root_public, now).certificate
        board = read_board(folders.copy, root_public, site=board_certificate.site, now=now)
        published = Certificate.decode(board.documents.get("certificate.json")).id
        epochs = [_epoch(epoch, now, published=epoch.id == published) for epoch in keyring.epochs()]
    board_row = {
        "id": board_certificate.id.hex(),
        "until": _last_day(board_certificate),
        "serial": board.serial,
    }
    if json:
        answer: dict[str, object] = {"site": board_certificate.site, "root": fingerprint(root_public), "epochs": epochs}
        answer |= {"board": board_row, "destroyed": [epoch_id.hex() for epoch_id in forgotten]}
        print_json(answer | {"folders": {"root": str(folders.root), "keys": str(folders.keys)}})
    else:
        say(f"Site   {board_certificate.site}")
        say(f"Root   {fingerprint(root_public)}")
        for row in epochs:
            say(f"Epoch  {row['id']}  {row['from']} to {row['until']}  {row['state']}")
        say(f"Board  {board_row['id']}  to {board_row['until']}  number {board.serial}")
        for epoch_id in forgotten:
            say(f"Destroyed  {epoch_id.hex()}")
    if not any(row["state"] == "in use" for row in epochs):
        fail("No key is valid today, so the front takes no reports. Run `lastpiece keys rotate`.")


def _own_signer(keyring: Keyring, root_public: bytes, now: datetime) -> Signer:
    """Return the board's key; fail when another site's stands in its place."""
    signer = keyring.signer()
    try:
        verify(signer.certificate, root_public, now, site=signer.certificate.site, purpose="board")
    except CertificateWrong as wrong:
        fail(f"{keyring.folder / 'board.json'}: {wrong}")
    return signer


def _epoch(epoch: Epoch, now: datetime, *, published: bool) -> dict[str, str]:
    certificate = epoch.certificate
    in_days = "in use" if published else "replaced"
    return {
        "id": epoch.id.hex(),
        "from": certificate.not_before.date().isoformat(),
        "until": _last_day(certificate),
        "state": in_days if now < certificate.not_after else "expired",
    }


def _last_day(certificate: Certificate) -> str:
    return (certificate.not_after - timedelta(days=1)).date().isoformat()
