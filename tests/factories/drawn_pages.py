"""Every page in every state in one language, drawn by a front of its own, for browsers to look at.

`python -m tests.factories.drawn_pages ar` prints a JSON object of HTML by name, for those who do not run inside Django.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def drawn_pages(language: str) -> dict[str, str]:
    """Return the HTML of every whole page by the name of its state."""
    with tempfile.TemporaryDirectory() as home:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.factories.drawn_pages", language],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "lastpiece.site.settings.front", "LASTPIECE_HOME": home},
            check=False,
            capture_output=True,
            text=True,
        )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def main(language: str) -> None:
    """Draw every page; only in a process of its own with Django's settings named."""
    import django  # noqa: PLC0415 - only this process needs it

    django.setup(set_prefix=False)
    from tests.factories.public_pages import public_pages  # noqa: PLC0415 - Django is configured now
    from tests.factories.sealed_front import make_desk  # noqa: PLC0415 - the same

    from lastpiece.site.settings import env  # noqa: PLC0415 - the same

    drawn = {name: page for name, page in public_pages(make_desk(env.HOME), language) if "<html" in page}
    sys.stdout.write(json.dumps(drawn))


if __name__ == "__main__":
    main(sys.argv[1])
