"""Every address of the public site, read from its URL table: what is added there is met by every law and journey.

`python -m tests.factories.public_addresses` prints the table as JSON, for those who do not run inside Django.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

EXAMPLES: Mapping[str, Mapping[str, str]] = {"sign": {"slug": "cuckooing"}}
"""What stands in the places of an address that has some."""
ROOT = Path(__file__).parents[2]


def table() -> dict[str, dict[str, str]]:
    """Return the address of every name in every language, by name and language; only inside a configured Django."""
    from django.urls import get_resolver, reverse  # noqa: PLC0415 - Django is configured by now
    from django.utils import translation  # noqa: PLC0415 - the same

    from lastpiece.site.front.languages import ENGLISH, NAMES  # noqa: PLC0415 - the same

    names = dict.fromkeys(names_in(get_resolver("lastpiece.site.front.urls").url_patterns))
    found: dict[str, dict[str, str]] = {}
    for name in names:
        found[name] = {}
        for language in [ENGLISH, *(code for code in NAMES if code != ENGLISH)]:
            with translation.override(language):
                kwargs = {**EXAMPLES.get(name, {})}
                found[name][language] = reverse(name, urlconf="lastpiece.site.front.urls", kwargs=kwargs)
    return found


def names_in(patterns: Iterable[object]) -> Iterator[str]:
    """Yield the name of every pattern, those within others too."""
    for pattern in patterns:
        yield from names_in(getattr(pattern, "url_patterns", []))
        if name := getattr(pattern, "name", None):
            yield str(name)


def read_table() -> dict[str, dict[str, str]]:
    """Return the same table from a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "lastpiece.site.settings.front"}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.factories.public_addresses"],
        cwd=ROOT, env={**os.environ, **settings}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return dict(json.loads(ran.stdout))


if __name__ == "__main__":
    import django

    django.setup(set_prefix=False)
    sys.stdout.write(json.dumps(table()))
