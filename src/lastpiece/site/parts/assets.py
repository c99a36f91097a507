"""Addresses of built files that change when their content does, so that no page meets yesterday's style sheet."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


class AssetMissing(Exception):
    """A built file is not there, so the package was not put together."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The built file {name} is missing. Run `uv sync` (or `pip install .`) to build the assets.")


@cache
def asset_address(name: str) -> str:
    """Return the address of the static file `name` with a short hash of its content; raise `AssetMissing`."""
    found = finders.find(name)
    if not isinstance(found, str):
        raise AssetMissing(name)
    return f"{static(name)}?v={hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]}"
