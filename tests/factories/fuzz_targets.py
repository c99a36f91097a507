"""What a stranger may hand to the engines of telling, as targets for a fuzzer.

A target takes any bytes. It may raise nothing: each anticipated refusal is caught by its own class, so whatever else
comes out is a fault. The corpus of each lies under `tests/corpus/<name>`.
"""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.factories.sealing_keys import NOW, ROOT, SITE, board_signer, keyring

from lastpiece.tell import hybrid
from lastpiece.tell.board import (
    MANIFEST,
    BoardDamaged,
    BoardMissing,
    BoardNotSigned,
    BoardRolledBack,
    publish,
    read_board,
)
from lastpiece.tell.carried import HandIn, NotCarried, pack
from lastpiece.tell.certificate import Certificate, CertificateWrong, EpochKey, issue, verify
from lastpiece.tell.chunk import Chunk, ChunkDamaged
from lastpiece.tell.opening import EnvelopeDamaged, EpochUnknown, Keyring, open_sealed
from lastpiece.tell.report import Report, ReportDamaged
from lastpiece.tell.sealing import BUCKETS, ENVELOPE_SIZES, HEADER_BYTES, MAGIC, VERSION, binding, seal
from lastpiece.tell.words import WORDS, WordsWrong, parse_words

CORPUS = Path(__file__).parents[1] / "corpus"
EPOCH = EpochKey(hybrid.PrivateKey(b"invented epoch key of 32 bytes.."))
CERTIFICATE = issue(ROOT, EPOCH, site=SITE, not_before=NOW.replace(day=1), not_after=NOW.replace(day=30))


@dataclass(frozen=True, slots=True)
class FuzzTarget:
    """Something that takes bytes from a stranger, and inputs to begin with."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]] = field(default=list)

    def tokens(self) -> list[bytes]:
        """Return the words and signs of the seeds, for a fuzzer to build with."""
        return sorted(
            {token for seed in self.seeds() for token in re.findall(rb'[A-Za-z0-9_]{2,24}|[{}\[\]":,]', seed)}
        )

    def corpus(self) -> list[bytes]:
        """Return every kept input, the seeds first."""
        kept = sorted((CORPUS / self.name).glob("*"))
        return [*self.seeds(), *(path.read_bytes() for path in kept)]


def _report() -> Report:
    answers = {"what": "Mae car glas ar y stryd 🧩", "vehicles": "KV19"}
    return Report(
        nonce=b"n" * 32,
        kind="report",
        channel="online",
        form_version="tell-1",
        answers=answers,
        mailbox=None,
        told_on=date(2026, 11, 20),
    )


def _read_chunk(plain: bytes) -> None:
    with suppress(ChunkDamaged):
        chunk = Chunk.decode(plain)
        assert chunk.encode() == plain


def _decode(told: bytes) -> None:
    with suppress(ReportDamaged):
        report = Report.decode(told)
        assert Report.decode(report.encode()) == report


@cache
def _ring() -> Keyring:
    return keyring(Path(mkdtemp(prefix="fuzz-keys-")), CERTIFICATE, EPOCH)


def _open_padded(plain: bytes) -> None:
    """Seal `plain` as if it were already padded: whatever stands inside a seal, opening gives it whole or refuses."""
    padded = plain[: BUCKETS[0]].ljust(BUCKETS[0], b"\x00")
    sealed = hybrid.seal_to(EPOCH.public, padded, binding(SITE, CERTIFICATE.id))
    with suppress(EnvelopeDamaged):
        content = open_sealed(MAGIC + bytes([VERSION]) + CERTIFICATE.id + sealed, _ring(), site=SITE)
        assert (len(content).to_bytes(4) + content).ljust(BUCKETS[0], b"\x00") == padded


@cache
def _envelope() -> bytes:
    return seal(_report().encode(), CERTIFICATE, site=SITE)


def _open_altered(changes: bytes) -> None:
    """Read `changes` as triples (two bytes of place, one byte to flip with) on a good envelope; then as a whole one."""
    blob = bytearray(_envelope())
    for at in range(0, len(changes) - 2, 3):
        blob[int.from_bytes(changes[at : at + 2]) % len(blob)] ^= changes[at + 2]
    for candidate in (bytes(blob), changes, MAGIC + changes, bytes(blob[:HEADER_BYTES]) + changes):
        with suppress(EnvelopeDamaged, EpochUnknown):
            assert open_sealed(candidate, _ring(), site=SITE) == _report().encode()


def _verify(encoded: bytes) -> None:
    with suppress(CertificateWrong):
        found = verify(Certificate.decode(encoded), ROOT.public, NOW, site=SITE)
        assert found == CERTIFICATE


@cache
def _board_folder() -> Path:
    folder = Path(mkdtemp(prefix="fuzz-board-"))
    publish(folder, {"certificate.json": CERTIFICATE.encode()}, board_signer(), serial=1, on=NOW.date())
    return folder


def _read_manifest(manifest: bytes) -> None:
    (_board_folder() / MANIFEST).write_bytes(manifest)
    with suppress(BoardMissing, BoardDamaged, BoardNotSigned, BoardRolledBack):
        read_board(_board_folder(), ROOT.public, site=SITE, now=NOW)


def _manifests() -> list[bytes]:
    whole = (_board_folder() / MANIFEST).read_bytes()
    return [whole, whole[:100], json.dumps({"body": "{}", "signature": "", "certificate": {}}).encode()]


def _read_words(typed: bytes) -> None:
    with suppress(WordsWrong):
        assert len(parse_words(typed.decode("utf-8", "replace"))) == 7


class _Nowhere:
    """A box that stores nothing."""

    def put(self, envelope: bytes) -> str:
        assert len(envelope) in ENVELOPE_SIZES
        return ""


def _hand_in(content: bytes) -> None:
    """Read a carried file whole, and behind a good head, in parts of 1,000 bytes."""
    for file in (content, pack(CERTIFICATE, []) + content):
        taking = HandIn(_Nowhere(), ROOT.public, SITE, NOW)
        with suppress(NotCarried):
            for at in range(0, len(file), 1000):
                taking.add(file[at : at + 1000])
            taking.end()


TARGETS = (
    FuzzTarget("carried", _hand_in, lambda: [pack(CERTIFICATE, [_envelope()]), b"LPCARRY\x01\x00\x00\x00\x01{"]),
    FuzzTarget("report", _decode, lambda: [_report().encode(), b"{}", b"[]", b'{"layout":1}']),
    FuzzTarget("chunk", _read_chunk, lambda: [Chunk(bytes(16), 3, b"photo").encode(), b"LPCHUNK\x01", b""]),
    FuzzTarget("padding", _open_padded, lambda: [b"\x00\x00\x00\x05hello", b"\xff\xff\xff\xff", b""]),
    FuzzTarget("envelope", _open_altered, lambda: [b"\x00\x00\x00", b"\x00\x05\x01", b"LPSE\x01"]),
    FuzzTarget("certificate", _verify, lambda: [CERTIFICATE.encode(), b"{}"]),
    FuzzTarget("board", _read_manifest, _manifests),
    FuzzTarget("words", _read_words, lambda: [" ".join(WORDS[:7]).encode(), "ｚｏｏ, 1. apple-".encode()]),
)
