"""A front that cannot fork for a while, as when there is no process or no memory to spare.

Run: `python -m tests.factories.starved_front SECONDS GIVE_UP_S [arguments of the front]`.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable

from lastpiece.site.front import __main__ as front
from lastpiece.site.front import forking, serving


def main() -> None:
    """Serve, without a fork for the first seconds after the start."""
    starved_s, serving.FORK_GIVE_UP_S = float(sys.argv.pop(1)), float(sys.argv.pop(1))
    real, began = forking.fork, list[float]()

    def fork(work: Callable[[], None], *, keep: Iterable[int]) -> int:
        began.append(time.monotonic())
        if time.monotonic() < began[0] + starved_s:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return real(work, keep=keep)

    forking.fork = fork
    front.main()


if __name__ == "__main__":
    main()
