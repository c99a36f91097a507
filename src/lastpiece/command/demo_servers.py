"""Starts the demonstration's processes, waits until they answer, and leaves none behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

READY_WITHIN_S = 40.0
_STOP_WITHIN_S = 6.0
_POLL_S = 0.1
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy of the machine's must not answer for us


class ServerFailed(Exception):
    """A process of the demonstration ended, or never answered; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One process: its name for people, the words after `lastpiece`, and the address to wait for, if it has one."""

    name: str
    words: tuple[str, ...]
    address: str = ""


@dataclass(slots=True)
class Running:
    """The processes that run."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    logs: Path = field(default_factory=Path)

    def check(self) -> None:
        """Notice a process that ended by itself.

        Raises:
            ServerFailed: one did.
        """
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ServerFailed(f"The {name} stopped by itself: {self._last_words(name)}")

    def _last_words(self, name: str) -> str:
        with suppress(OSError):
            lines = (self.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            if lines:
                return lines[-1][:300]
        return "it said nothing."


@contextmanager
def running(parts: tuple[Part, ...], environment: Mapping[str, str], logs: Path) -> Iterator[Running]:
    """Run the parts while the block runs; every one has answered when it begins, and none is left when it ends.

    Raises:
        ServerFailed: one ended or did not answer in time.
    """
    logs.mkdir(parents=True, exist_ok=True)
    started = Running(logs=logs)
    try:
        for part in parts:
            started.children[part.name] = _start(part, environment, logs)
        for part in parts:
            if part.address:
                _wait_for(part, started)
        yield started
    finally:
        _stop_all(started)


def _start(part: Part, environment: Mapping[str, str], logs: Path) -> subprocess.Popen[bytes]:
    with (logs / f"{part.name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "lastpiece", *part.words],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C goes to us, and we stop them in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call, no thread holds a lock it needs
        )


def _die_with_parent() -> None:
    """Ask the kernel to end this process when the demonstration is killed; only Linux knows how."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _wait_for(part: Part, started: Running) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        started.check()
        if answers(part.address):
            return
        time.sleep(_POLL_S)
    raise ServerFailed(f"The {part.name} did not answer at {part.address} within {READY_WITHIN_S:.0f} seconds.")


def answers(address: str) -> bool:
    """Return whether something speaks HTTP there."""
    try:
        with _LOCAL.open(address, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def _stop_all(started: Running) -> None:
    """Ask every process group to end, then end what has not."""
    for child in started.children.values():
        _signal(child, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_WITHIN_S
    for child in started.children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        _signal(child, signal.SIGKILL)
        child.wait()


def _signal(child: subprocess.Popen[bytes], which: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, which)
