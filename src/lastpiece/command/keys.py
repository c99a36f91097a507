"""`lastpiece keys`: make, show and rotate the keys that seal reports and sign the board."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from lastpiece.command.speaking import fail, print_json
from lastpiece.site.pack.loading import PackWrong, load_pack
from lastpiece.site.settings import env
from lastpiece.tell import rotation
from lastpiece.tell.board import BoardDamaged, BoardMissing, BoardNotSigned, BoardRolledBack, read_board
from lastpiece.tell.certificate import Certificate, CertificateWrong, fingerprint
from lastpiece.tell.opening import Epoch, Keyring, KeysDamaged, KeysMissing
from lastpiece.tell.root_key import RootDamaged, RootMissing

app = typer.Typer(
    name="keys", help="Make, show and rotate the keys that seal reports and sign the board.", no_args_is_help=True
)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on standard output.")]
Days = Annotated[int, typer.Option(min=1, max=366, help="How many days the new epoch key is used.")]
KeepDays = Annotated[
    int, typer.Option(min=0, help="Destroy a private epoch key this long after its end, once its spool is empty.")
]

_ANTICIPATED = (
    rotation.KeysExist,
    rotation.RootDiffers,
    KeysMissing,
    KeysDamaged,
    RootMissing,
    RootDamaged,
    BoardMissing,
    BoardDamaged,
    BoardNotSigned,
    BoardRolledBack,
    CertificateWrong,
    PackWrong,
)


@app.command()
def make(*, days: Days = 14, json: Json = False) -> None:
    """Make the root, the first epoch key, the board key and the storage key. Never overwrites."""
    with _said_plainly():
        rotation.make(_places(), site=_site(), now=_now(), days=days)
        _show(json=json)


@app.command()
def show(*, json: Json = False) -> None:
    """Show key ids, their days and the root's fingerprint; fails when no key is valid today."""
    with _said_plainly():
        _show(json=json)


@app.command()
def rotate(*, days: Days = 14, keep_days: KeepDays = 30, json: Json = False) -> None:
    """Make and publish the next epoch key, and destroy those that nothing needs any more."""
    with _said_plainly():
        rotated = rotation.rotate(_places(), site=_site(), now=_now(), days=days, keep_days=keep_days)
        _show(json=json, forgotten=rotated.forgotten)


def _show(*, json: bool, forgotten: tuple[bytes, ...] = ()) -> None:
    places, now = _places(), _now()
    keyring = Keyring(places.keys)
    root_public, board_certificate = keyring.root_public(), keyring.signer().certificate
    board = read_board(places.copy, root_public, site=board_certificate.site, now=now)
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
        print_json(answer | {"folders": {"root": str(places.root), "keys": str(places.keys)}})
    else:
        _print(f"Site   {board_certificate.site}")
        _print(f"Root   {fingerprint(root_public)}")
        for row in epochs:
            _print(f"Epoch  {row['id']}  {row['from']} to {row['until']}  {row['state']}")
        _print(f"Board  {board_row['id']}  to {board_row['until']}  number {board.serial}")
        for epoch_id in forgotten:
            _print(f"Destroyed  {epoch_id.hex()}")
    if not any(row["state"] == "in use" for row in epochs):
        fail("No key is valid today, so the front takes no reports. Run `lastpiece keys rotate`.")


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


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


def _places() -> rotation.Places:
    return rotation.Places(
        root=env.ROOT_FOLDER,
        keys=env.DESK_FOLDER / "keys",
        copy=env.DESK_FOLDER / "board",
        front=env.FRONT_FOLDER,
        board=env.BOARD,
        spool=env.SPOOL,
    )


def _site() -> str:
    return load_pack(Path(env.PACK) if env.PACK else None).site_id


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command reads the clock


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn every anticipated failure into one sentence."""
    try:
        yield
    except _ANTICIPATED as error:
        fail(str(error))
    except OSError as error:
        fail(f"Keys cannot be written: {error.strerror} ({error.filename}). Nothing was overwritten.")
