"""Seals invented reports as the front seals real ones, on all processors: each mailbox costs real work.

It stands here and not beside the command that uses it, so that a worker process loads no site.
"""

import hashlib
import os
import signal
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from multiprocessing import get_context

from lastpiece.tell.certificate import Certificate
from lastpiece.tell.mailbox import open_mailbox
from lastpiece.tell.report import Report
from lastpiece.tell.sealing import seal
from lastpiece.tell.seed import import_nonce
from lastpiece.tell.words import words_from
from lastpiece.world.telling import Told

_CHANNELS = {"front": "online"}
_FORM = {"front": "tell-1"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed report, and what only its teller knows of it."""

    nonce: bytes
    sealed: bytes = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Sending:
    """What one worker needs; `words_seed` is empty where the teller wants no mailbox."""

    answers: dict[str, str] = field(repr=False)
    channel: str
    told_on: date
    seed: bytes = field(repr=False)
    words_seed: bytes = field(repr=False)


_certificate: list[Certificate] = []
_site: list[str] = []


def seal_all(
    reports: Sequence[Told], certificate: Certificate, *, site: str, seed: int
) -> Generator[Envelope, None, None]:
    """Yield an envelope for each report, in their order."""
    sendings = [_sending(told, seed) for told in reports]
    workers = max(1, min(os.cpu_count() or 1, 8) - 1)  # one processor is left for whoever takes the envelopes
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (certificate.encode(), site)) as pool:
        try:
            yield from pool.map(_seal, sendings, chunksize=8)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def answers_of(told: Told) -> dict[str, str]:
    """Return a report's text as answers to the form's questions."""
    return {name: told.text[start:end] for name, (start, end) in told.fields.items()}


def nonce_of(told: Told, seed: int) -> bytes:
    """Return the nonce by which the desk will know the report again."""
    return import_nonce(_derived(seed, told.id), answers_of(told))


def _derived(seed: int, what: str) -> bytes:
    return hashlib.sha256(f"invented county {seed}: {what}".encode()).digest()


def _sending(told: Told, seed: int) -> _Sending:
    mailbox = told.channel == "front"
    return _Sending(
        answers=answers_of(told),
        channel=told.channel,
        told_on=told.told_on,
        seed=_derived(seed, told.id),
        words_seed=_derived(seed, told.teller) if mailbox else b"",
    )


def _begin(certificate: bytes, site: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    _certificate.append(Certificate.decode(certificate))
    _site.append(site)


def _seal(sending: _Sending) -> Envelope:
    words = words_from(sending.words_seed) if sending.words_seed else ()
    report = Report(
        nonce=import_nonce(sending.seed, sending.answers),
        kind="report",
        channel=_CHANNELS.get(sending.channel, sending.channel),
        form_version=_FORM.get(sending.channel, "1"),
        answers=sending.answers,
        mailbox=open_mailbox(words).address if words else None,
        told_on=sending.told_on,
    )
    return Envelope(report.nonce, seal(report.encode(), _certificate[0], site=_site[0]), words)
