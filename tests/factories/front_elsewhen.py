"""A front whose clock stands where a file says: seconds ahead of ours, negative for behind.

Run: `python -m tests.factories.front_elsewhen FILE [arguments of the front]`. The file may change while it serves.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from lastpiece.site.front import __main__ as front


def main() -> None:
    """Serve at the moment that the file names."""
    clock, real = Path(sys.argv.pop(1)), timezone.now  # noqa: TID251 - the clock that is moved

    def now() -> datetime:
        return real() + timedelta(seconds=float(clock.read_text()))

    timezone.now = now  # noqa: TID251 - the clock that is moved
    front.main()


if __name__ == "__main__":
    main()
