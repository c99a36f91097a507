"""What the child gives up before it reads the first byte of a stranger's file.

Namespaces of its own (user, network, processes, messages, mounts), an empty root folder, limits of memory, time and
files, no new privileges, and a filter that answers "not permitted" to all system calls but the few that computing
needs. It may start threads, which stand behind the same walls (the decoder of iPhone photos does nothing without one),
and no process.
Where a kernel refuses one of these, the others stand, and the page says which is missing.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
from collections.abc import Callable, Sequence

MEMORY_BYTES = 512 * 1024 * 1024
CPU_S = 10
FILES = 16
THREADS = 8
"""Threads at once. The kernel does not count root's, in a user namespace as well: a desk that runs as root has no such
limit, and memory and time alone bind."""

NAMESPACES = {
    "user": 0x10000000,
    "mounts": 0x00020000,
    "messages": 0x08000000,
    "processes": 0x20000000,
    "network": 0x40000000,
}
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, PR_SET_DUMPABLE, PR_SET_PDEATHSIG, SECCOMP_MODE_FILTER = 38, 22, 4, 1, 2
EPERM, ENOSYS = 1, 38
_ALLOW, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x00050000 | EPERM, 0x00050000 | ENOSYS
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS = {
    "x86_64": (
        0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 20, 24, 25, 28, 35, 39, 60, 96, 98, 131, 186, 202, 219, 228, 230,
        231, 234, 273, 318, 334,
    ),
    "aarch64": (
        57, 62, 63, 64, 66, 67, 80, 93, 94, 98, 99, 101, 113, 115, 124, 128, 131, 132, 134, 135, 139, 165, 169, 172,
        178, 214, 215, 216, 222, 226, 233, 278, 293,
    ),
}  # fmt: skip
"""Numbers of the calls that stay: read, write, close, fstat, lseek, pread, writev, memory (mmap, mprotect, munmap, brk,
mremap, madvise), signals of its own, futex and what a thread registers, the clock, sleep, yield, its own number and
use, randomness, exit."""
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435
"""Its flags stand in memory, where a filter cannot read them: it is said not to exist, so the old call is used."""
A_THREAD = 0x003D0F00
"""The flags with which the C library starts a thread: shared memory, files and signals; anything else is refused."""
_NUMBER_AT, _ARCHITECTURE_AT, _FLAGS_AT = 0, 4, 16


class _Filter(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("program", ctypes.c_void_p))


def confine() -> tuple[list[str], int]:
    """Give up everything that can be given up.

    What returns is another process: the first of its own namespace. Who called waits for it and ends as it does.

    Returns:
        The names of what the kernel refused, and a descriptor of this process's own figures for `peak_kib`.
    """
    library = ctypes.CDLL(None, use_errno=True)
    figures: list[int] = []
    steps: Sequence[tuple[str, Callable[[], None]]] = (
        ("a user of its own", lambda: _unshare(library, "user")),
        ("no network", lambda: _unshare(library, "network")),
        ("no sight of other processes", lambda: _alone(library)),
        ("a look at its own memory use", lambda: figures.append(_open_figures())),
        ("an empty disk", _empty_root),
        ("limits of memory and time", _limit),
        ("no new privileges", lambda: _control(library, PR_SET_NO_NEW_PRIVS, 1, 0)),
        ("no look into its memory", lambda: _control(library, PR_SET_DUMPABLE, 0, 0)),
        ("few system calls", lambda: _filter(library)),
    )
    refused = []
    for name, step in steps:
        try:
            step()
        except (OSError, ValueError, KeyError):
            refused.append(name)
    return refused, figures[0]


def _unshare(library: ctypes.CDLL, *names: str) -> None:
    if library.unshare(sum(NAMESPACES[name] for name in names)) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def _alone(library: ctypes.CDLL) -> None:
    """Go on as the first process of a namespace of its own, which ends with whoever started it."""
    _unshare(library, "processes", "messages", "mounts")
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)  # its pipes stay open here until then: the desk reads to their end
        os._exit(min(abs(os.waitstatus_to_exitcode(status)), 1))
    _control(library, PR_SET_PDEATHSIG, signal.SIGKILL, 0)


def _empty_root() -> None:
    """Take a folder in which no file can be opened as the root: Linux has one for every process."""
    os.chroot("/proc/self/fdinfo")
    os.chdir("/")


def _limit() -> None:
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_S,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_NPROC: THREADS,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))


def _control(library: ctypes.CDLL, what: int, value: int, pointer: object) -> None:
    if library.prctl(what, value, pointer, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _filter(library: ctypes.CDLL) -> None:
    """Let the kernel refuse all but the calls that computing needs (seccomp, in its classic BPF)."""
    machine = platform.machine()
    calls = CALLS[machine]
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 1, 0, ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_EQUAL, 0, 1, CLONE3),
        (_RETURN, 0, 0, _UNKNOWN),
        (_EQUAL, 0, 3, CLONE[machine]),
        (_LOAD, 0, 0, _FLAGS_AT),
        (_EQUAL, len(calls) + 2, 0, A_THREAD),
        (_RETURN, 0, 0, _REFUSE),
    ]
    program += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    program += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    held = ctypes.create_string_buffer(packed, len(packed))
    asked = _Filter(len(program), ctypes.cast(held, ctypes.c_void_p))
    _control(library, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(asked))


def _open_figures() -> int:
    return os.open("/proc/self/status", os.O_RDONLY | os.O_CLOEXEC)


def peak_kib(status: int) -> int:
    """Return the most memory this process has held, in KiB."""
    figures = os.pread(status, 8192, 0).decode("ascii", "replace")
    return int(figures.partition("VmHWM:")[2].split()[0])
