"""A desk in a home of its own with something planted in it, and served to a browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.factories.proofs import environment, home_with_keys, lastpiece
from tests.factories.servers import running, wait_for_port

ROOT = Path(__file__).parents[2]


def plant(home: Path, what: str) -> str:
    """Make keys and tables in `home`, run `tests.factories.planted_<what>.plant` there, and return what it gave."""
    home_with_keys(home)
    lastpiece(home, "desk", "migrate")
    planting = (
        f"import django; django.setup(); from tests.factories.planted_{what} import plant; print(plant(), end='')"
    )
    settings = {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "lastpiece.site.settings.desk"}
    command = [sys.executable, "-c", planting]
    done = subprocess.run(command, env=environment(home) | settings, check=True, capture_output=True, text=True)
    return done.stdout


@contextmanager
def served(home: Path, site: str = "desk") -> Iterator[str]:
    """Serve a site on a free port; yield its address once it listens."""
    with running([site, "serve", "--port", "0"], home, "http://") as (_, line):
        found = re.search(r"http://[\w.]+:(\d+)", line)
        assert found, line
        wait_for_port(int(found[1]))
        yield found[0]
